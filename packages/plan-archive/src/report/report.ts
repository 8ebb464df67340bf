import {
  type ArchiveReport,
  countByStatus,
  type DryRunEstimate,
  MAX_PAGE_ITEMS,
  type OrphanedTask,
  type PeriodStatus,
  type PlanArchiveRequest,
  type ReportEntry,
  type SlotHolder,
} from '@log-archiver/core';
import type { ValidInput } from '../run-input';
import type { PlannedPage } from '../run-store';

/** Maximum number of entries in a summary, a cause or the status of a period. The report has all of them. */
export const MAX_FIRST_ENTRIES = 20;
/** State transitions of an item: the states of its own execution, and a few polls. */
const TRANSITIONS_PER_ITEM = 14;
const TRANSITIONS_PER_PAGE = 4;

/** Creates the report of a run from its entries and pages. The same pages always make the same report. */
export function createReport(
  entries: ReportEntry[],
  pages: readonly PlannedPage[],
  { input, parameters, execution }: Pick<PlanArchiveRequest, 'input' | 'parameters' | 'execution'>,
  { dryRun }: Pick<ValidInput, 'dryRun'>,
): ArchiveReport {
  const counts = countByStatus(entries);
  return {
    format: 1,
    archiver: parameters.archiver,
    account: parameters.account,
    region: parameters.region,
    timeZone: parameters.timeZone,
    execution: execution.id,
    startedAt: execution.startedAt,
    finishedAt: new Date((pages.at(-1) as PlannedPage).plannedAt).toISOString(),
    request: input,
    status: dryRun ? 'DRY_RUN' : counts.FAILED > 0 ? 'INCOMPLETE' : 'COMPLETE',
    archived: counts.ARCHIVED,
    skipped: counts.SKIPPED,
    failed: counts.FAILED,
    plan: dryRun ? estimateDryRun(entries) : null,
    atRisk: entries.filter(({ status, daysLost }) => daysLost !== null && ['ARCHIVED', 'PLANNED'].includes(status)),
    slotHolders: mergeSlotHolders(pages.flatMap(({ slotHolders }) => slotHolders)),
    leftovers: removeDuplicates(pages.flatMap(({ leftovers }) => leftovers)),
    items: entries,
  };
}

/** Creates the status of one period from the report. */
export function createPeriodStatus(period: string, report: ArchiveReport, reportKey: string): PeriodStatus {
  const entries = report.items.filter((entry) => entry.period === period);
  const counts = countByStatus(entries);
  return {
    format: 1,
    period,
    complete: counts.FAILED === 0,
    archived: counts.ARCHIVED,
    skipped: counts.SKIPPED,
    failed: counts.FAILED,
    failures: findFailures(entries).slice(0, MAX_FIRST_ENTRIES),
    asOf: report.finishedAt,
    execution: report.execution,
    reportKey,
  };
}

/** Returns the entries with status `FAILED`. */
export function findFailures(entries: readonly ReportEntry[]): ReportEntry[] {
  return entries.filter(({ status }) => status === 'FAILED');
}

/** Describes how many log groups × periods failed, as the cause of an execution and its notification begin. */
export function describeFailures({ archived, skipped, failed }: ArchiveReport): string {
  return `${failed} of ${archived + skipped + failed} log groups × periods have status FAILED`;
}

/** Estimates the exports that a dry run planned. */
export function estimateDryRun(entries: readonly ReportEntry[]): DryRunEstimate {
  const planned = entries.filter(({ status }) => status === 'PLANNED');
  const sizes = new Map(planned.map(({ logGroupName, storedBytes }) => [logGroupName, storedBytes ?? 0]));
  const pages = Math.ceil(planned.length / MAX_PAGE_ITEMS);
  return {
    exports: planned.length,
    storedBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    stateTransitions: TRANSITIONS_PER_ITEM * planned.length + TRANSITIONS_PER_PAGE * pages,
  };
}

/** Merges the slot holders of all pages: each task once, with its total time. */
export function mergeSlotHolders(holders: readonly SlotHolder[]): SlotHolder[] {
  const merged = new Map<string, SlotHolder>();
  for (const holder of holders) {
    const seconds = (merged.get(holder.taskId)?.seconds ?? 0) + holder.seconds;
    merged.set(holder.taskId, { ...holder, seconds });
  }
  return [...merged.values()];
}

/** Returns each task once. The first and the second attempt of an item can both find the same task. */
function removeDuplicates(orphans: readonly OrphanedTask[]): OrphanedTask[] {
  return [...new Map(orphans.map((orphan) => [orphan.taskId, orphan])).values()];
}
