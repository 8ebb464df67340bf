import { gunzipSync } from 'node:zlib';
import type { ArchiveReceipt, ArchiveReport } from '@log-archiver/core';
import type { Execution, LocalAws } from '@log-archiver/local-aws';
import { type ArchiverTraits, BUCKET_NAME, ORDERS } from './archivers';
import type { Played } from './play';

const FOLDER = '_log-archiver/';

interface KeptReceipt extends ArchiveReceipt {
  key: string;
}

/** What the archive says of itself. */
export class Archive {
  public readonly receipts: KeptReceipt[];
  public readonly reports: ArchiveReport[];
  /** When a planner looked what had become of a page. */
  public readonly plannedAt: number[];
  private readonly files: LocalAws['files'];

  constructor({ aws }: Played) {
    this.files = aws.files;
    this.receipts = this.read<ArchiveReceipt>(/^receipts\//).map(({ key, value }) => ({ key, ...value }));
    this.reports = this.read<ArchiveReport>(/^runs\/.*\/report\.json$/).map(({ value }) => value);
    this.plannedAt = this.read<{ plannedAt: number }>(/^runs\/.*\/pages\//).map(({ value }) => value.plannedAt);
  }

  /** The receipts of an archiver: those that lie, and say, where and when it archives. */
  public receiptsOf({ keyPrefix, ordersPrefix, hoursBehind }: ArchiverTraits): KeptReceipt[] {
    const folder = keyPrefix === '' ? FOLDER : `${keyPrefix}/${FOLDER}`;
    const timeZone = hoursBehind === 0 ? 'Asia/Tokyo' : 'Etc/UTC';
    return this.receipts.filter(
      ({ key, logGroupName, destinationPrefix, ...receipt }) =>
        key.startsWith(folder) &&
        receipt.timeZone === timeZone &&
        (logGroupName !== ORDERS || destinationPrefix.endsWith(`/${ordersPrefix ?? ORDERS.slice(1)}`)),
    );
  }

  public reportOf({ executionArn }: Execution): ArchiveReport {
    const report = this.reports.find(({ execution }) => execution === executionArn);
    if (report === undefined) {
      throw new Error(`no report of ${executionArn}`);
    }
    return report;
  }

  /** The lines of the objects of a receipt's tasks. */
  public linesOf({ destinationPrefix, tasks }: ArchiveReceipt): string[] {
    return tasks
      .flatMap(({ taskId }) => this.objectsOf(destinationPrefix, taskId))
      .flatMap((object) => gunzipSync(object).toString().trimEnd().split('\n'));
  }

  public objectsOf(destinationPrefix: string, taskId: string): Buffer[] {
    return this.files
      .listObjects(BUCKET_NAME, `${destinationPrefix}/${taskId}/`)
      .map((key) => this.files.getObject(BUCKET_NAME, key));
  }

  /** What archivers have written about themselves, wherever. */
  private read<T>(path: RegExp): { key: string; value: T }[] {
    return this.files
      .listObjects(BUCKET_NAME, '')
      .filter((key) => key.includes(FOLDER) && path.test(key.slice(key.indexOf(FOLDER) + FOLDER.length)))
      .map((key) => ({ key, value: JSON.parse(this.files.getObject(BUCKET_NAME, key).toString()) }));
  }
}
