import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import {
  type ArchiveExecution,
  type ArchiveItem,
  type ArchiveReceipt,
  parseReceiptName,
  receiptName,
} from '@log-archiver/core';
import type { ArchiverStore, ReceiptProperties } from '../archiver-store';

/** Number of receipts that are read at the same time. The planner reads 10,000 after a month. */
const MAX_PARALLEL_READS = 25;

/** Receipts of a period. */
export interface ReceiptsInForce {
  /** Keys of all receipts. */
  keys: ReadonlySet<string>;
  /** Receipts in force, by their `receiptName`: of several of a log group, the one that was finished last. */
  byName: ReadonlyMap<string, ReceiptProperties>;
}

/**
 * Finds the receipts in force of a period: those of the given log groups, and those that earlier runs have remembered.
 *
 * Receipts never change, so each is read once. Other archivers may have receipts of the same period; these are not read.
 */
export async function findReceiptsInForce(
  period: string,
  logGroups: readonly Pick<ArchiveItem, 'logGroupName' | 's3Prefix'>[],
  {
    archive,
    archiver,
    execution,
    isRemembered,
  }: {
    archive: ArchiveStore;
    archiver: ArchiverStore;
    execution: ArchiveExecution;
    /** Whether to remember the receipts for later runs. */
    isRemembered: boolean;
  },
): Promise<ReceiptsInForce> {
  const keys = await archive.listReceipts(period);
  const remembered = new Map(Object.entries(await archiver.readPeriodReceipts(period)));
  const names = new Set(logGroups.map((logGroup) => receiptName(logGroup)));
  const unread = keys.filter((key) => !remembered.has(fileName(key)) && names.has(parseReceiptName(key)));
  const read = await inParallel(unread, MAX_PARALLEL_READS, async (key) => {
    const receipt = await archive.readReceipt(key);
    return [fileName(key), describeReceipt(receipt, execution)] as const;
  });
  const all = new Map([...remembered, ...read]);
  if (isRemembered && read.length > 0) {
    await archiver.writePeriodReceipts(period, Object.fromEntries(all));
  }
  const byName = new Map<string, ReceiptProperties>();
  for (const key of keys) {
    const receipt = all.get(fileName(key));
    const name = parseReceiptName(key);
    if (receipt !== undefined && receipt.finishedAt >= (byName.get(name)?.finishedAt ?? '')) {
      byName.set(name, receipt);
    }
  }
  return { keys: new Set(keys), byName };
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
