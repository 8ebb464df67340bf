import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import {
  type ArchiveWarning,
  type Period,
  type PeriodLoss,
  type PlanArchiveRequest,
  type ReportEntry,
  receiptName,
} from '@log-archiver/core';
import type { ArchiverStore, Checkpoint } from '../archiver-store';
import { groupBy } from '../group-by';
import type { FoundLogGroup } from '../log-group';
import type { ValidInput } from '../run-input';
import type { PlannedPage, StartedRun } from '../run-store';
import { warningKey } from '../start/warnings';
import { applyReceipts } from './apply-receipts';
import { type ExportRates, estimateExportHours, forecastSlotUse, readExportRates, warnOfSlowExports } from './forecast';
import { mergePeriodLosses } from './period-losses';
import { findReceiptsInForce, type ReceiptsInForce } from './receipts-in-force';
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
}

/** Findings of a run, and what is derived from them. */
export interface Evaluation {
  findings: Findings;
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

/** Finds the receipts in force of a period. A run over all log groups remembers them. */
export function readReceipts(
  { name }: Period,
  { request, input, logGroups, archive, archiver }: EndedRun,
): Promise<ReceiptsInForce> {
  const { execution } = request;
  return findReceiptsInForce(name, [...logGroups.values()], {
    archive,
    archiver,
    execution,
    isRemembered: coversPeriods(input),
  });
}

/** Evaluates the entries of a run with the receipts in force, and with what earlier runs have reported. */
export async function evaluateRun(
  ended: EndedRun,
  checkpoint: Checkpoint | undefined,
  now: number,
): Promise<Evaluation> {
  const { request, input, run, pages, logGroups, archive, archiver } = ended;
  const { execution, parameters } = request;
  const report = { finishedAt: findEnd(pages), execution: execution.id };
  const planned = groupBy(
    pages.flatMap(({ reported }) => reported),
    ({ period }) => period,
  );
  const entries: ReportEntry[] = [];
  const newLosses: PeriodLoss[] = [];
  const exported = new Map<string, boolean>();
  let archivedBytes = 0;
  for (const period of run.periods) {
    const receipts = await readReceipts(period, ended);
    const ofPeriod = applyReceipts(planned.get(period.name) ?? [], receipts, {
      logGroups,
      force: input.force,
      receiptKey: (logGroup) => archive.receiptKey({ ...logGroup, period: period.name, force: input.force }),
    });
    const { losses = [] } = (await archiver.readPeriodStatus(period.name)) ?? {};
    newLosses.push(...mergePeriodLosses(losses, ofPeriod, report).added);
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
    warnings,
    exported,
    archivedBytes,
  };
}

/** Describes the exports of a period, by log group. Without a receipt, each entry has a task of its own. */
function describeExports(
  entries: readonly ReportEntry[],
  { byName }: ReceiptsInForce,
  logGroups: ReadonlyMap<string, FoundLogGroup>,
): { logGroupName: string; tasks: number; bytes: number }[] {
  const exports = groupBy(
    entries.filter(({ taskId }) => taskId !== null),
    ({ logGroupName }) => logGroupName,
  );
  return [...exports].map(([logGroupName, ofLogGroup]) => {
    const logGroup = logGroups.get(logGroupName);
    const receipt = logGroup && byName.get(receiptName(logGroup));
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
