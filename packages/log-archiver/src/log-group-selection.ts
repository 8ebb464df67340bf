import type { LogGroupFilter, LogGroupSelector } from '@log-archiver/core';
import { Token } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogGroups.html */
const MAX_NAME_CHARACTERS = 512;
/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html */
const MAX_TAG_VALUES = 5;

/**
 * Log groups that are looked for whenever the archiver runs: a new one is archived without a deployment, and one that is
 * gone is no longer. The archiver's own log groups are not among them.
 *
 * Names, prefixes and tags are case-sensitive.
 */
export class LogGroupSelection {
  /**
   * These log groups, as the property `logGroups` has them. Of use above all to exclude them from other selections.
   *
   * @param logGroups at least one
   */
  public static fromLogGroups(...logGroups: ILogGroup[]): LogGroupSelection {
    if (logGroups.length === 0) {
      throw new Error('logGroups must be at least one log group, got none');
    }
    const logGroupNames = logGroups.map(({ logGroupName }) => logGroupName);
    return new LogGroupSelection({ by: 'NAME', logGroupNames }, [], logGroups);
  }

  /**
   * Log groups whose name starts so.
   *
   * @param prefix 1 to 512 letters, digits, and `.`, `-`, `_`, `/`, `#`
   */
  public static byPrefix(prefix: string): LogGroupSelection {
    validateName('prefix', prefix);
    return new LogGroupSelection({ by: 'PREFIX', prefix });
  }

  /**
   * Log groups whose name has this part, anywhere. It is no regular expression, and has no wildcards.
   *
   * @param pattern 1 to 512 letters, digits, and `.`, `-`, `_`, `/`, `#`
   */
  public static byPattern(pattern: string): LogGroupSelection {
    validateName('pattern', pattern);
    return new LogGroupSelection({ by: 'PATTERN', pattern });
  }

  /**
   * Log groups with a tag.
   *
   * @param key of the tag; it has to be known at synth, since it becomes the name of a condition
   * @param values of which the tag has one; none: any value. At most five, without wildcards
   */
  public static byTag(key: string, ...values: string[]): LogGroupSelection {
    if (Token.isUnresolved(key)) {
      throw new Error('the key of a tag must be known at synth, since it becomes the name of a condition, got a token');
    }
    validateTag('the key of a tag', key, 1, 128);
    for (const value of values) {
      validateTag('the value of a tag', value, 0, 256);
    }
    if (values.length > MAX_TAG_VALUES) {
      throw new Error(
        `the values of a tag must be at most ${MAX_TAG_VALUES}, got ${values.length}: ${values.join(', ')}; ` +
          'use several selections by the same tag',
      );
    }
    return new LogGroupSelection({ by: 'TAG', key, values });
  }

  /** Every log group of the account and Region. */
  public static all(): LogGroupSelection {
    return new LogGroupSelection({ by: 'ALL' });
  }

  private constructor(
    private readonly filter: LogGroupFilter,
    private readonly excluded: LogGroupFilter[] = [],
    private readonly logGroups: ILogGroup[] = [],
  ) {}

  /**
   * A selection of what this one selects, without what any of the others selects.
   *
   * Throws on a selection of named log groups, which are left out there instead.
   *
   * @param selections which exclude nothing themselves
   */
  public excluding(...selections: LogGroupSelection[]): LogGroupSelection {
    if (this.filter.by === 'NAME') {
      throw new Error(
        'LogGroupSelection.fromLogGroups cannot exclude log groups: leave them out there, or exclude them from byPrefix, ' +
          'byPattern, byTag or all',
      );
    }
    for (const { filter, excluded } of selections) {
      if (excluded.length > 0) {
        throw new Error(
          `a selection that is excluded must not exclude any itself, got ${filter.by} excluding ` +
            excluded.map(({ by }) => by).join(', '),
        );
      }
    }
    return new LogGroupSelection(this.filter, [...this.excluded, ...selections.map(({ filter }) => filter)]);
  }

  /**
   * Not typed by the contract, which is not published.
   *
   * @internal
   */
  public _selector(): unknown {
    return { of: this.filter, excluding: this.excluded } satisfies LogGroupSelector;
  }

  /**
   * The named log groups; none: they are looked for.
   *
   * @internal
   */
  public _logGroups(): ILogGroup[] {
    return this.logGroups;
  }
}

function validateName(parameter: string, value: string) {
  if (!Token.isUnresolved(value) && (!/^[.\-_/#A-Za-z0-9]+$/.test(value) || value.length > MAX_NAME_CHARACTERS)) {
    throw new Error(
      `${parameter} must be 1 to ${MAX_NAME_CHARACTERS} letters, digits, and . - _ / #, got ${JSON.stringify(value)}`,
    );
  }
}

function validateTag(what: string, value: string, min: number, max: number) {
  const { length } = value;
  if (!Token.isUnresolved(value) && (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value) || length < min || length > max)) {
    throw new Error(
      `${what} must be ${min} to ${max} letters, digits, spaces, and _ . : / = + - @, got ${JSON.stringify(value)}`,
    );
  }
}
