import { type ArchiveReport, mergeParts, type ReportEntry } from '@log-archiver/core';

/** Outcome of a log group and a period. */
export type Outcome = Pick<ReportEntry, 'period' | 'logGroupName' | 'status' | 'error'>;

/** Lists the outcomes of a report, one per log group and period, by period and log group. */
export function listOutcomes({ items }: ArchiveReport): Outcome[] {
  return mergeParts(items)
    .map(({ period, logGroupName, status, error }) => ({ period, logGroupName, status, error }))
    .sort((one, other) => (`${one.period} ${one.logGroupName}` < `${other.period} ${other.logGroupName}` ? -1 : 1));
}
