import {
  countLostDays,
  destinationPrefix,
  InvalidArchiveRequest,
  OLDEST_EVENT_MS,
  type Period,
  type ReportEntry,
  retainedFrom,
  type SkipReason,
} from '@log-archiver/core';
import type { FoundLogGroup } from '../log-group';
import { reportLogGroup } from '../report-entry';
import type { PlannedItem } from '../run-store';

/** Values that decide about an export and are the same for all log groups and periods of a page. */
export interface EligibilityRules {
  readonly keyPrefix: string;
  readonly now: number;
  readonly force: boolean;
  readonly adoptAfter: number | null;
}

/** An item to export, or the entry that reports why there is none. */
export type Eligibility = { readonly item: PlannedItem } | { readonly entry: ReportEntry };

/** Decides whether a log group and period are exported, and if not, why. */
export function checkEligibility(
  logGroup: FoundLogGroup,
  period: Period,
  hasReceipt: boolean,
  rules: EligibilityRules,
): Eligibility {
  const fail = (error: string) => ({ entry: reportLogGroup(logGroup, period, { status: 'FAILED', error }) });
  if (logGroup.clashes) {
    return fail('DestinationClash');
  }
  const reason = findSkipReason(logGroup, period, hasReceipt, rules);
  if (reason !== null) {
    return { entry: reportLogGroup(logGroup, period, { status: 'SKIPPED', error: reason }) };
  }
  try {
    return { item: createItem(logGroup, period, rules) };
  } catch (error) {
    if (error instanceof InvalidArchiveRequest) {
      return fail(error.name);
    }
    throw error;
  }
}

function findSkipReason(
  { details }: FoundLogGroup,
  period: Period,
  hasReceipt: boolean,
  { force, now }: EligibilityRules,
): SkipReason | null {
  if (hasReceipt && !force) {
    return 'AlreadyArchived';
  }
  if (details === null) {
    return 'LogGroupNotFound';
  }
  if (details.creationTime > period.to) {
    return 'CreatedLater';
  }
  if (details.logGroupClass === 'DELIVERY') {
    return 'ClassNotExportable';
  }
  const retained = retainedFrom(details.retentionInDays, now);
  if (period.to < retained) {
    return 'RetentionExpired';
  }
  // The later receipt would be in force, and lead to fewer events than the first.
  return hasReceipt && findStart(period, details.creationTime) < retained ? 'LessThanArchived' : null;
}

function createItem(
  { logGroupName, s3Prefix, details }: FoundLogGroup,
  period: Period,
  { keyPrefix, now, force, adoptAfter }: EligibilityRules,
): PlannedItem {
  const retentionInDays = details?.retentionInDays ?? null;
  return {
    logGroupName,
    s3Prefix,
    period: period.name,
    periodFrom: period.from,
    periodTo: period.to,
    from: findStart(period, details?.creationTime ?? 0),
    to: period.to,
    destinationPrefix: destinationPrefix(keyPrefix, period.name, s3Prefix),
    adoptAfter,
    retentionInDays,
    daysLost: countLostDays(period.from, retainedFrom(retentionInDays, now)),
    force,
    attempt: 1,
    part: null,
  };
}

/**
 * Returns the start of an export, which is before the period if the log group was created in the period.
 *
 * AWS rejects a range that ends before the log group was created. Events that are older than the log group are therefore
 * exported with its first period.
 */
function findStart({ from }: Period, creationTime: number): number {
  return creationTime >= from ? Math.min(from, creationTime - OLDEST_EVENT_MS) : from;
}
