import {
  type ArchiveReport,
  isCovered,
  type Loss,
  mergeLosses,
  mergeParts,
  type PeriodLoss,
  type ReportEntry,
} from '@log-archiver/core';
import { groupBy } from '../group-by';

/** Losses of a period, and which of them no earlier run has reported. */
export interface MergedLosses {
  all: PeriodLoss[];
  added: PeriodLoss[];
}

/**
 * Adds the losses of a run's entries to those that earlier runs have reported.
 *
 * A loss is not new if earlier losses of the log group cover its range, regardless of their causes: a log group that is
 * deleted and then created again has lost the same events. What is not archived yet counts only as failed.
 */
export function mergePeriodLosses(
  earlier: readonly PeriodLoss[],
  entries: readonly ReportEntry[],
  { finishedAt, execution }: Pick<ArchiveReport, 'finishedAt' | 'execution'>,
): MergedLosses {
  const known = groupBy(earlier, ({ logGroupName }) => logGroupName);
  const ended = mergeParts(entries).filter(({ status }) => status === 'ARCHIVED' || status === 'LOST');
  const byLogGroup = groupBy(entries, ({ logGroupName }) => logGroupName);
  const added: PeriodLoss[] = [];
  for (const { logGroupName } of ended) {
    const ofLogGroup = known.get(logGroupName) ?? [];
    const losses = mergeLosses((byLogGroup.get(logGroupName) ?? []).flatMap((entry) => entry.losses));
    for (const loss of losses.filter((found) => !isCovered(toRange(found), ofLogGroup.map(toRange)))) {
      added.push({ logGroupName, ...loss, reportedAt: finishedAt, execution });
    }
  }
  return { all: merge(earlier, added), added };
}

/** Merges losses of the same log group and cause into one, with the report of the later. */
function merge(earlier: readonly PeriodLoss[], added: readonly PeriodLoss[]): PeriodLoss[] {
  const merged = new Map<string, PeriodLoss>();
  for (const loss of [...earlier, ...added]) {
    const key = `${loss.cause} ${loss.logGroupName}`;
    const other = merged.get(key);
    merged.set(key, other === undefined ? loss : { ...loss, ...(mergeLosses([other, loss])[0] as Loss) });
  }
  return [...merged.values()];
}

function toRange({ from, to }: Loss) {
  return { from: Date.parse(from), to: Date.parse(to) };
}
