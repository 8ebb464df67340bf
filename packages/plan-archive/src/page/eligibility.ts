import {
  type ArchiveItem,
  type ArchiveParameters,
  countLostDays,
  destinationPrefix,
  InvalidArchiveRequest,
  type Period,
  type ReportEntry,
  retainedFrom,
  type SkipReason,
} from '@log-archiver/core';
import type { FoundLogGroup } from '../log-group';
import { reportUntried } from '../report-entry';

/**
 * "None of the log events in the batch can be more than 14 days in the past": so much older than itself a log group's
 * events can be. https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutLogEvents.html
 */
const OLDEST_EVENT = 14 * 24 * 3_600_000;

/** What decides besides the log group and the period. */
export interface Circumstances {
  readonly parameters: Pick<ArchiveParameters, 'keyPrefix'>;
  readonly hasReceipt: boolean;
  readonly now: number;
  readonly force: boolean;
  readonly adoptAfter: number | null;
}

export type Decision = { readonly item: ArchiveItem } | { readonly reported: ReportEntry };

/** Whether a log group and a period are to be exported, and if not, why. */
export function decide(logGroup: FoundLogGroup, period: Period, circumstances: Circumstances): Decision {
  const failed = (error: string) => ({ reported: reportUntried(logGroup, period, { status: 'FAILED', error }) });
  if (logGroup.clashes) {
    return failed('DestinationClash');
  }
  const error = reasonToSkip(logGroup, period, circumstances);
  if (error !== null) {
    return { reported: reportUntried(logGroup, period, { status: 'SKIPPED', error }) };
  }
  try {
    return { item: itemOf(logGroup, period, circumstances) };
  } catch (error) {
    if (error instanceof InvalidArchiveRequest) {
      return failed(error.name);
    }
    throw error;
  }
}

function reasonToSkip(
  { details }: FoundLogGroup,
  period: Period,
  { hasReceipt, force, now }: Circumstances,
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
  // The later receipt would be the one in force, and lead to less.
  return hasReceipt && startOf(period, details.creationTime) < retained ? 'LessThanArchived' : null;
}

function itemOf(
  { logGroupName, s3Prefix, details }: FoundLogGroup,
  period: Period,
  circumstances: Circumstances,
): ArchiveItem {
  const { parameters, now, force, adoptAfter } = circumstances;
  const retentionInDays = details?.retentionInDays ?? null;
  return {
    logGroupName,
    s3Prefix,
    period: period.name,
    periodFrom: period.from,
    periodTo: period.to,
    from: startOf(period, details?.creationTime ?? 0),
    to: period.to,
    destinationPrefix: destinationPrefix(parameters.keyPrefix, period.name, s3Prefix),
    adoptAfter,
    retentionInDays,
    daysLost: countLostDays(period.from, retainedFrom(retentionInDays, now)),
    force,
    attempt: 1,
    part: null,
    // Known when it gets onto a page.
    slotDeadline: 0,
  };
}

/** AWS exports no range that ends before the log group was created: events that are older go with its first period. */
function startOf({ from }: Period, creationTime: number): number {
  return creationTime >= from ? Math.min(from, creationTime - OLDEST_EVENT) : from;
}
