/**
 * Types of a run: its input, and what the definition binds.
 *
 * An absent field travels as `null`, because a JSONPath in the state machine cannot skip a field. Times are milliseconds
 * since the epoch unless the comment says ISO 8601.
 */

/** Length of a period. */
export type Granularity = 'MONTHLY' | 'DAILY';

/** A log group, and the place of its objects below the period's folder. */
export interface LogGroupTarget {
  logGroupName: string;
  /** `null`: derived from the name, see `defaultS3Prefix`. */
  s3Prefix: string | null;
}

/** A rule that finds log groups when a run starts. */
export type LogGroupFilter =
  | { by: 'NAME'; logGroupNames: string[] }
  | { by: 'PREFIX'; prefix: string }
  /** A part of the name, case-sensitive. */
  | { by: 'PATTERN'; pattern: string }
  /** A tag with one of the values; without values, any value matches. */
  | { by: 'TAG'; key: string; values: string[] }
  | { by: 'ALL' };

/** Log groups that are found when a run starts, so that new ones are archived without a deployment. */
export interface LogGroupSelector {
  of: LogGroupFilter;
  excluding: LogGroupFilter[];
}

/** The input of an execution. It overrides the definition's defaults; IAM binds everything else. */
export interface RunInput {
  /** ISO 8601. Periods are counted back from this instant. Default: the start of the execution. */
  scheduledTime?: string;
  /**
   * `2026-10`, `2026-10-31`, or the first and the last of several: `2025-01/2025-12`.
   *
   * Default: the last `lookback` periods that ended at least `settleTime` before `scheduledTime`, and the earlier ones
   * after the checkpoint.
   */
  period?: string | null;
  /** Default: the log groups of the definition. */
  logGroups?: LogGroupTarget[];
  /** Reports what the run would export, and exports nothing. Default: false. */
  dryRun?: boolean;
  /** Archives again, with new export tasks, what already has a receipt. Default: false. */
  force?: boolean;
}

/** Values that the definition binds. No execution can override them. */
export interface ArchiveParameters {
  account: string;
  region: string;
  s3BucketName: string;
  /** Empty: no prefix. */
  keyPrefix: string;
  /** IANA time zone in which a period begins and ends. */
  timeZone: string;
  /** Length of a period: the construct's `granularity`. */
  frequency: Granularity;
  /** Hours between the end of a period and its archive. */
  settleHours: number;
  /** Number of most recent periods that each run checks: the construct's `lookbackPeriods`. */
  lookback: number;
  /** Name and version of the construct: `cdk-log-archiver 1.2.3`. */
  archiver: string;
}

/** The execution of a run. */
export interface ArchiveExecution {
  /** ARN. */
  id: string;
  name: string;
  /** ISO 8601. */
  startedAt: string;
  stateMachineArn: string;
}

/** Fields that are the same for every item of a run. */
export interface RunContext {
  parameters: ArchiveParameters;
  execution: ArchiveExecution;
}
