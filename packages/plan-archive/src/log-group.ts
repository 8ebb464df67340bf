import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import type { LogGroupTarget } from '@log-archiver/core';

/** A log group as it was when the run started. */
export interface FoundLogGroup extends LogGroupTarget {
  s3Prefix: string;
  /** Whether the objects of another one would go to the same place. */
  clashes: boolean;
  /** `null`: it does not exist. */
  details: LogGroupDetails | null;
}
