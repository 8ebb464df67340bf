import { gunzipSync } from 'node:zlib';
import { type ArchiveReceipt, type ArchiveReport, METADATA_PREFIX } from '@log-archiver/core';
import type { Execution, LocalAws } from '@log-archiver/local-aws';
import { type ArchiverTraits, BUCKET_NAME, ORDERS } from './archivers';
import type { Simulation } from './simulate';

const FOLDER = `${METADATA_PREFIX}/`;

export interface StoredReceipt extends ArchiveReceipt {
  key: string;
}

/** The objects and metadata of all archivers in the shared bucket, as they are when the instance is created. */
export class Archive {
  public readonly receipts: StoredReceipt[];
  public readonly reports: ArchiveReport[];
  /** Times at which planners applied the outcomes of a page. */
  public readonly plannedAt: number[];
  private readonly buckets: LocalAws['buckets'];

  constructor({ aws }: Simulation) {
    this.buckets = aws.buckets;
    this.receipts = this.readMetadata<ArchiveReceipt>(/^receipts\//).map(({ key, value }) => ({ key, ...value }));
    this.reports = this.readMetadata<ArchiveReport>(/^runs\/.*\/report\.json$/).map(({ value }) => value);
    this.plannedAt = this.readMetadata<{ plannedAt: number }>(/^runs\/.*\/pages\//).map(({ value }) => value.plannedAt);
  }

  /** Finds the receipts of one archiver by its key prefix, time zone and S3 prefix. */
  public findReceipts({ keyPrefix, ordersPrefix, hoursBehind }: ArchiverTraits): StoredReceipt[] {
    const folder = keyPrefix === '' ? FOLDER : `${keyPrefix}/${FOLDER}`;
    const timeZone = hoursBehind === 0 ? 'Asia/Tokyo' : 'Etc/UTC';
    return this.receipts.filter(
      ({ key, logGroupName, destinationPrefix, ...receipt }) =>
        key.startsWith(folder) &&
        receipt.timeZone === timeZone &&
        (logGroupName !== ORDERS || destinationPrefix.endsWith(`/${ordersPrefix ?? ORDERS.slice(1)}`)),
    );
  }

  public findReport({ executionArn }: Execution): ArchiveReport {
    const report = this.reports.find(({ execution }) => execution === executionArn);
    if (report === undefined) {
      throw new Error(`execution ${executionArn} has no report`);
    }
    return report;
  }

  /** Reads the lines of all objects that a receipt's tasks wrote. */
  public readLines({ destinationPrefix, tasks }: ArchiveReceipt): string[] {
    return tasks
      .flatMap(({ taskId }) => this.readObjects(destinationPrefix, taskId))
      .flatMap((object) => gunzipSync(object).toString().trimEnd().split('\n'));
  }

  public readObjects(destinationPrefix: string, taskId: string): Buffer[] {
    return this.buckets
      .listObjects(BUCKET_NAME, `${destinationPrefix}/${taskId}/`)
      .map((key) => this.buckets.getObject(BUCKET_NAME, key));
  }

  /** Reads metadata under every key prefix, by its path below the metadata folder. */
  private readMetadata<T>(path: RegExp): { key: string; value: T }[] {
    return this.buckets
      .listObjects(BUCKET_NAME, '')
      .filter((key) => key.includes(FOLDER) && path.test(key.slice(key.indexOf(FOLDER) + FOLDER.length)))
      .map((key) => ({ key, value: JSON.parse(this.buckets.getObject(BUCKET_NAME, key).toString()) }));
  }
}
