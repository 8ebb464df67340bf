import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import type { LogGroupTarget } from '@log-archiver/core';

/**
 * A log group from its creation to its deletion, as scheduled runs have seen it. Persisted.
 *
 * A log group that is deleted and created again has two incarnations. Times are milliseconds since the epoch.
 */
export interface Incarnation {
  createdAt: number;
  lastSeen: number;
  logGroupClass: string;
  /** Effective retention when it was last seen; `null`: events never expire. */
  retentionInDays: number | null;
  /**
   * Instant before which retention has removed everything; `null`: nothing was removed.
   *
   * The effective retention may be shorter for some days: raising it again does not bring events back.
   */
  removedBefore: number | null;
}

/** Reason why no period of a log group can be archived. */
export interface LogGroupFault {
  error: 'InvalidArchiveRequest' | 'DestinationClash';
  cause: string;
}

/** A log group as it was when the run started. Persisted. */
export interface FoundLogGroup extends LogGroupTarget {
  s3Prefix: string;
  /** Whether the definition or the input has the name. Otherwise, a selection found it, or an earlier run has seen it. */
  isNamed: boolean;
  /** `null`: the log group does not exist. */
  details: LogGroupDetails | null;
  fault: LogGroupFault | null;
  /** Earlier log groups of the name, oldest first. They are deleted. */
  earlier: Incarnation[];
  /** `removedBefore` of the existing log group. */
  removedBefore: number | null;
  /** Whether its last export was split into parts. */
  isSplit: boolean;
}
