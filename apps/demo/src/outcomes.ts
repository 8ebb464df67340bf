import { type ArchiveReport, mergeParts, type ReportEntry } from '@log-archiver/core';

/** Outcome of a log group and a period. */
export type Outcome = Pick<ReportEntry, 'period' | 'logGroupName' | 'status' | 'error' | 'cause' | 'losses'> & {
  /** Whether the run exported the log group and period. If not, an earlier run did, or the entry is not archived. */
  readonly isNew: boolean;
};

/** Describes an outcome in a word or two: the status if archived, otherwise the reason. */
export function describeOutcome({ status, error, isNew }: Outcome): string {
  return error ?? (status === 'ARCHIVED' && !isNew ? 'ARCHIVED before' : status);
}

/** Lists the outcomes of a report, one per log group and period, by period and log group. */
export function listOutcomes({ items }: ArchiveReport): Outcome[] {
  return mergeParts(items)
    .map(({ period, logGroupName, status, error, cause, losses, taskId }) => ({
      ...{ period, logGroupName, status, error, cause, losses },
      isNew: status === 'ARCHIVED' && taskId !== null,
    }))
    .sort((one, other) => (`${one.period} ${one.logGroupName}` < `${other.period} ${other.logGroupName}` ? -1 : 1));
}
