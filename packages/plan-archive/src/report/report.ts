import {
  type ArchiveReport,
  type ArchiveWarning,
  countByStatus,
  type DryRunEstimate,
  MAX_PAGE_ITEMS,
  type OrphanedTask,
  type PeriodLoss,
  type PlanArchiveRequest,
  type ReportEntry,
  type SlotForecast,
  type SlotHolder,
  type StatusCounts,
  toIsoTime,
} from '@log-archiver/core';
import type { ValidInput } from '../run-input';
import type { PlannedPage } from '../run-store';

/** Maximum number of entries, losses or warnings in a summary, a cause or the status of a period. The report has all. */
export const MAX_FIRST_ENTRIES = 20;
/** State transitions of an item: its own execution, the three states of it, and a retry of an export that takes longer. */
const TRANSITIONS_PER_ITEM = 5;
/** `ArchiveEachLogGroup`, `PlanArchive`, and the choice after it. */
const TRANSITIONS_PER_PAGE = 3;
/** State transitions of a run without an item. */
const TRANSITIONS_PER_RUN = 6;

/** Findings of a run about its log groups and periods. */
export interface Findings {
  entries: ReportEntry[];
  newLosses: PeriodLoss[];
  /** Warnings that no earlier run reported. */
  warnings: ArchiveWarning[];
  forecast: SlotForecast | null;
  /** Approximate hours of the planned exports of a dry run; `null`: unknown. */
  exportHours: number | null;
}

/** Creates the report of a run from its findings and pages. */
export function createReport(
  { entries, newLosses, warnings, forecast, exportHours }: Findings,
  pages: readonly PlannedPage[],
  { input, parameters, execution }: Pick<PlanArchiveRequest, 'input' | 'parameters' | 'execution'>,
  { dryRun }: Pick<ValidInput, 'dryRun'>,
): ArchiveReport {
  const counts = countByStatus(entries);
  return {
    format: 2,
    archiver: parameters.archiver,
    account: parameters.account,
    region: parameters.region,
    timeZone: parameters.timeZone,
    execution: execution.id,
    startedAt: execution.startedAt,
    finishedAt: findEnd(pages),
    request: input,
    status: dryRun ? 'DRY_RUN' : findStatus(counts, newLosses),
    archived: counts.ARCHIVED,
    skipped: counts.SKIPPED,
    failed: counts.FAILED,
    lost: counts.LOST,
    plan: dryRun ? estimateDryRun(entries, exportHours) : null,
    forecast,
    newLosses,
    warnings,
    slotHolders: mergeSlotHolders(pages.flatMap(({ slotHolders }) => slotHolders)),
    leftovers: removeDuplicates(pages.flatMap(({ leftovers }) => leftovers)),
    items: entries,
  };
}

/** Returns the end of a run in ISO 8601: when its last page was planned. */
export function findEnd(pages: readonly PlannedPage[]): string {
  return toIsoTime((pages.at(-1) as PlannedPage).plannedAt);
}

function findStatus({ FAILED }: StatusCounts, newLosses: readonly PeriodLoss[]): ArchiveReport['status'] {
  return FAILED > 0 ? 'INCOMPLETE' : newLosses.length > 0 ? 'LOSS' : 'COMPLETE';
}

/** Returns the entries with status `FAILED`. */
export function findFailures(entries: readonly ReportEntry[]): ReportEntry[] {
  return entries.filter(({ status }) => status === 'FAILED');
}

/** Describes in words what failed and what is lost, as the cause of an execution and its notification begin. */
export function describeProblems({ archived, skipped, failed, lost, newLosses }: ArchiveReport): string {
  const failures = `${failed} of ${archived + skipped + failed + lost} log groups × periods have status FAILED`;
  return newLosses.length === 0 ? failures : `${failures}; ${countLosses(newLosses)}`;
}

/** Formats the number of new losses. */
export function countLosses({ length }: readonly PeriodLoss[]): string {
  return `${length} new ${length === 1 ? 'loss' : 'losses'}`;
}

/** Estimates the exports that a dry run planned. */
export function estimateDryRun(entries: readonly ReportEntry[], exportHours: number | null): DryRunEstimate {
  const planned = entries.filter(({ status }) => status === 'PLANNED');
  const sizes = new Map(planned.map(({ logGroupName, storedBytes }) => [logGroupName, storedBytes ?? 0]));
  const pages = Math.ceil(planned.length / MAX_PAGE_ITEMS);
  return {
    exports: planned.length,
    storedBytes: [...sizes.values()].reduce((sum, size) => sum + size, 0),
    stateTransitions: TRANSITIONS_PER_ITEM * planned.length + TRANSITIONS_PER_PAGE * pages + TRANSITIONS_PER_RUN,
    exportHours,
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
