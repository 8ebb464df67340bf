import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import { DAY_MS, type Period } from '@log-archiver/core';
import type { FoundLogGroup, Incarnation } from '../src/log-group';

/** October 2026 in Tokyo. */
export const OCTOBER: Period = {
  name: '2026-10',
  from: Date.parse('2026-09-30T15:00:00.000Z'),
  to: Date.parse('2026-10-31T14:59:59.999Z'),
};

/** Properties of an old log group whose events never expire. */
export const DETAILS: LogGroupDetails = {
  logGroupClass: 'STANDARD',
  createdAt: 0,
  retentionInDays: null,
  deletionProtectionEnabled: false,
  dataProtectionStatus: null,
  storedBytes: 12_345,
};

/** A log group that a selection found, and that no run has seen before. */
export const WEB: FoundLogGroup = {
  logGroupName: '/app/web',
  s3Prefix: 'app/web',
  isNamed: false,
  details: DETAILS,
  fault: null,
  earlier: [],
  removedBefore: null,
  isSplit: false,
};

/** Creates an existing log group. */
export function foundLogGroup(details: Partial<LogGroupDetails>, changes: Partial<FoundLogGroup> = {}): FoundLogGroup {
  return { ...WEB, details: { ...DETAILS, ...details }, ...changes };
}

/** Creates a log group that existed on some days of October, counted from 0. */
export function incarnation(createdOn: number, lastSeenOn: number, changes: Partial<Incarnation> = {}): Incarnation {
  const [createdAt, lastSeen] = [OCTOBER.from + createdOn * DAY_MS, OCTOBER.from + lastSeenOn * DAY_MS];
  return { createdAt, lastSeen, logGroupClass: 'STANDARD', retentionInDays: null, removedBefore: null, ...changes };
}
