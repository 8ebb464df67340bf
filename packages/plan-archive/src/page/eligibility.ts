import {
  destinationPrefix,
  InvalidArchiveRequest,
  type Loss,
  type LossCause,
  mergeLosses,
  oldestEventOf,
  oldestRetained,
  type Period,
  periodBefore,
  type ReportEntry,
  retainedFrom,
  retentionLoss,
  type SkipReason,
} from '@log-archiver/core';
import type { FoundLogGroup, Incarnation } from '../log-group';
import { reportLogGroup } from '../report-entry';
import type { PlannedItem } from '../run-store';
import { CLASSES_WITHOUT_EXPORT, deletionLosses, findEarlier, findStart, recreationLosses } from './known-losses';

/** Values that decide about an export and are the same for all log groups and periods of a page. */
export interface EligibilityRules {
  readonly keyPrefix: string;
  readonly timeZone: string;
  readonly now: number;
  readonly force: boolean;
  readonly adoptAfter: number | null;
}

/** An item to export, or the entry that reports why there is none; `null`: there is nothing to report. */
export type Eligibility = { readonly item: PlannedItem } | { readonly entry: ReportEntry } | null;

/** Remains of a log group and period: the losses of a possible export, or the reason why there is none. */
type Remains =
  | { readonly losses: Loss[] }
  | { readonly lost: LossCause; readonly losses: Loss[] }
  | { readonly skipped: SkipReason }
  | null;

/** Decides whether a log group and period are exported, and if not, why. */
export function checkEligibility(
  logGroup: FoundLogGroup,
  period: Period,
  hasReceipt: boolean,
  rules: EligibilityRules,
): Eligibility {
  const report = (result: Parameters<typeof reportLogGroup>[2]) => ({
    entry: reportLogGroup(logGroup, period, result),
  });
  if (hasReceipt && !rules.force) {
    return report({ status: 'ARCHIVED' });
  }
  const { fault } = logGroup;
  if (fault !== null) {
    return report({ status: 'FAILED', ...fault });
  }
  const remains = findRemains(logGroup, period, rules.now);
  if (hasReceipt && !isWhole(remains, logGroup, period, rules.now)) {
    // The run is forced. Its receipt would be in force, and lead to fewer events than the one that exists.
    return report({ status: 'ARCHIVED' });
  }
  if (remains === null) {
    return null;
  }
  if ('skipped' in remains) {
    return report({ status: 'SKIPPED', error: remains.skipped });
  }
  if ('lost' in remains) {
    return report({ status: 'LOST', error: remains.lost, losses: remains.losses });
  }
  try {
    return { item: createItem(logGroup, period, remains.losses, rules) };
  } catch (error) {
    if (error instanceof InvalidArchiveRequest) {
      return report({ status: 'FAILED', error: error.name, cause: error.message });
    }
    throw error;
  }
}

/**
 * Whether an export contains everything that an earlier one can have contained, even if it is older than the log group. A
 * recreation before the end of the period was known to the earlier one.
 */
function isWhole(remains: Remains, { details, removedBefore }: FoundLogGroup, period: Period, now: number): boolean {
  const isExportable = remains !== null && 'losses' in remains && !('lost' in remains);
  return (
    isExportable &&
    details !== null &&
    oldestRetained({ ...details, removedBefore }, now) <= oldestEventOf(period, details)
  );
}

function findRemains(logGroup: FoundLogGroup, period: Period, now: number): Remains {
  const { details, removedBefore } = logGroup;
  const earlier = findEarlier(logGroup, period);
  if (details === null) {
    return findRemainsOfDeleted(logGroup, period, earlier);
  }
  const { createdAt, logGroupClass, retentionInDays } = details;
  const expired = retentionLoss(period, { ...details, removedBefore }, now);
  const recreated = recreationLosses(period, earlier, details);
  const isExportable = createdAt <= period.to && !CLASSES_WITHOUT_EXPORT.includes(logGroupClass);
  if (!isExportable) {
    return recreated.length > 0
      ? { lost: 'LogGroupRecreated', losses: recreated }
      : { skipped: createdAt > period.to ? 'CreatedLater' : 'ClassNotExportable' };
  }
  const losses = mergeLosses(expired === null ? recreated : [...recreated, expired]);
  return period.to < retainedFrom(retentionInDays, now) ? { lost: 'RetentionExpired', losses } : { losses };
}

/** An earlier log group of the same name may have had another period. Only a log group that is named is reported then. */
function findRemainsOfDeleted(
  { isNamed, earlier: all }: FoundLogGroup,
  period: Period,
  earlier: Incarnation[],
): Remains {
  const last = earlier.at(-1);
  if (last !== undefined) {
    return { lost: 'LogGroupDeleted', losses: deletionLosses(period, earlier.slice(0, -1), last) };
  }
  const existed = all.some(({ createdAt, lastSeen }) => createdAt <= period.to && lastSeen >= period.from);
  if (existed) {
    return { skipped: 'ClassNotExportable' };
  }
  return isNamed ? { skipped: 'LogGroupNotFound' } : null;
}

function createItem(
  { logGroupName, s3Prefix, details, removedBefore }: FoundLogGroup,
  period: Period,
  losses: Loss[],
  { keyPrefix, timeZone, now, force, adoptAfter }: EligibilityRules,
): PlannedItem {
  if (details === null) {
    throw new Error(`log group ${logGroupName} does not exist`);
  }
  const { storedBytes: _, ...properties } = details;
  // Only what today's retention does not explain: of an export that is adopted, less may have been removed.
  const wasShorter = removedBefore !== null && removedBefore > retainedFrom(details.retentionInDays, now);
  return {
    logGroupName,
    s3Prefix,
    period: period.name,
    periodFrom: period.from,
    periodTo: period.to,
    previousPeriod: periodBefore(period, timeZone),
    from: findStart(period, details.createdAt),
    to: period.to,
    destinationPrefix: destinationPrefix(keyPrefix, period.name, s3Prefix),
    adoptAfter,
    logGroup: { ...properties, removedBefore: wasShorter ? removedBefore : null },
    losses,
    force,
    attempt: 1,
    part: null,
  };
}
