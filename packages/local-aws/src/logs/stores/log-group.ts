const DAY_MS = 24 * 3_600_000;

export type LogGroupClass = 'STANDARD' | 'INFREQUENT_ACCESS' | 'DELIVERY' | 'ESSENTIALS';

export interface LogEvent {
  timestamp: number;
  message: string;
}

/** A stored log event. */
export interface StoredEvent extends LogEvent {
  ingestionTime: number;
  /** Sequence number within the account, in order of ingestion. */
  number: number;
}

export interface LogStream {
  logStreamName: string;
  arn: string;
  creationTime: number;
  /** Events in order of ingestion. */
  events: StoredEvent[];
}

export interface LogGroup {
  logGroupName: string;
  /** ARN without `:*`. */
  logGroupArn: string;
  creationTime: number;
  logGroupClass: LogGroupClass;
  retentionInDays?: number;
  kmsKeyId?: string;
  tags: Map<string, string>;
  /** Log streams by name. */
  logStreams: Map<string, LogStream>;
}

/** Returns the instant before which events have expired. */
export function retentionStart({ retentionInDays }: LogGroup, now: number): number {
  return retentionInDays === undefined ? Number.NEGATIVE_INFINITY : now - retentionInDays * DAY_MS;
}

/** Returns the size that AWS counts for a log event, in batches and in storage. */
export function countEventBytes({ message }: LogEvent): number {
  return Buffer.byteLength(message) + 26;
}
