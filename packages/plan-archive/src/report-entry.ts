import type { Period, ReportEntry } from '@log-archiver/core';
import type { FoundLogGroup } from './log-group';
import type { PlannedItem } from './run-store';

type Result = Pick<ReportEntry, 'status' | 'error'>;

/** Creates the entry of a log group and period for which no item was planned. */
export function reportLogGroup(
  { logGroupName, details }: FoundLogGroup,
  { name, from, to }: Period,
  result: Result,
): ReportEntry {
  const noExport = { taskId: null, destinationPrefix: null, leftover: null, daysLost: null };
  return { logGroupName, period: name, from, to, ...noExport, storedBytes: details?.storedBytes ?? null, ...result };
}

/** Creates the entry of an item. The item identifies the export; the result has its end. */
export function reportItem(
  { logGroupName, period, from, to, daysLost }: PlannedItem,
  { status, error, taskId = null, destinationPrefix = null, leftover = null }: Result & Partial<ReportEntry>,
): ReportEntry {
  return {
    logGroupName,
    period,
    from,
    to,
    status,
    error,
    taskId,
    destinationPrefix,
    leftover,
    daysLost,
    storedBytes: null,
  };
}
