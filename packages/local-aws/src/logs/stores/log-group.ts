const DAY = 24 * 3_600_000;

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY' | 'ESSENTIALS';

export interface LogEvent {
  timestamp: number;
  message: string;
}

/** A log event as it is kept. */
export interface StoredEvent extends LogEvent {
  ingestionTime: number;
  /** Counts all events of the account: what came in later has the higher number. */
  number: number;
}

export interface LogStream {
  logStreamName: string;
  arn: string;
  creationTime: number;
  /** As put. */
  events: StoredEvent[];
}

export interface LogGroup {
  logGroupName: string;
  /** Without `:*`. */
  logGroupArn: string;
  creationTime: number;
  logGroupClass: LogGroupClass;
  retentionInDays?: number;
  kmsKeyId?: string;
  tags: Map<string, string>;
  /** By name. */
  logStreams: Map<string, LogStream>;
}

/** Events before this instant are gone. */
export function retentionStart({ retentionInDays }: LogGroup, now: number): number {
  return retentionInDays === undefined ? Number.NEGATIVE_INFINITY : now - retentionInDays * DAY;
}

/** What a log event counts for, in batches and in storage. */
export function countEventBytes({ message }: LogEvent): number {
  return Buffer.byteLength(message) + 26;
}
