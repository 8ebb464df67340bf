import type { ArchiveItem, Period, ReportEntry } from '@log-archiver/core';
import type { FoundLogGroup } from './log-group';

type Ending = Pick<ReportEntry, 'status' | 'error'> & Partial<Pick<ReportEntry, 'daysLost' | 'destinationPrefix'>>;

/** A line of the report for a log group and a period of which no export was tried. */
export function reportUntried(
  { logGroupName, details }: FoundLogGroup,
  { name, from, to }: Period,
  ending: Ending,
): ReportEntry {
  const untried = { taskId: null, destinationPrefix: null, leftover: null, daysLost: null };
  return { logGroupName, period: name, from, to, ...untried, storedBytes: details?.storedBytes ?? null, ...ending };
}

/** A line of the report for an item; the item says which one it is, the outcome what became of it. */
export function reportItem(
  { logGroupName, period, from, to, daysLost }: ArchiveItem,
  {
    status,
    error,
    taskId = null,
    destinationPrefix = null,
    leftover = null,
  }: Pick<ReportEntry, 'status' | 'error'> & Partial<ReportEntry>,
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
