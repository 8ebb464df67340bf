import type { LogGroupTarget } from '@log-archiver/core';

/** What CloudWatch Logs says of a log group. */
export interface LogGroupDetails {
  creationTime: number;
  /** `null`: for ever. */
  retentionInDays: number | null;
  storedBytes: number;
  logGroupClass: string;
}

/** A log group as it was when the run started. */
export interface FoundLogGroup extends LogGroupTarget {
  s3Prefix: string;
  /** Whether the objects of another one would go to the same place. */
  clashes: boolean;
  /** `null`: it does not exist. */
  details: LogGroupDetails | null;
}
