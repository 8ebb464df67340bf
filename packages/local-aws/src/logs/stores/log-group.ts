import type { RetentionChange } from './retention-history';

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
  /** The log group's own retention, which an account-level policy can override; oldest setting first. */
  retentionChanges: RetentionChange[];
  deletionProtectionEnabled: boolean;
  /** @default - the log group never had a data protection policy */
  dataProtectionStatus?: 'ACTIVATED' | 'DELETED';
  kmsKeyId?: string;
  tags: Map<string, string>;
  /** Log streams by name. */
  logStreams: Map<string, LogStream>;
}

/** Returns the size that AWS counts for a log event, in batches and in storage. */
export function countEventBytes({ message }: LogEvent): number {
  return Buffer.byteLength(message) + 26;
}
