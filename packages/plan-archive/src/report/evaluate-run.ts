import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import {
  type ArchiveWarning,
  type Period,
  type PeriodLoss,
  type PeriodStatus,
  type PlanArchiveRequest,
  type ReportEntry,
  receiptName,
} from '@log-archiver/core';
import type { ArchiverStore, Checkpoint } from '../archiver-store';
import { groupBy } from '../group-by';
import type { FoundLogGroup } from '../log-group';
import type { FoundReceipts, RunReceipts } from '../receipts/run-receipts';
import { reportInvalidReceipt } from '../report-entry';
import type { ValidInput } from '../run-input';
import type { PlannedPage, StartedRun } from '../run-store';
import { warningKey } from '../start/warnings';
import { applyReceipts } from './apply-receipts';
import { type ExportRates, estimateExportHours, forecastSlotUse, readExportRates, warnOfSlowExports } from './forecast';
import { mergePeriodLosses } from './period-losses';
import { createPeriodStatus } from './period-status';
import { type Findings, findEnd } from './report';

/** A run, and where it keeps its results. */
export interface EndedRun {
  request: PlanArchiveRequest;
  input: ValidInput;
  run: StartedRun;
  pages: readonly PlannedPage[];
  /** Log groups of the run, by name. */
  logGroups: ReadonlyMap<string, FoundLogGroup>;
  archive: ArchiveStore;
  archiver: ArchiverStore;
  receipts: RunReceipts;
  reportKey: string;
}

/** Findings of a run, and what is derived from them. */
export interface Evaluation {
  findings: Findings;
  /** Status of each period of the run. */
  statuses: PeriodStatus[];
  /** Warnings that apply, also those that an earlier run has reported. */
  warnings: ArchiveWarning[];
  /** Log groups that the run exported, by name: whether the last export was split. */
  exported: Map<string, boolean>;
  /** Size of the objects of the receipts that the run wrote. */
  archivedBytes: number;
}

/** Whether a run determines the status of its periods: it covers all log groups, and exports. */
export function coversPeriods({ logGroups, dryRun }: Pick<ValidInput, 'logGroups' | 'dryRun'>): boolean {
  return logGroups === null && !dryRun;
}

/**
 * Evaluates the entries of a run with the receipts in force, and with what earlier runs have reported.
 *
 * One period at a time, so that only one listing of receipts is in memory, beside what the archiver remembers of them.
 */
export async function evaluateRun(
  ended: EndedRun,
  checkpoint: Checkpoint | undefined,
  now: number,
): Promise<Evaluation> {
  const { request, input, run, pages, logGroups, archiver, reportKey } = ended;
  const { execution, parameters } = request;
  const report = { finishedAt: findEnd(pages), execution: execution.id };
  const planned = groupBy(
    pages.flatMap(({ reported }) => reported),
    ({ period }) => period,
  );
  const entries: ReportEntry[] = [];
  const newLosses: PeriodLoss[] = [];
  const statuses: PeriodStatus[] = [];
  const exported = new Map<string, boolean>();
  let archivedBytes = 0;
  for (const period of run.periods) {
    const receipts = await ended.receipts.findOfPeriod(period, [...logGroups.values()]);
    const ofPeriod = evaluatePeriod(planned.get(period.name) ?? [], period, receipts, ended);
    const { losses: earlier = [] } = (await archiver.readPeriodStatus(period.name)) ?? {};
    const losses = mergePeriodLosses(earlier, ofPeriod, report);
    newLosses.push(...losses.added);
    const facts = { entries: ofPeriod, receipts, logGroups, losses: losses.all };
    statuses.push(createPeriodStatus(period.name, facts, report, reportKey));
    for (const { logGroupName, tasks, bytes } of describeExports(ofPeriod, receipts, logGroups)) {
      exported.set(logGroupName, tasks > 1);
      archivedBytes += bytes;
    }
    for (const entry of ofPeriod) {
      entries.push(entry);
    }
  }
  const rates = await readExportRates(selectExisting(logGroups), parameters, archiver, now);
  const forecast = input.logGroups === null ? forecastSlotUse(rates) : null;
  const warnings = [...run.warnings, ...warnOfSlowExports(forecast)];
  const reported = new Set(checkpoint?.warnings);
  return {
    findings: {
      entries,
      newLosses,
      warnings: warnings.filter((warning) => !reported.has(warningKey(warning))),
      forecast,
      exportHours: estimatePlanned(entries, rates),
    },
    statuses: statuses.map((status) => ({ ...status, warnings })),
    warnings,
    exported,
    archivedBytes,
  };
}

/** Corrects the planned entries of a period by its receipts, and adds those of receipts that became invalid since. */
function evaluatePeriod(
  planned: readonly ReportEntry[],
  period: Period,
  receipts: FoundReceipts,
  { input, logGroups, archive }: EndedRun,
): ReportEntry[] {
  const reported = new Set(planned.map(({ logGroupName, cause }) => `${logGroupName} ${cause}`));
  const found = new Map([...logGroups.values()].map((logGroup) => [receiptName(logGroup), logGroup]));
  const invalid = [...receipts.invalid].flatMap(([name, ofName]) => {
    const logGroup = found.get(name);
    return logGroup === undefined
      ? []
      : ofName.filter(({ isNew }) => isNew).map((each) => reportInvalidReceipt(logGroup, period, each));
  });
  return applyReceipts(
    [...planned, ...invalid.filter(({ logGroupName, cause }) => !reported.has(`${logGroupName} ${cause}`))],
    receipts,
    {
      logGroups,
      force: input.force,
      receiptKey: (logGroup) => archive.receiptKey({ ...logGroup, period: period.name, force: input.force }),
    },
  );
}

/** Describes the exports of a period, by log group. Without a receipt, each entry has a task of its own. */
function describeExports(
  entries: readonly ReportEntry[],
  { inForce }: FoundReceipts,
  logGroups: ReadonlyMap<string, FoundLogGroup>,
): { logGroupName: string; tasks: number; bytes: number }[] {
  const exports = groupBy(
    entries.filter(({ taskId }) => taskId !== null),
    ({ logGroupName }) => logGroupName,
  );
  return [...exports].map(([logGroupName, ofLogGroup]) => {
    const logGroup = logGroups.get(logGroupName);
    const receipt = logGroup && inForce.get(receiptName(logGroup));
    return { logGroupName, tasks: receipt?.tasks ?? ofLogGroup.length, bytes: receipt?.bytes ?? 0 };
  });
}

function selectExisting(logGroups: ReadonlyMap<string, FoundLogGroup>): Set<string> {
  return new Set([...logGroups].filter(([, { details }]) => details !== null).map(([name]) => name));
}

function estimatePlanned(entries: readonly ReportEntry[], rates: ExportRates): number | null {
  return estimateExportHours(
    entries.filter(({ status }) => status === 'PLANNED'),
    rates,
  );
}
