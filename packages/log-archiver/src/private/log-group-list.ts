import type { LogGroupSelector, LogGroupTarget } from '@log-archiver/core';
import { Annotations, Token } from 'aws-cdk-lib';
import type { ILogGroup } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { defaultS3Prefix, destinationPrefix, findNeededRetention } from './core';
import { findCfnLogGroup, resolveLogGroupName, validateLogGroupName } from './log-group-name';
import type { Settings } from './settings';
import { type ResourceScope, validateEnvironment } from './validate-environment';
import { type ArchivedLogGroups, findOverlap } from './validate-overlap';
import { LOG_GROUP, STRING, validateType, validateTypes } from './validate-types';

export interface LogGroupListProps extends Pick<Settings, 'granularity' | 'keyPrefix' | 'settleTime' | 'timeZone'> {
  readonly bucket: IBucket;
}

/**
 * Number of log groups that 256 KiB of state hold twice, in the definition and in the input, with the longest names and
 * keys.
 */
const MAX_LOG_GROUPS = 100;
/** Size of that many log groups as JSON, and of one or two selections. */
const MAX_CHARACTERS = 105_000;
/** An execution's input can name a day, whatever the granularity. */
const LONGEST_PERIOD_NAME = '2026-10-31';

/** Log groups to archive, each once and with a key of its own, and the selections that find more. */
export class LogGroupList extends Construct {
  public readonly targets: LogGroupTarget[] = [];
  public readonly selectors: LogGroupSelector[] = [];
  private readonly names = new Set<string>();
  private readonly labelByS3Prefix = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    public readonly props: LogGroupListProps,
  ) {
    super(scope, id);
    this.node.addValidation({
      validate: () => [...this.validateCount(), ...this.validateSize(), ...this.validateOverlap()],
    });
  }

  public add(logGroup: ILogGroup, s3Prefix?: string) {
    validateType('log group', logGroup, LOG_GROUP);
    validateTypes({ s3Prefix: [s3Prefix, STRING] });
    validateLogGroupName(logGroup);
    const name = resolveLogGroupName(logGroup);
    const label = Token.isUnresolved(name) ? logGroup.node.path : name;
    if (this.targets.length === MAX_LOG_GROUPS) {
      throw new Error(
        `logGroups must contain at most ${MAX_LOG_GROUPS} log groups, got one more: ${label}; ` +
          'for more of them use LogGroupSelection.byPrefix, byPattern, byTag or all',
      );
    }
    const resourceScope: ResourceScope = {
      field: `log group ${label}`,
      user: 'archiver',
      aspects: ['account', 'region'],
    };
    validateEnvironment(this, resourceScope, logGroup.env);
    this.validateClass(logGroup, label);
    this.validateNewName(name, label);
    const resolvedS3Prefix = this.validateNewS3Prefix(name, label, s3Prefix);
    this.warnOfShortRetention(logGroup, label);
    this.names.add(name);
    this.labelByS3Prefix.set(resolvedS3Prefix, label);
    this.targets.push({ logGroupName: logGroup.logGroupName, s3Prefix: s3Prefix ?? null });
  }

  private validateCount(): string[] {
    return this.targets.length === 0 && this.selectors.length === 0
      ? ['pass at least one log group (logGroups) or selection (selections)']
      : [];
  }

  private validateSize(): string[] {
    const { length } = JSON.stringify([this.targets, this.selectors]);
    return length > MAX_CHARACTERS
      ? [
          `logGroups and selections must be at most ${MAX_CHARACTERS} characters of JSON to fit in the state of a ` +
            `run, got ${length}; exclude by prefix, pattern or tag instead of by name`,
        ]
      : [];
  }

  /** Compares with the archivers that were created earlier, so that an overlap is reported once. */
  private validateOverlap(): string[] {
    const lists = this.node.root.node.findAll().filter((each) => each instanceof LogGroupList);
    const earlier = lists.slice(0, lists.indexOf(this)).map((each) => each.archived);
    return findOverlap(this.archived, earlier);
  }

  private get archived(): ArchivedLogGroups {
    const { bucket, keyPrefix } = this.props;
    const named = [...this.names].map(
      (name): LogGroupSelector => ({
        of: { by: 'NAME', logGroupNames: [name] },
        excluding: [],
      }),
    );
    return {
      archiver: this.node.scope as Construct,
      bucket,
      keyPrefix,
      selectors: [...named, ...this.selectors],
    };
  }

  private validateClass(logGroup: ILogGroup, label: string) {
    if (findCfnLogGroup(logGroup)?.logGroupClass === 'DELIVERY') {
      throw new Error(`log group ${label} must be of a class that CloudWatch Logs can export, got DELIVERY`);
    }
  }

  private validateNewName(name: string, label: string) {
    if (this.names.has(name)) {
      throw new Error(`log group ${label} has already been added`);
    }
  }

  /**
   * Returns the log group's own prefix or its default. Throws if the prefix is invalid, or if another log group has it.
   */
  private validateNewS3Prefix(name: string, label: string, explicit: string | undefined): string {
    const { keyPrefix } = this.props;
    if (explicit !== undefined && !Token.isUnresolved(explicit)) {
      destinationPrefix(Token.isUnresolved(keyPrefix) ? '' : keyPrefix, LONGEST_PERIOD_NAME, explicit);
    }
    const s3Prefix = explicit ?? (Token.isUnresolved(name) ? name : defaultS3Prefix(name, keyPrefix));
    const other = this.labelByS3Prefix.get(s3Prefix);
    if (other !== undefined) {
      throw new Error(`s3Prefix must differ between log groups, got '${s3Prefix}' for ${other} and ${label}`);
    }
    return s3Prefix;
  }

  private warnOfShortRetention(logGroup: ILogGroup, label: string) {
    const retention = findCfnLogGroup(logGroup)?.retentionInDays;
    const { granularity, settleTime } = this.props;
    const { days, periodDays, settleDays, marginDays } = findNeededRetention(granularity, settleTime.toHours());
    if (retention !== undefined && !Token.isUnresolved(retention) && retention < days) {
      Annotations.of(logGroup).addWarningV2(
        'cdk-log-archiver:retention',
        `log group ${label} should retain events for at least ${days} days (period ${periodDays}, settleTime ` +
          `${settleDays}, margin ${marginDays}), got ${retention}: older events expire before they are archived`,
      );
    }
  }
}
