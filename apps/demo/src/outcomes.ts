import type { ArchiveReport, ReportEntry } from '@log-archiver/core';

/** What became of a log group and a period. */
export type Outcome = Pick<ReportEntry, 'period' | 'logGroupName' | 'status' | 'error'>;

/** One for each log group and period of a report, the periods in order. */
export function outcomesIn({ items }: ArchiveReport): Outcome[] {
  const outcomes = new Map<string, Outcome>();
  for (const { period, logGroupName, status, error } of items) {
    const key = `${period} ${logGroupName}`;
    // Of a period that was split there is a line for each part: it is as good as the worst.
    if (outcomes.get(key)?.status !== 'FAILED') {
      outcomes.set(key, { period, logGroupName, status, error });
    }
  }
  return [...outcomes].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, outcome]) => outcome);
}
