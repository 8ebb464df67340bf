import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import type { ListedObject } from '@log-archiver/aws-clients/list-objects';
import {
  type ArchiveExecution,
  type ArchiveItem,
  type ArchiveReceipt,
  InvalidArchiveRequest,
  type Period,
  parseReceiptName,
  ReceiptInvalid,
  receiptName,
} from '@log-archiver/core';
import type { ArchiverStore, InvalidReceipt, ReceiptProperties, RememberedReceipt } from '../archiver-store';
import { groupBy } from '../group-by';

/** Number of receipts that are read at the same time. The planner reads 10,000 after a month. */
const MAX_PARALLEL_READS = 25;

type NamedLogGroup = Pick<ArchiveItem, 'logGroupName' | 's3Prefix'>;

/** Receipts of a period. */
export interface FoundReceipts {
  /** Keys of all receipts, also of those that are not valid. */
  keys: ReadonlySet<string>;
  /** Receipts in force, by their `receiptName`: of several of a log group, the one that was finished last. */
  inForce: ReadonlyMap<string, ReceiptProperties>;
  /** Objects at the keys of receipts that are not valid receipts, by `receiptName`. */
  invalid: ReadonlyMap<string, FoundInvalidReceipt[]>;
}

export interface FoundInvalidReceipt extends InvalidReceipt {
  key: string;
  /** Whether no earlier run has remembered it, and no earlier page of this run. */
  isNew: boolean;
}

/**
 * Receipts of the periods of a run.
 *
 * No receipt is trusted before it is validated. Each is read once: an archiver remembers what it has validated, and a
 * receipt whose ETag has changed since then is read again. The receipts of other archivers are not read.
 */
export class RunReceipts {
  private readonly changedPeriods = new Set<string>();

  constructor(
    private readonly execution: ArchiveExecution,
    private readonly stores: { readonly archive: ArchiveStore; readonly archiver: ArchiverStore },
  ) {}

  /** Finds the receipts of log groups, which must be in the order of their `receiptName`. */
  public async findOfLogGroups(period: Period, logGroups: readonly NamedLogGroup[]): Promise<FoundReceipts> {
    return this.validate(period, await this.stores.archive.listReceiptsOf(period.name, logGroups), logGroups);
  }

  /** Finds the receipts of log groups, and those that the archiver remembers of log groups that it no longer archives. */
  public async findOfPeriod(period: Period, logGroups: readonly NamedLogGroup[]): Promise<FoundReceipts> {
    return this.validate(period, await this.stores.archive.listReceipts(period.name), logGroups);
  }

  /** Remembers what has been validated. */
  public async remember(): Promise<void> {
    for (const period of this.changedPeriods) {
      await this.stores.archiver.writePeriodReceipts(period);
    }
    this.changedPeriods.clear();
  }

  private async validate(
    period: Period,
    listed: readonly ListedObject[],
    logGroups: readonly NamedLogGroup[],
  ): Promise<FoundReceipts> {
    const remembered = await this.stores.archiver.readPeriodReceipts(period.name);
    const byName = new Map(logGroups.map((logGroup) => [receiptName(logGroup), logGroup]));
    const isRead = ({ key, etag }: ListedObject) => remembered.get(fileName(key))?.etag === etag;
    const unread = listed.filter((object) => !isRead(object) && byName.has(parseReceiptName(object.key)));
    await inParallel(unread, MAX_PARALLEL_READS, async (object) => {
      const logGroup = byName.get(parseReceiptName(object.key)) as NamedLogGroup;
      remembered.set(fileName(object.key), await this.read(object, { ...logGroup, period }));
    });
    if (unread.length > 0) {
      this.changedPeriods.add(period.name);
    }
    const found = listed.filter(isRead).map(({ key }) => ({
      key,
      name: parseReceiptName(key),
      receipt: remembered.get(fileName(key)) as RememberedReceipt,
    }));
    const inForce = new Map<string, ReceiptProperties>();
    for (const { name, receipt } of found) {
      if (!('invalid' in receipt) && receipt.finishedAt >= (inForce.get(name)?.finishedAt ?? '')) {
        inForce.set(name, receipt);
      }
    }
    const newKeys = new Set(unread.map(({ key }) => key));
    const invalid = found.flatMap(({ key, name, receipt }) =>
      'invalid' in receipt ? [{ name, key, invalid: receipt.invalid, isNew: newKeys.has(key) }] : [],
    );
    return { keys: new Set(listed.map(({ key }) => key)), inForce, invalid: groupBy(invalid, ({ name }) => name) };
  }

  private async read(object: ListedObject, item: NamedLogGroup & { period: Period }): Promise<RememberedReceipt> {
    const { etag } = object;
    try {
      return { etag, ...describeReceipt(await this.stores.archive.readReceipt(object, item), this.execution) };
    } catch (error) {
      if (error instanceof ReceiptInvalid || error instanceof InvalidArchiveRequest) {
        return { etag, invalid: error.message };
      }
      throw error;
    }
  }
}

function describeReceipt(receipt: ArchiveReceipt, execution: ArchiveExecution): ReceiptProperties {
  const { logGroupName, finishedAt, losses, tasks } = receipt;
  return {
    logGroupName,
    finishedAt,
    losses,
    tasks: tasks.length,
    objects: tasks.reduce((sum, { objects }) => sum + objects, 0),
    bytes: tasks.reduce((sum, { bytes }) => sum + bytes, 0),
    exportSeconds: measureExport(receipt, execution),
  };
}

/**
 * Measures how long the exports of a receipt took; `null`: unknown.
 *
 * A run exports the parts of a log group one after the other. A task that an earlier run started may have waited for days
 * until its receipt was written.
 */
function measureExport(receipt: ArchiveReceipt, execution: ArchiveExecution): number | null {
  const isOfRun = receipt.execution === execution.id && receipt.startedAt >= execution.startedAt;
  return isOfRun ? Math.round((Date.parse(receipt.finishedAt) - Date.parse(receipt.startedAt)) / 1_000) : null;
}

function fileName(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
