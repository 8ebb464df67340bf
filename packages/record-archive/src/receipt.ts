import {
  type ArchiveReceipt,
  DAY_MS,
  EXPORT_DELAY_MS,
  type PartRecord,
  type RecordArchiveRequest,
} from '@log-archiver/core';

/** Creates the receipt of a period from its part records, which must be in order and without a gap. */
export function createReceipt(
  { item, parameters, execution }: RecordArchiveRequest,
  parts: PartRecord[],
  now: number,
): ArchiveReceipt {
  const startedAt = parts.map(({ createdAt }) => createdAt).reduce((first, time) => (time < first ? time : first));
  return {
    format: 1,
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
    tasks: parts.map(({ taskId, from, to, objects, bytes }) => ({ taskId, from, to, objects, bytes })),
    startedAt,
    finishedAt: toIsoTime(now),
    // A task exports its part only once. Events that become exportable later can only be in parts exported after it.
    completeAsOf: toIsoTime(Date.parse(startedAt) - EXPORT_DELAY_MS),
    retentionInDays: item.retentionInDays,
    daysLost: findDaysLost(parts, item.periodFrom),
    evidence: mergeEvidence(parts),
    execution: execution.id,
    forced: item.force,
  };
}

/**
 * Returns the maximum number of days of the period that no part can contain.
 *
 * They are the days before the first part, and the days that were gone when a part that starts within them was exported.
 */
function findDaysLost(parts: PartRecord[], periodFrom: number): number | null {
  const starts = parts.map(({ from }) => (Date.parse(from) - periodFrom) / DAY_MS);
  const lost = parts.map(({ daysLost }, index) =>
    daysLost !== null && (starts[index] as number) < daysLost ? daysLost : 0,
  );
  return Math.max(Math.ceil(Math.min(...starts)), ...lost) || null;
}

function mergeEvidence(parts: PartRecord[]): ArchiveReceipt['evidence'] {
  const all = parts.map(({ evidence }) => evidence);
  return (['OBJECTS', 'NOT_ASKED'] as const).find((evidence) => all.includes(evidence)) ?? 'NO_EVENTS';
}

function toIsoTime(time: number): string {
  return new Date(time).toISOString();
}
