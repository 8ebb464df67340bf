import type { ArchiveReport, OrphanedTask, PeriodStatus, ReportEntry } from '@log-archiver/core';
import { countByStatus } from '@log-archiver/core';
import { mergeHolders } from '../page/export-slot';
import type { Run } from '../run';
import type { PlannedPage } from '../run-store';
import { planOf } from './archive-plan';

const FIRST = 20;

/** All that a run did, from its lines and its pages; invoked again, the same once more. */
export function reportOf(items: ReportEntry[], pages: PlannedPage[], { request, order }: Run): ArchiveReport {
  const { parameters, execution } = request;
  const tally = countByStatus(items);
  return {
    format: 1,
    archiver: parameters.archiver,
    account: parameters.account,
    region: parameters.region,
    timeZone: parameters.timeZone,
    execution: execution.id,
    startedAt: execution.startedAt,
    finishedAt: new Date(pages.at(-1)?.plannedAt ?? 0).toISOString(),
    request: request.input,
    status: order.dryRun ? 'DRY_RUN' : tally.FAILED > 0 ? 'INCOMPLETE' : 'COMPLETE',
    archived: tally.ARCHIVED,
    skipped: tally.SKIPPED,
    failed: tally.FAILED,
    plan: order.dryRun ? planOf(items) : null,
    atRisk: items.filter(({ status, daysLost }) => daysLost !== null && ['ARCHIVED', 'PLANNED'].includes(status)),
    slotHolders: mergeHolders(pages.flatMap(({ slotHolders }) => slotHolders)),
    leftovers: eachOnce(pages.flatMap(({ leftovers }) => leftovers)),
    items,
  };
}

/** A task that a second attempt followed is met by both. */
function eachOnce(leftovers: OrphanedTask[]): OrphanedTask[] {
  return [...new Map(leftovers.map((leftover) => [leftover.taskId, leftover])).values()];
}

/** What the report says of one period. */
export function periodStatusOf(period: string, report: ArchiveReport, reportKey: string): PeriodStatus {
  const items = report.items.filter((item) => item.period === period);
  const tally = countByStatus(items);
  return {
    format: 1,
    period,
    complete: tally.FAILED === 0,
    archived: tally.ARCHIVED,
    skipped: tally.SKIPPED,
    failed: tally.FAILED,
    failures: failuresIn(items).slice(0, FIRST),
    asOf: report.finishedAt,
    execution: report.execution,
    reportKey,
  };
}

export function failuresIn(items: ReportEntry[]): ReportEntry[] {
  return items.filter(({ status }) => status === 'FAILED');
}
