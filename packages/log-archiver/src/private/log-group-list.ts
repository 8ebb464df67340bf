import type { LogGroupTarget } from '@log-archiver/core';
import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { CfnLogGroup, type ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import type { Frequency } from '../frequency';
import { defaultS3Prefix, validateS3Prefix } from './core';

export interface LogGroupListProps {
  readonly frequency: Frequency;
  readonly keyPrefix: string;
}

/** A run's outcomes have to fit in 256 KiB of state. */
const MAX_LOG_GROUPS = 100;
const DAYS_IN_PERIOD: Record<Frequency, number> = { MONTHLY: 31, DAILY: 1 };
/** A run that starts late, or is repeated the next day, still finds the first day of its period. */
const DAYS_TO_SPARE = 2;

/** The log groups that are archived, each once and under a key of its own. */
export class LogGroupList extends Construct {
  public readonly targets: LogGroupTarget[] = [];
  private readonly names = new Set<string>();
  private readonly nameByS3Prefix = new Map<string, string>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LogGroupListProps,
  ) {
    super(scope, id);
    this.node.addValidation({
      validate: () => (this.targets.length === 0 ? ['logGroups must be at least one log group, got none'] : []),
    });
  }

  public add(logGroup: ILogGroup, s3Prefix?: string) {
    const name = nameOf(logGroup);
    if (this.targets.length === MAX_LOG_GROUPS) {
      throw new Error(`logGroups must be at most ${MAX_LOG_GROUPS} log groups, got one more: ${label(name)}`);
    }
    this.refuseAnotherEnvironment(logGroup, name);
    this.refuseTheSame(name);
    this.refuseTheSameKey(name, s3Prefix);
    this.warnOfShortRetention(logGroup, name);
    this.targets.push({ logGroupName: logGroup.logGroupName, s3Prefix: s3Prefix ?? null });
  }

  private refuseAnotherEnvironment({ env }: ILogGroup, name: string) {
    for (const key of ['account', 'region'] as const) {
      const ours = Stack.of(this)[key];
      if (!Token.isUnresolved(ours) && !Token.isUnresolved(env[key]) && ours !== env[key]) {
        throw new Error(`log group ${label(name)} must be in the ${key} of its archiver, ${ours}, got ${env[key]}`);
      }
    }
  }

  private refuseTheSame(name: string) {
    if (this.names.has(name)) {
      throw new Error(`log groups must be added once each, got ${label(name)} and ${label(name)}`);
    }
    this.names.add(name);
  }

  private refuseTheSameKey(name: string, explicit: string | undefined) {
    if (explicit !== undefined && !Token.isUnresolved(explicit)) {
      validateS3Prefix(explicit);
    }
    const s3Prefix = explicit ?? (Token.isUnresolved(name) ? name : defaultS3Prefix(name, this.props.keyPrefix));
    const other = this.nameByS3Prefix.get(s3Prefix);
    if (other !== undefined) {
      throw new Error(
        `s3Prefix must differ between log groups, got '${s3Prefix}' for ${label(other)} and ${label(name)}`,
      );
    }
    this.nameByS3Prefix.set(s3Prefix, name);
  }

  private warnOfShortRetention(logGroup: ILogGroup, name: string) {
    const retention = cfnLogGroupOf(logGroup)?.retentionInDays;
    const needed = DAYS_IN_PERIOD[this.props.frequency] + DAYS_TO_SPARE;
    if (retention !== undefined && !Token.isUnresolved(retention) && retention < needed) {
      Annotations.of(logGroup).addWarningV2(
        'cdk-log-archiver:retention',
        `log group ${label(name)} keeps its events for ${retention} days; an archive of whole ${
          this.props.frequency === 'DAILY' ? 'days' : 'months'
        } needs ${needed}: the period and ${DAYS_TO_SPARE} days for the run`,
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

function label(name: string): string {
  return Token.isUnresolved(name) ? 'a log group whose name is not known yet' : name;
}
