import type { ArchiveReport, ArchiveSummary } from '@log-archiver/core';
import { Archive, hasReported } from './archive';
import {
  expectEveryPeriodChecked,
  expectIncompleteRetried,
  expectLossesReportedOnce,
  expectNoSilentLoss,
  formatLine,
  isWithinLoss,
} from './silent-loss';
import { listExecutions, type Simulation } from './simulate';
import type { World } from './world';

/** Stands for the report of a run that failed before it wrote one. */
const NO_REPORT: Pick<ArchiveReport, 'request' | 'startedAt' | 'items'> = { request: {}, startedAt: '', items: [] };

/** Expects what must hold whenever the simulation stops, whatever went wrong. */
export async function expectInvariants(simulation: Simulation, world: World) {
  expectBucketProtected(simulation);
  const archive = new Archive(simulation);
  expectTrueReceipts(simulation, archive);
  expectReceiptsOfReports(simulation, archive);
  expectNoSilentLoss(simulation, archive);
  await expectLossesReportedOnce(simulation, archive);
  await expectEveryPeriodChecked(simulation, archive);
  await expectIncompleteRetried(simulation, archive);
  await expectFailuresExplained(simulation, archive);
  await expectTasksReported(simulation, archive, world.tasksHiddenSeconds);
}

/** Expects that the policy of the archive bucket denied each request of the adversary. */
function expectBucketProtected({ adversary }: Simulation) {
  expect(adversary?.violations ?? []).toEqual([]);
}

/**
 * Expects that every receipt is true.
 *
 * Its tasks are completed, and its counts are those of the objects. The objects hold each event of the period once. The
 * period in which the log group was created also holds all older events.
 */
function expectTrueReceipts({ aws, putEvents }: Simulation, archive: Archive) {
  const itemKeys = archive.receipts.map(({ logGroupName, period, timeZone, destinationPrefix, forced, execution }) =>
    [logGroupName, period, timeZone, destinationPrefix, forced ? execution : ''].join(' '),
  );
  expect(new Set(itemKeys).size).toBe(itemKeys.length);
  for (const receipt of archive.receipts) {
    for (const { taskId, objects, bytes } of receipt.tasks) {
      const { status, taskName } = aws.logs.exportTasks.describe({ taskId }).exportTasks[0] ?? {};
      expect([status?.code, taskName]).toEqual(['COMPLETED', expect.stringContaining(receipt.period)]);
      const bodies = archive.readObjects(receipt.destinationPrefix, taskId);
      expect([objects, bytes]).toEqual([bodies.length, bodies.reduce((sum, { length }) => sum + length, 0)]);
    }
    const [from, to] = [Date.parse(receipt.from), Date.parse(receipt.to)];
    const { createdAt: created } = receipt.logGroup;
    const first = created >= from && created <= to ? 0 : from;
    const eventsOfPeriod = putEvents
      .filter(({ logGroup }) => logGroup.logGroupName === receipt.logGroupName)
      .filter(({ timestamp }) => timestamp >= first && timestamp <= to);
    const lines = archive.readLines(receipt);
    expect(new Set(lines).size).toBe(lines.length);
    expect(eventsOfPeriod.map(formatLine)).toEqual(expect.arrayContaining(lines));
    // An event that was gone before the export is within a loss of the receipt.
    const remaining = eventsOfPeriod
      .filter(({ logGroup }) => logGroup.createdAt === created)
      .filter((event) => !isWithinLoss(event, receipt.losses));
    expect(lines).toEqual(expect.arrayContaining(remaining.map(formatLine)));
  }
}

/** Expects that every item that a report calls archived has a receipt of the same archiver at the end of the run. */
function expectReceiptsOfReports({ archivers }: Simulation, archive: Archive) {
  for (const { traits, stateMachine } of archivers) {
    const receipts = archive.findReceipts(traits);
    for (const { executionArn, stopDate = 0 } of stateMachine.executions) {
      const { request, startedAt, items } =
        archive.reports.find(({ execution }) => execution === executionArn) ?? NO_REPORT;
      const failed = new Set(items.filter(({ status }) => status === 'FAILED').map((item) => getItemKey(item)));
      const receiptsThen = receipts.filter((receipt) => Date.parse(receipt.finishedAt) <= stopDate);
      const withReceipt = new Set(receiptsThen.map((receipt) => getItemKey(receipt)));
      // Forced runs that start at the same instant share their receipts.
      const forced = receiptsThen.filter((receipt) => receipt.forced && receipt.startedAt >= startedAt);
      const withForcedReceipt = new Set(forced.map((receipt) => getItemKey(receipt)));
      const missing = items
        .filter(({ status }) => status === 'ARCHIVED')
        // A forced run does not export what would be archived with less.
        .filter((item) => {
          const isForced = request.force === true && item.taskId !== null;
          return !(isForced ? withForcedReceipt : withReceipt).has(getItemKey(item));
        })
        .map((item) => getItemKey(item))
        .filter((key) => !failed.has(key));
      expect(missing).toEqual([]);
    }
  }
}

