import { randomUUID } from 'node:crypto';
import {
  type ArchiveExecution,
  type ArchiveItem,
  type ArchiveParameters,
  type ArchiveReceipt,
  getStateMachineName,
  type PartRecord,
  type Period,
  type PeriodStatus,
  partKey,
  periodStatusKey,
  type Range,
  type ReceiptTask,
  receiptKey,
  splitIntoParts,
  taskSecretKey,
  toIsoTime,
} from '@log-archiver/core';
import { BUCKET_NAME } from './archivers';
import type { Attack } from './world';

/** A log group and period of an archiver, with all that an outsider knows about it. */
export interface Target extends Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'destinationPrefix'> {
  readonly period: Period;
  readonly location: Pick<ArchiveParameters, 'account' | 'region' | 'keyPrefix' | 'timeZone'>;
  readonly execution: ArchiveExecution;
}

/** Kind of an object in the archive bucket. */
export type ObjectKind = Extract<Attack['deed'], { on: 'BUCKET' }>['what'];

/** Returns a key of a target, and a body that an archiver could have written there if the period had no events. */
export function forge(kind: ObjectKind, target: Target, now: number): { key: string; body: string } {
  const { location, execution, period, logGroupName, s3Prefix, destinationPrefix } = target;
  const item = { logGroupName, s3Prefix, period: period.name };
  switch (kind) {
    case 'RECEIPT':
      return { key: receiptKey(location, item, null), body: JSON.stringify(forgeReceipt(target, now)) };
    case 'PART_RECORD': {
      const [part = period] = splitIntoParts(period, location.timeZone, 'HOUR');
      return { key: partKey(location, { ...item, ...part }, null), body: JSON.stringify(forgePart(target, part, now)) };
    }
    case 'PERIOD_STATUS':
      return {
        key: periodStatusKey(location, getStateMachineName(execution), period.name),
        body: JSON.stringify(forgePeriodStatus(target, now)),
      };
    case 'TASK_SECRET':
      return {
        key: taskSecretKey(location, getStateMachineName(execution)),
        body: JSON.stringify({ secret: 'guess' }),
      };
    case 'OBJECT':
      return { key: `${destinationPrefix}/${randomUUID()}/day-0-0/000000.gz`, body: 'forged' };
  }
}

function forgeReceipt(target: Target, now: number): ArchiveReceipt {
  const { location, logGroupName, period, execution, destinationPrefix } = target;
  const { account, region, timeZone } = location;
  const finishedAt = toIsoTime(Math.max(now, period.to));
  return {
    format: 3,
    archiver: 'LogArchiver',
    ...{ account, region, logGroupName, timeZone, period: period.name },
    from: toIsoTime(period.from),
    to: toIsoTime(period.to),
    s3BucketName: BUCKET_NAME,
    destinationPrefix,
    tasks: [forgeTask(period)],
    ...{ startedAt: finishedAt, finishedAt, completeAsOf: finishedAt },
    logGroup: {
      ...{ logGroupClass: 'STANDARD', createdAt: period.from, retentionInDays: null, removedBefore: null },
      ...{ deletionProtectionEnabled: false, dataProtectionStatus: null },
    },
    losses: [],
    evidence: 'NO_EVENTS',
    previous: null,
    execution: execution.id,
    forced: false,
  };
}

function forgePart({ execution }: Target, part: Range, now: number): PartRecord {
  const record = { createdAt: toIsoTime(now), losses: [], execution: execution.id };
  return { ...forgeTask(part), ...record, evidence: 'NO_EVENTS' };
}

function forgeTask({ from, to }: Range): ReceiptTask {
  return {
    ...{ taskId: randomUUID(), from: toIsoTime(from), to: toIsoTime(to) },
    ...{ objects: 0, bytes: 0, digest: '', firstObject: null, lastObject: null },
  };
}

function forgePeriodStatus({ period, execution }: Target, now: number): PeriodStatus {
  return {
    ...{ format: 2, period: period.name, status: 'COMPLETE', complete: true },
    ...{ archived: 1, skipped: {}, failed: 0, lost: 0, objects: 0, bytes: 0 },
    ...{ losses: [], failures: [], warnings: [] },
    ...{ asOf: toIsoTime(now), execution: execution.id, reportKey: '' },
  };
}
