import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { writeMetrics } from '@log-archiver/aws-clients/write-metrics';
import {
  type ArchiveReport,
  type ArchiveSummary,
  getStateMachineName,
  mergeParts,
  type PlanArchiveRequest,
  type RunMetrics,
  toIsoTime,
} from '@log-archiver/core';
import type { ArchiverStore, Checkpoint } from '../archiver-store';
import { findUnfinished, measureLag, selectUnfinished } from '../metrics/lag';
import type { RunReceipts } from '../receipts/run-receipts';
import type { ValidInput } from '../run-input';
import type { PlannedPage, RunStore, StartedRun } from '../run-store';
import { updateCheckpoint } from '../start/checkpoint';
import { periodsToArchive } from '../start/periods-to-archive';
import { warningKey } from '../start/warnings';
import { coversPeriods, type EndedRun, type Evaluation, evaluateRun } from './evaluate-run';
import { createNotification } from './notification';
import { createReport, findFailures } from './report';
import { summarize } from './summary';

/**
 * Writes the report and, for runs over all log groups, the status of each period. Returns the summary of the run.
 *
 * The report is written once, and before the statuses: a repeated invocation returns the same summary, although the
 * losses are not new to it any more.
 */
export async function writeReport(
  lastPage: PlannedPage,
  request: PlanArchiveRequest,
  input: ValidInput,
  run: StartedRun,
  stores: {
    archive: ArchiveStore;
    archiver: ArchiverStore;
    store: RunStore;
    receipts: RunReceipts;
    clients: Clients;
    now: number;
  },
): Promise<ArchiveSummary> {
  const { archive, archiver, store, receipts, clients, now } = stores;
  const pages: PlannedPage[] = [];
  for (let number = 1; number < lastPage.number; number++) {
    pages.push(await store.readPage(number));
  }
  pages.push(lastPage);
  const found = await store.readAllLogGroups(run);
  const logGroups = new Map(found.map((logGroup) => [logGroup.logGroupName, logGroup]));
  const { reportKey } = store;
  const ended: EndedRun = { request, input, run, pages, logGroups, archive, archiver, receipts, reportKey };
  const checkpoint = await archiver.readCheckpoint();
  const evaluation = await evaluateRun(ended, checkpoint, now);
  const report = await store.writeReportOnce(createReport(evaluation.findings, pages, request, input));
  if (coversPeriods(input)) {
    const { statuses, warnings, exported } = evaluation;
    for (const status of statuses) {
      await archiver.writePeriodStatus(status);
    }
    await receipts.remember();
    const results = { periods: run.periods, statuses, warnings: warnings.map(warningKey), exported };
    await updateCheckpoint(results, input.isScheduled, archiver);
  }
  if (!input.dryRun) {
    const lag = input.isScheduled ? await findLag(ended, report, checkpoint, now) : {};
    const metrics = { ...lag, ...measureRun(report, evaluation, lastPage) };
    writeMetrics(metrics, getStateMachineName(request.execution), clients, now);
  }
  return {
    ...summarize(report, run.periods, reportKey, request.parameters.s3BucketName),
    notification: createNotification(report, reportKey, request),
  };
}

/** Measures how far the archiver is behind. A run can take days, in which other periods end. */
async function findLag(
  { request: { parameters }, input, run, logGroups, archive }: EndedRun,
  report: ArchiveReport,
  checkpoint: Checkpoint | undefined,
  now: number,
) {
  const { required, others } = periodsToArchive(
    { ...input, scheduledTime: toIsoTime(now) },
    parameters,
    checkpoint,
    now,
  );
  const checked = new Set(run.periods.map(({ name }) => name));
  const unchecked = [...required, ...others].filter(({ name }) => !checked.has(name));
  const failures = mergeParts(findFailures(report.items));
  return measureLag(
    [
      ...selectUnfinished(failures, run.periods, logGroups),
      ...(await findUnfinished(unchecked, [...logGroups.values()], archive, parameters, now)),
    ],
    now,
  );
}

function measureRun(
  { startedAt, finishedAt, newLosses }: ArchiveReport,
  { archivedBytes }: Evaluation,
  { usedMilliseconds, heldMilliseconds }: PlannedPage,
): Partial<RunMetrics> {
  const duration = Date.parse(finishedAt) - Date.parse(startedAt);
  return {
    Losses: newLosses.length,
    ArchivedBytes: archivedBytes,
    SlotUse: duration > 0 ? Math.min(100, (100 * usedMilliseconds) / duration) : 0,
    SlotWaitSeconds: Math.round(heldMilliseconds / 1_000),
  };
}
