import { gunzipSync } from 'node:zlib';
import type { ArchiveReceipt, ArchiveReport, ArchiveSummary } from '@log-archiver/core';
import type { Execution } from '@log-archiver/local-aws';
import type { Played } from './play';

const FOLDER = '_log-archiver';

interface KeptReceipt extends ArchiveReceipt {
  key: string;
}

/** What the archive says of itself. */
export class Archive {
  public readonly receipts: KeptReceipt[];
  public readonly reports: ArchiveReport[];

  constructor(private readonly played: Played) {
    this.receipts = this.read<ArchiveReceipt>('receipts/').map(({ key, value }) => ({ key, ...value }));
    this.reports = this.read<ArchiveReport>('runs/')
      .filter(({ key }) => key.endsWith('/report.json'))
      .map(({ value }) => value);
  }

  /** The receipt in force: the latest. */
  public receiptOf(logGroupName: string, period: string): KeptReceipt | undefined {
    return this.receipts
      .filter((receipt) => receipt.logGroupName === logGroupName && receipt.period === period)
      .sort((a, b) => (a.finishedAt < b.finishedAt ? 1 : -1))[0];
  }

  /** The lines of the objects of a receipt's tasks. */
  public linesOf({ destinationPrefix, tasks }: ArchiveReceipt): string[] {
    const { aws, bucketName } = this.played;
    return tasks.flatMap(({ taskId }) =>
      aws.files
        .listObjects(bucketName, `${destinationPrefix}/${taskId}/`)
        .flatMap((key) => gunzipSync(aws.files.getObject(bucketName, key)).toString().trimEnd().split('\n')),
    );
  }

  public objectsOf(destinationPrefix: string, taskId: string): Buffer[] {
    const { aws, bucketName } = this.played;
    return aws.files
      .listObjects(bucketName, `${destinationPrefix}/${taskId}/`)
      .map((key) => aws.files.getObject(bucketName, key));
  }

  private read<T>(folder: string): { key: string; value: T }[] {
    const { aws, bucketName } = this.played;
    return aws.files
      .listObjects(bucketName, `${FOLDER}/${folder}`)
      .map((key) => ({ key, value: JSON.parse(aws.files.getObject(bucketName, key).toString()) }));
  }
}

/** Every receipt is true: its tasks have completed, its counts are those of the objects, which hold each event once. */
export function expectTrueReceipts(played: Played, archive: Archive) {
  const { aws, put } = played;
  const places = archive.receipts.map(({ logGroupName, period, forced, execution }) =>
    [logGroupName, period, forced ? execution : ''].join(' '),
  );
  expect(new Set(places).size).toBe(places.length);
  for (const receipt of archive.receipts) {
    for (const { taskId, objects, bytes } of receipt.tasks) {
      expect(aws.logs.exportTasks.describe({ taskId }).exportTasks[0]?.status.code).toBe('COMPLETED');
      const bodies = archive.objectsOf(receipt.destinationPrefix, taskId);
      expect([objects, bytes]).toEqual([bodies.length, bodies.reduce((sum, { length }) => sum + length, 0)]);
    }
    const [from, to] = [Date.parse(receipt.from), Date.parse(receipt.to)];
    const expected = put
      .filter(({ logGroupName }) => logGroupName === receipt.logGroupName)
      .filter(({ timestamp }) => timestamp >= from && timestamp <= to)
      .map(({ timestamp, message }) => `${new Date(timestamp).toISOString()} ${message}`);
    const lines = archive.linesOf(receipt);
    expect(new Set(lines).size).toBe(lines.length);
    // What retention had taken before the export began is lost, and the receipt says so.
    expect(lines.sort()).toEqual(receipt.daysLost === null ? expected.sort() : expect.any(Array));
    expect(expected).toEqual(expect.arrayContaining(lines));
  }
}

/** Every run ends, and a run that has failed says why. */
export async function expectNothingSilent({ stateMachine }: Played, archive: Archive) {
  for (const execution of stateMachine.executions) {
    const result = await execution.result;
    if (result.status === 'SUCCEEDED') {
      const { status = 'STANDS_ASIDE', failed = 0 } = result.output as Partial<ArchiveSummary>;
      expect(['COMPLETE', 'DRY_RUN', 'STANDS_ASIDE']).toContain(status);
      expect(failed).toBe(0);
    } else if (result.status === 'FAILED' && result.error === 'ArchiveIncomplete') {
      const report = reportOf(archive, execution);
      const failed = report.items.filter(({ status }) => status === 'FAILED');
      // A period that was split has a line for each part.
      expect(new Set(failed.map(({ logGroupName, period }) => `${period} ${logGroupName}`)).size).toBe(report.failed);
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

/** Every export task of ours is in a receipt or named by a report, unless its run did not get to its report. */
export async function expectEveryTaskNamed({ aws, stateMachine }: Played, archive: Archive) {
  const named = new Set([
    ...archive.receipts.flatMap(({ tasks }) => tasks.map(({ taskId }) => taskId)),
    ...archive.reports.flatMap(({ items, leftovers }) => [...items, ...leftovers].map(({ taskId }) => taskId)),
  ]);
  const results = await Promise.all(stateMachine.executions.map(({ result }) => result));
  const endedInWords = results.every(
    (result) => result.status === 'SUCCEEDED' || (result.status === 'FAILED' && result.error === 'ArchiveIncomplete'),
  );
  const { exportTasks } = aws.logs.exportTasks.describe({});
  for (const { taskId, taskName, status } of exportTasks) {
    if (taskName?.startsWith('log-archiver ')) {
      expect(['COMPLETED', 'FAILED', 'CANCELLED']).toContain(status.code);
      expect(!endedInWords || named.has(taskId) ? 'named' : `task ${taskId} of ${taskName} is named nowhere`).toBe(
        'named',
      );
    }
  }
}

export function reportOf({ reports }: Archive, { executionArn }: Execution): ArchiveReport {
  const report = reports.find(({ execution }) => execution === executionArn);
  if (report === undefined) {
    throw new Error(`no report of ${executionArn}`);
  }
  return report;
}
