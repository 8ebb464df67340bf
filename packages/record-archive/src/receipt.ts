import { type ArchiveReceipt, EXPORT_DELAY_MS, type PartRecord, type RecordArchiveRequest } from '@log-archiver/core';

const DAY = 24 * 3_600_000;

/** What an auditor is to see of a period whose parts, in order and without a gap, are in the bucket. */
export function receiptOf(
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
    from: isoTime(item.periodFrom),
    to: isoTime(item.periodTo),
    s3BucketName: parameters.s3BucketName,
    destinationPrefix: item.destinationPrefix,
    tasks: parts.map(({ taskId, from, to, objects, bytes }) => ({ taskId, from, to, objects, bytes })),
    startedAt,
    finishedAt: isoTime(now),
    // A task looks at its part once: of what can be exported later, only the parts that come after it can have some.
    completeAsOf: isoTime(Date.parse(startedAt) - EXPORT_DELAY_MS),
    retentionInDays: item.retentionInDays,
    daysLost: daysLostOf(parts, item.periodFrom),
    evidence: evidenceOf(parts),
    execution: execution.id,
    forced: item.force,
  };
}

/**
 * How much of the period no part can have: what is before the first, and what was gone when a part was exported that
 * begins within it.
 */
function daysLostOf(parts: PartRecord[], periodFrom: number): number | null {
  const starts = parts.map(({ from }) => (Date.parse(from) - periodFrom) / DAY);
  const lost = parts.map(({ daysLost }, index) =>
    daysLost !== null && (starts[index] as number) < daysLost ? daysLost : 0,
  );
  return Math.max(Math.ceil(Math.min(...starts)), ...lost) || null;
}

function evidenceOf(parts: PartRecord[]): ArchiveReceipt['evidence'] {
  const all = parts.map(({ evidence }) => evidence);
  return (['OBJECTS', 'NOT_ASKED'] as const).find((evidence) => all.includes(evidence)) ?? 'NO_EVENTS';
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}
