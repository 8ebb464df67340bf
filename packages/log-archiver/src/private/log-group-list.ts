import type { LogGroupSelector, LogGroupTarget } from '@log-archiver/core';
import { Annotations, type Duration, Stack, Token } from 'aws-cdk-lib';
import { CfnLogGroup, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Granularity } from '../granularity';
import { defaultS3Prefix, destinationPrefix } from './core';

export interface LogGroupListProps {
  readonly granularity: Granularity;
  readonly keyPrefix: string;
  readonly settleTime: Duration;
}

/** As many as 256 KiB of state hold twice, with names and keys as long as can be: the definition's and the input's. */
const MAX_LOG_GROUPS = 100;
/** So long are that many log groups as JSON, and a selection or two. */
const MAX_CHARACTERS = 105_000;
const DAYS_IN_PERIOD: Record<Granularity, number> = { MONTHLY: 31, DAILY: 1 };
/** An execution's input can name a day, whatever the archiver's granularity is. */
const LONGEST_PERIOD_NAME = '2026-10-31';
/** A run that starts late, or the one of the next day, still finds the first day of the period. */
const DAYS_TO_SPARE = 2;

/** The log groups that are archived, each once and under a key of its own, and the selections that find others. */
export class LogGroupList extends Construct {
  public readonly targets: LogGroupTarget[] = [];
  public readonly selectors: LogGroupSelector[] = [];
  private readonly names = new Set<string>();
  private readonly labelByS3Prefix = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LogGroupListProps,
  ) {
    super(scope, id);
    this.node.addValidation({ validate: () => [...this.validateCount(), ...this.validateSize()] });
  }

  public add(logGroup: ILogGroup, s3Prefix?: string) {
    const name = nameOf(logGroup);
    const label = Token.isUnresolved(name) ? logGroup.node.path : name;
    if (this.targets.length === MAX_LOG_GROUPS) {
      throw new Error(
        `logGroups must be at most ${MAX_LOG_GROUPS} log groups, got one more: ${label}; ` +
          'for more of them use LogGroupSelection.byPrefix, byPattern, byTag or all',
      );
    }
    this.refuseAnotherEnvironment(logGroup, label);
    this.refuseDelivery(logGroup, label);
    this.refuseTheSame(name, label);
    const knownS3Prefix = this.refuseTheSameKey(name, label, s3Prefix);
    this.warnOfShortRetention(logGroup, label);
    this.names.add(name);
    this.labelByS3Prefix.set(knownS3Prefix, label);
    this.targets.push({ logGroupName: logGroup.logGroupName, s3Prefix: s3Prefix ?? null });
  }

  private validateCount(): string[] {
    return this.targets.length === 0 && this.selectors.length === 0
      ? ['logGroups or selection must be at least one log group or selection, got none']
      : [];
  }

  private validateSize(): string[] {
    const { length } = JSON.stringify([this.targets, this.selectors]);
    return length > MAX_CHARACTERS
      ? [
          `logGroups and selection must be at most ${MAX_CHARACTERS} characters of JSON, which the state of a run has ` +
            `room for, got ${length}; exclude by prefix, pattern or tag rather than by name`,
        ]
      : [];
  }

  private refuseAnotherEnvironment({ env }: ILogGroup, label: string) {
    for (const key of ['account', 'region'] as const) {
      const ours = Stack.of(this)[key];
      if (!Token.isUnresolved(ours) && !Token.isUnresolved(env[key]) && ours !== env[key]) {
        throw new Error(`log group ${label} must be in the ${key} of its archiver, ${ours}, got ${env[key]}`);
      }
    }
  }

  private refuseDelivery(logGroup: ILogGroup, label: string) {
    if (cfnLogGroupOf(logGroup)?.logGroupClass === 'DELIVERY') {
      throw new Error(`log group ${label} must be of a class that CloudWatch Logs exports, got DELIVERY`);
    }
  }

  private refuseTheSame(name: string, label: string) {
    if (this.names.has(name)) {
      throw new Error(`log groups must be added once each, got ${label} and ${label}`);
    }
  }

  private refuseTheSameKey(name: string, label: string, explicit: string | undefined): string {
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
    const retention = cfnLogGroupOf(logGroup)?.retentionInDays;
    const { granularity, settleTime } = this.props;
    const toSettle = Math.ceil(settleTime.toHours() / 24);
    const needed = DAYS_IN_PERIOD[granularity] + toSettle + DAYS_TO_SPARE;
    if (retention !== undefined && !Token.isUnresolved(retention) && retention < needed) {
      Annotations.of(logGroup).addWarningV2(
        'cdk-log-archiver:retention',
        `the retention of log group ${label} must be at least ${needed} days (${DAYS_IN_PERIOD[granularity]} of the period, ` +
          `${toSettle} until it has settled, ${DAYS_TO_SPARE} for the run and the next one), got ${retention}: older ` +
          'events are gone before they are archived',
      );
    }
  }
}

/** The name as far as it is known at synth: a log group of the app has a token even where its name was given. */
function nameOf(logGroup: ILogGroup): string {
  return cfnLogGroupOf(logGroup)?.logGroupName ?? logGroup.logGroupName;
}

function cfnLogGroupOf(logGroup: ILogGroup): CfnLogGroup | undefined {
  const child = logGroup.node.defaultChild;
  return child instanceof CfnLogGroup ? child : undefined;
}
