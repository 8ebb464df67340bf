import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import type { LogGroupTarget } from '@log-archiver/core';

/** A log group as it was when the run started. Persisted. */
export interface FoundLogGroup extends LogGroupTarget {
  s3Prefix: string;
  /** Whether the objects of another log group would have the same destination. */
  clashes: boolean;
  /** `null`: the log group does not exist. */
  details: LogGroupDetails | null;
}
