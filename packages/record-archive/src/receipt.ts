import {
  type ArchiveItem,
  type ArchiveReceipt,
  clipLosses,
  createLoss,
  EXPORT_DELAY_MS,
  type Loss,
  mergeLosses,
  oldestEventOf,
  type PartRecord,
  type ReceiptReference,
  type ReceiptTask,
  type RecordArchiveRequest,
  toIsoTime,
} from '@log-archiver/core';

/** Creates the receipt of a period from its part records, which must be in order and without a gap. */
export function createReceipt(
  { item, parameters, execution }: RecordArchiveRequest,
  parts: PartRecord[],
  previous: ReceiptReference | null,
  now: number,
): ArchiveReceipt {
  const startedAt = parts.map(({ createdAt }) => createdAt).reduce((first, time) => (time < first ? time : first));
  return {
    format: 3,
    archiver: parameters.archiver,
    account: parameters.account,
    region: parameters.region,
    logGroupName: item.logGroupName,
    timeZone: parameters.timeZone,
    period: item.period,
    from: toIsoTime(item.periodFrom),
    to: toIsoTime(item.periodTo),
    s3BucketName: parameters.s3BucketName,
    destinationPrefix: item.destinationPrefix,
    tasks: parts.map(selectTask),
    startedAt,
    finishedAt: toIsoTime(now),
    // A task exports its part only once. Events that become exportable later can only be in parts exported after it.
    completeAsOf: toIsoTime(Date.parse(startedAt) - EXPORT_DELAY_MS),
    logGroup: item.logGroup,
    losses: findLosses(item, parts),
    evidence: mergeEvidence(parts),
    previous,
    execution: execution.id,
    forced: item.force,
  };
}

/**
 * Returns the ranges of the period that no part can contain.
 *
 * They are the time before the first part, and what was gone of each part when it was exported.
 */
function findLosses({ periodFrom, logGroup }: ArchiveItem, parts: PartRecord[]): Loss[] {
  const firstFrom = Math.min(...parts.map(({ from }) => Date.parse(from)));
  const oldest = oldestEventOf({ from: periodFrom }, logGroup);
  // Only retention cuts the start of a period.
  const before = firstFrom > oldest ? [createLoss('RetentionExpired', { from: oldest, to: firstFrom - 1 })] : [];
  const within = parts.flatMap(({ from, to, losses }, index) => {
    // No other part can contain what was gone before the first one.
    const start = index === 0 ? Math.min(oldest, periodFrom) : Date.parse(from);
    return clipLosses(losses, { from: start, to: Date.parse(to) });
  });
  return mergeLosses([...before, ...within]);
}

function selectTask(part: PartRecord): ReceiptTask {
  const { taskId, from, to, objects, bytes, digest, firstObject, lastObject } = part;
  return { taskId, from, to, objects, bytes, digest, firstObject, lastObject };
}

function mergeEvidence(parts: PartRecord[]): ArchiveReceipt['evidence'] {
  return parts.some(({ evidence }) => evidence === 'OBJECTS') ? 'OBJECTS' : 'NO_EVENTS';
}
