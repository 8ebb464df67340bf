import { EXECUTION, NOW, OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import type { PeriodLoss, ReportEntry } from '@log-archiver/core';
import type { ReceiptProperties } from '../../src/archiver-store';

const { logGroupName, period, from, to } = OCTOBER_ITEM;

/** Creates an entry of October for `/app/web`, which has failed unless the changes say otherwise. */
export function createEntry(changes: Partial<ReportEntry> = {}): ReportEntry {
  return {
    ...{ logGroupName, period, from, to, status: 'FAILED', error: 'CANCELLED', cause: 'Cancelled.', taskId: 'task' },
    ...{ destinationPrefix: '2026/10/app/web', leftover: null, losses: [], storedBytes: null },
    ...changes,
  };
}

/** Creates entries that differ by their index. */
export function createEntries(count: number, change: (index: number) => Partial<ReportEntry> = () => ({})) {
  return Array.from({ length: count }, (_, index) => createEntry(change(index)));
}

/** Creates a loss of `/app/web` that this run reports: the first days of October. */
export function createPeriodLoss(changes: Partial<PeriodLoss> = {}): PeriodLoss {
  return {
    logGroupName,
    ...{ cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to: '2026-10-03T03:00:04.999Z' },
    ...{ reportedAt: NOW, execution: EXECUTION.id },
    ...changes,
  };
}

/** Creates the properties of a receipt of `/app/web`. */
export function createReceiptProperties(changes: Partial<ReceiptProperties> = {}): ReceiptProperties {
  return {
    logGroupName,
    ...{ finishedAt: NOW, losses: [], tasks: 1, objects: 2, bytes: 30, exportSeconds: null },
    ...changes,
  };
}
