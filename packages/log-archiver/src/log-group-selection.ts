import type { LogGroupFilter, LogGroupSelector } from '@log-archiver/core';
import { Token } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { covers, formatFilter } from './private/filter-coverage';
import { validateLogGroupName, validateNamePart } from './private/log-group-name';
import { LOG_GROUP, SELECTION, STRING, validateArray, validateType } from './private/validate-types';

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_ListLogGroups.html */
const MAX_TAG_VALUES = 5;

/**
 * Rule that finds log groups at the start of each run.
 *
 * New log groups are archived without a deployment, and deleted ones are ignored. A selection never finds the
 * archiver's own log groups. Names, prefixes and tags are case-sensitive.
 *
 * @exampleMetadata fixture=construct
 * @example
 * const notArchived = LogGroupSelection.byTag('archive', 'no');
 *
 * new LogArchiver(this, 'LogArchiver', {
 *   selections: [LogGroupSelection.byPrefix('/aws/lambda/').excluding(notArchived)],
 * });
 */
export class LogGroupSelection {
  /**
   * Log groups by name, like the property `logGroups`. Mostly useful to exclude them from other selections.
   *
   * Throws without a log group.
   *
   * @param logGroups at least one log group
   */
  public static fromLogGroups(...logGroups: ILogGroup[]): LogGroupSelection {
    if (logGroups.length === 0) {
      throw new Error('logGroups must contain at least one log group, got none');
    }
    validateArray('logGroups', logGroups, LOG_GROUP);
    logGroups.forEach(validateLogGroupName);
    const logGroupNames = logGroups.map(({ logGroupName }) => logGroupName);
    return new LogGroupSelection({ by: 'NAME', logGroupNames }, [], logGroups);
  }

  /**
   * Log groups whose name starts with `prefix`.
   *
   * Throws if the prefix contains other characters, or is too long.
   *
   * @param prefix 1 to 512 letters, digits, and `.`, `-`, `_`, `/`, `#`
   */
  public static byPrefix(prefix: string): LogGroupSelection {
    validateType('prefix', prefix, STRING);
    validateNamePart('prefix', prefix);
    return new LogGroupSelection({ by: 'PREFIX', prefix });
  }

  /**
   * Log groups whose name contains `pattern`. The pattern is neither a regular expression nor a wildcard pattern.
   *
   * Throws if the pattern contains other characters, or is too long.
   *
   * @param pattern 1 to 512 letters, digits, and `.`, `-`, `_`, `/`, `#`
   */
  public static byPattern(pattern: string): LogGroupSelection {
    validateType('pattern', pattern, STRING);
    validateNamePart('pattern', pattern);
    return new LogGroupSelection({ by: 'PATTERN', pattern });
  }

  /**
   * Log groups with a tag.
   *
   * Throws if the key is a token, if there are more than five values, or if one contains a wildcard.
   *
   * @param key key of the tag, which must be known at synthesis because it becomes the name of a condition
   * @param values values of the tag, of which one must match (at most five, or none to accept any value)
   */
  public static byTag(key: string, ...values: string[]): LogGroupSelection {
    validateType('tag key', key, STRING);
    validateArray('tag values', values, STRING);
    if (Token.isUnresolved(key)) {
      throw new Error('tag key must be known at synthesis (it becomes the name of a condition), got a token');
    }
    validateTag('tag key', key, 1, 128);
    for (const value of values) {
      validateTag('tag value', value, 0, 256);
    }
    if (values.length > MAX_TAG_VALUES) {
      throw new Error(
        `tag values must be at most ${MAX_TAG_VALUES}, got ${values.length}: ${values.join(', ')}; ` +
          'use several selections with the same tag',
      );
    }
    return new LogGroupSelection({ by: 'TAG', key, values });
  }

  /** All log groups of the account and Region. */
  public static all(): LogGroupSelection {
    return new LogGroupSelection({ by: 'ALL' });
  }

  private constructor(
    private readonly filter: LogGroupFilter,
    private readonly excluded: LogGroupFilter[] = [],
    private readonly logGroups: ILogGroup[] = [],
  ) {}

  /**
   * Returns a copy of this selection without the log groups matched by `selections`.
   *
   * Throws on `LogGroupSelection.fromLogGroups`, if one of the `selections` excludes log groups itself, and if they would
   * exclude everything.
   *
   * @param selections selections without exclusions of their own
   */
  public excluding(...selections: LogGroupSelection[]): LogGroupSelection {
    if (this.filter.by === 'NAME') {
      throw new Error(
        'LogGroupSelection.fromLogGroups cannot exclude log groups; leave them out, or exclude them from byPrefix, ' +
          'byPattern, byTag or all',
      );
    }
    validateArray('selections', selections, SELECTION);
    for (const { filter, excluded } of selections) {
      if (excluded.length > 0) {
        throw new Error(
          `an excluded selection must not exclude others itself, got ${filter.by} excluding ` +
            excluded.map(({ by }) => by).join(', '),
        );
      }
      if (covers(filter, this.filter)) {
        throw new Error(
          `an excluded selection must not contain the whole selection, got ${formatFilter(filter)} excluded from ` +
            formatFilter(this.filter),
        );
      }
    }
    return new LogGroupSelection(this.filter, [...this.excluded, ...selections.map(({ filter }) => filter)]);
  }

  /**
   * Returns a `LogGroupSelector`, untyped because the contract is not published.
   *
   * @internal
   */
  public _selector(): unknown {
    return { of: this.filter, excluding: this.excluded } satisfies LogGroupSelector;
  }

  /**
   * Returns the log groups that were given by name.
   *
   * @internal
   */
  public _logGroups(): ILogGroup[] {
    return this.logGroups;
  }
}

function validateTag(field: string, value: string, min: number, max: number) {
  const { length } = value;
  if (!Token.isUnresolved(value) && (!/^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u.test(value) || length < min || length > max)) {
    throw new Error(
      `${field} must be ${min} to ${max} letters, digits, spaces, and _ . : / = + - @, got ${JSON.stringify(value)}`,
    );
  }
}
