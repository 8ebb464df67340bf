import type { ArchiveReport, ArchiveSummary } from '@log-archiver/core';
import type { Archive } from './archive';
import { executionsOf, type Played } from './play';

const DAY = 24 * 3_600_000;
/** Of a run that did not get to its report. */
const NONE: Pick<ArchiveReport, 'request' | 'startedAt' | 'items'> = { request: {}, startedAt: '', items: [] };

/**
 * Every receipt is true: its tasks have completed, its counts are those of the objects, which hold each event once: those
 * of the period, and with the period in which the log group was created all that are older.
 */
export function expectTrueReceipts({ aws, put, createdAt }: Played, archive: Archive) {
  const places = archive.receipts.map(({ logGroupName, period, timeZone, destinationPrefix, forced, execution }) =>
    [logGroupName, period, timeZone, destinationPrefix, forced ? execution : ''].join(' '),
  );
  expect(new Set(places).size).toBe(places.length);
  for (const receipt of archive.receipts) {
    for (const { taskId, objects, bytes } of receipt.tasks) {
      const { status, taskName } = aws.logs.exportTasks.describe({ taskId }).exportTasks[0] ?? {};
      expect([status?.code, taskName]).toEqual(['COMPLETED', expect.stringContaining(receipt.period)]);
      const bodies = archive.objectsOf(receipt.destinationPrefix, taskId);
      expect([objects, bytes]).toEqual([bodies.length, bodies.reduce((sum, { length }) => sum + length, 0)]);
    }
    const [from, to] = [Date.parse(receipt.from), Date.parse(receipt.to)];
    const created = createdAt.get(receipt.logGroupName) ?? Number.NaN;
    const first = created >= from && created <= to ? 0 : from;
    const ofPeriod = put
      .filter(({ logGroupName }) => logGroupName === receipt.logGroupName)
      .filter(({ timestamp }) => timestamp >= first && timestamp <= to);
    const linesSince = (start: number) =>
      ofPeriod
        .filter(({ timestamp }) => timestamp >= start)
        .map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message}`);
    const lines = archive.linesOf(receipt);
    expect(new Set(lines).size).toBe(lines.length);
    expect(linesSince(first)).toEqual(expect.arrayContaining(lines));
    // What retention had taken before the export began is lost, and the receipt says how much at most.
    const retained = receipt.daysLost === null ? first : from + receipt.daysLost * DAY;
    expect(lines).toEqual(expect.arrayContaining(linesSince(retained)));
  }
}

/** What a report says is archived has a receipt, of its own archiver, by the end of the run. */
export function expectReceiptsOfReports({ archivers }: Played, archive: Archive) {
  for (const { traits, stateMachine } of archivers) {
    const receipts = archive.receiptsOf(traits);
    for (const { executionArn, stopDate = 0 } of stateMachine.executions) {
      const { request, startedAt, items } = archive.reports.find(({ execution }) => execution === executionArn) ?? NONE;
      const failed = new Set(items.filter(({ status }) => status === 'FAILED').map((item) => placeOf(item)));
      const receiptsThen = receipts
        .filter((receipt) => Date.parse(receipt.finishedAt) <= stopDate)
        // Runs by force that start at the same instant share theirs.
        .filter((receipt) => request.force !== true || (receipt.forced && receipt.startedAt >= startedAt));
      const places = new Set(receiptsThen.map((receipt) => placeOf(receipt)));
      const archived = items.filter(({ status, error }) => status === 'ARCHIVED' || error === 'AlreadyArchived');
      const missing = archived.map((item) => placeOf(item)).filter((place) => !failed.has(place) && !places.has(place));
      expect(missing).toEqual([]);
    }
  }
}

function placeOf({ logGroupName, period }: { logGroupName: string; period: string }): string {
  return `${period} ${logGroupName}`;
}

/** Every run ends, and a run that has failed says why. */
export async function expectNothingSilent(played: Played, archive: Archive) {
  for (const execution of executionsOf(played)) {
    const result = await execution.result;
    if (result.status === 'SUCCEEDED') {
      const { status = 'STANDS_ASIDE', failed = 0, first = [] } = result.output as Partial<ArchiveSummary>;
      expect(['COMPLETE', 'DRY_RUN', 'STANDS_ASIDE']).toContain(status);
      // A dry run is there to say what would fail: its answer has the first of it, as many as there are here.
      const named = status === 'DRY_RUN' ? first.filter((item) => item.status === 'FAILED') : [];
      expect(named).toHaveLength(failed);
    } else if (result.status === 'FAILED' && result.error === 'ArchiveIncomplete') {
      const report = archive.reportOf(execution);
      const failed = report.items.filter(({ status }) => status === 'FAILED');
      // A period that was split has a line for each part.
      expect(new Set(failed.map((item) => placeOf(item))).size).toBe(report.failed);
      for (const { logGroupName, error } of failed.slice(0, 20)) {
        expect(error).not.toBeNull();
        expect(result.cause).toContain(JSON.stringify(logGroupName));
      }
    } else if (result.status === 'FAILED') {
      // The planner was kept from its work for longer than the retries last.
      expect(result.error.length).toBeGreaterThan(0);
    }
  }
}

/**
 * Every export task of ours is in a receipt or named by a report, unless its run did not get to its report, or AWS did
 * not show the task when the planner looked. What is left of one that has ended badly is named as a leftover, or with the
 * line that FAILED, if it ended after its run.
 */
export async function expectEveryTaskNamed(played: Played, archive: Archive, hiddenSeconds: number) {
  const inReceipts = new Set(archive.receipts.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId)));
  const lines = archive.reports.flatMap(({ items }) => items);
  const inLines = new Set(lines.map(({ taskId }) => taskId));
  const inLinesThatFailed = new Set(lines.filter(({ status }) => status === 'FAILED').map(({ taskId }) => taskId));
  const leftovers = new Set(archive.reports.flatMap((report) => report.leftovers.map(({ taskId }) => taskId)));
  const results = await Promise.all(executionsOf(played).map(({ result }) => result));
  const endedInWords = results.every(
    (result) => result.status === 'SUCCEEDED' || (result.status === 'FAILED' && result.error === 'ArchiveIncomplete'),
  );
  const { exportTasks } = played.aws.logs.exportTasks.describe({});
  for (const { taskId, taskName, status, executionInfo } of exportTasks) {
    if (taskName?.startsWith('log-archiver ')) {
      expect(['COMPLETED', 'FAILED', 'CANCELLED']).toContain(status.code);
      const shownAt = executionInfo.creationTime + hiddenSeconds * 1_000;
      const wasHidden = archive.plannedAt.some((at) => at > executionInfo.creationTime && at < shownAt);
      const isNamed =
        status.code === 'COMPLETED'
          ? inReceipts.has(taskId) || inLines.has(taskId) || leftovers.has(taskId)
          : leftovers.has(taskId) || inLinesThatFailed.has(taskId);
      const isKnown = isNamed || !endedInWords || wasHidden;
      expect(isKnown ? 'named' : `task ${taskId} of ${taskName}, ${status.code}, is named nowhere`).toBe('named');
    }
  }
}
