import { type ArchiveReport, type LossCause, mergeParts, type ReportEntry, type SkipReason } from '@log-archiver/core';

/** Outcome of a log group and a period. */
export type Outcome = Pick<ReportEntry, 'period' | 'logGroupName' | 'status' | 'error' | 'cause' | 'losses'> & {
  /** Whether the run exported the log group and period. If not, an earlier run did, or the entry is not archived. */
  readonly isNew: boolean;
};

/** Explanations of the reasons why there is nothing to archive, or nothing any more. */
export const REASONS: Record<SkipReason | LossCause, string> = {
  LogGroupNotFound: 'the log group does not exist, and is passed over',
  CreatedLater: 'the log group was created after the period',
  ClassNotExportable: 'AWS does not export log groups of this class',
  RetentionExpired: 'the retention of the log group removed the events before their export',
  LogGroupDeleted: 'the log group was deleted before its export',
  LogGroupRecreated: 'the log group was deleted and created again before its export',
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