function getItemKey({ logGroupName, period }: { logGroupName: string; period: string }): string {
  return `${period} ${logGroupName}`;
}

/** Expects that every run ends, and that a failed run explains why. */
async function expectFailuresExplained(simulation: Simulation, archive: Archive) {
  for (const execution of listExecutions(simulation)) {
    const result = await execution.result;
    if (result.status === 'SUCCEEDED') {
      const { status = 'YIELDED', failed = 0, first = [] } = result.output as Partial<ArchiveSummary>;
      expect(['COMPLETE', 'DRY_RUN', 'YIELDED']).toContain(status);
      // A dry run succeeds although items would fail. Its output names the first of them: here, all.
      const named = status === 'DRY_RUN' ? first.filter((item) => item.status === 'FAILED') : [];
      expect(named).toHaveLength(failed);
    } else if (result.status === 'FAILED' && result.error === 'ArchiveLoss') {
      const { failed, newLosses } = archive.findReport(execution);
      expect([failed, newLosses.length]).toEqual([0, expect.any(Number)]);
      for (const { logGroupName } of newLosses.slice(0, 20)) {
        expect(result.cause).toContain(JSON.stringify(logGroupName));
      }
    } else if (result.status === 'FAILED' && result.error === 'ArchiveIncomplete') {
      const report = archive.findReport(execution);
      const failed = report.items.filter(({ status }) => status === 'FAILED');
      // A split period has one entry per part.
      expect(new Set(failed.map((item) => getItemKey(item))).size).toBe(report.failed);
      for (const { logGroupName, error } of failed.slice(0, 20)) {
        expect(error).not.toBeNull();
        expect(result.cause).toContain(JSON.stringify(logGroupName));
      }
    } else if (result.status === 'FAILED') {
      // A fault of the planner lasted longer than its retries.
      expect(result.error.length).toBeGreaterThan(0);
    }
  }
}

/**
 * Expects that every export task of the archivers is in a receipt or in a report.
 *
 * A failed or cancelled task must be an orphaned task of a report or in an entry with status `FAILED`. Two exceptions: a
 * run ended before it wrote its report, or AWS hid the task when the planner looked for it.
 */
async function expectTasksReported(simulation: Simulation, archive: Archive, hiddenSeconds: number) {
  const inReceipts = new Set(archive.receipts.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId)));
  const entries = archive.reports.flatMap(({ items }) => items);
  const inEntries = new Set(entries.map(({ taskId }) => taskId));
  const inFailedEntries = new Set(entries.filter(({ status }) => status === 'FAILED').map(({ taskId }) => taskId));
  const orphans = new Set(archive.reports.flatMap((report) => report.leftovers.map(({ taskId }) => taskId)));
  const results = await Promise.all(listExecutions(simulation).map(({ result }) => result));
  const everyRunHasReport = results.every((result) => hasReported(result));
  const { exportTasks } = simulation.aws.logs.exportTasks.describe({});
  for (const { taskId, taskName, status, executionInfo } of exportTasks) {
    if (taskName?.startsWith('log-archiver ') && !simulation.adversary?.taskIds.has(taskId)) {
      // The next run adopts and cancels a task that its run lost, and that AWS does not end.
      const isEnded = ['COMPLETED', 'FAILED', 'CANCELLED'].includes(status.code) || inFailedEntries.has(taskId);
      expect(isEnded ? 'ended' : `task ${taskId} (${taskName}) is ${status.code}`).toBe('ended');
      const shownAt = executionInfo.creationTime + hiddenSeconds * 1_000;
      const wasHidden = archive.plannedAt.some((at) => at > executionInfo.creationTime && at < shownAt);
      const isReported =
        status.code === 'COMPLETED'
          ? inReceipts.has(taskId) || inEntries.has(taskId) || orphans.has(taskId)
          : orphans.has(taskId) || inFailedEntries.has(taskId);
      const isAccountedFor = isReported || !everyRunHasReport || wasHidden;
      expect(
        isAccountedFor ? 'reported' : `task ${taskId} (${taskName}, ${status.code}) is in no receipt or report`,
      ).toBe('reported');
    }
  }
}
