import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import {
  type ArchiveParameters,
  DAY_MS,
  HOUR_MS,
  type Period,
  parseReceiptName,
  type ReportEntry,
  type RunMetrics,
  receiptName,
} from '@log-archiver/core';
import { findDeadline } from '../deadline';
import type { FoundLogGroup } from '../log-group';
import { checkEligibility } from '../page/eligibility';

/** Time before a deadline from which a log group counts as at risk. */
const RISK_MS = 3 * DAY_MS;

/** A log group and period that is neither archived, nor skipped, nor lost. */
export interface Unfinished {
  logGroup: FoundLogGroup;
  period: Period;
}

/** Metrics of how far an archiver is behind. */
export type Lag = Pick<RunMetrics, 'OldestIncompleteHours' | 'Backlog' | 'LogGroupsAtRisk'>;

/** Finds what is unfinished of periods that the run has not checked. */
export async function findUnfinished(
  periods: readonly Period[],
  logGroups: readonly FoundLogGroup[],
  archive: ArchiveStore,
  { keyPrefix, timeZone }: Pick<ArchiveParameters, 'keyPrefix' | 'timeZone'>,
  now: number,
): Promise<Unfinished[]> {
  const rules = { keyPrefix, timeZone, now, force: false, adoptAfter: null };
  const unfinished: Unfinished[] = [];
  for (const period of periods) {
    const archived = new Set((await archive.listReceipts(period.name)).map(({ key }) => parseReceiptName(key)));
    for (const logGroup of logGroups) {
      const eligibility = checkEligibility(logGroup, period, archived.has(receiptName(logGroup)), rules);
      if (eligibility !== null && ('item' in eligibility || eligibility.entry.status === 'FAILED')) {
        unfinished.push({ logGroup, period });
      }
    }
  }
  return unfinished;
}

/** Selects what is unfinished after a run: what has an entry with status `FAILED`. */
export function selectUnfinished(
  failures: readonly ReportEntry[],
  periods: readonly Period[],
  logGroups: ReadonlyMap<string, FoundLogGroup>,
): Unfinished[] {
  const byName = new Map(periods.map((period) => [period.name, period]));
  return failures.map(({ logGroupName, period }) => ({
    logGroup: logGroups.get(logGroupName) as FoundLogGroup,
    period: byName.get(period) as Period,
  }));
}

/** Measures how far the archiver is behind. */
export function measureLag(unfinished: readonly Unfinished[], now: number): Lag {
  const oldest = unfinished.reduce((end, { period }) => Math.min(end, period.to + 1), now);
  const atRisk = unfinished.filter(
    ({ period, logGroup }) => findDeadline(period, logGroup.details?.retentionInDays ?? null) <= now + RISK_MS,
  );
  return {
    OldestIncompleteHours: (now - oldest) / HOUR_MS,
    Backlog: unfinished.length,
    LogGroupsAtRisk: new Set(atRisk.map(({ logGroup }) => logGroup.logGroupName)).size,
  };
}
