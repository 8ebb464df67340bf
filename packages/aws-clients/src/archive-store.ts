import {
  type ArchiveItem,
  type ArchiveReceipt,
  destinationPrefix,
  type PartRecord,
  type Period,
  parsePartKey,
  parsePartRecord,
  parseReceipt,
  parseReceiptName,
  partKey,
  partsPrefix,
  type Range,
  type ReceiptIdentity,
  ReceiptInvalid,
  type ReceiptReference,
  type RunContext,
  receiptKey,
  receiptName,
  receiptsPrefix,
  sha256,
  validateReceiptSize,
} from '@log-archiver/core';
import { JsonStore, type S3Access } from './json-store';
import type { ListedObject } from './list-objects';

/** A log group, by the fields that name its receipt. */
type NamedLogGroup = Pick<ArchiveItem, 'logGroupName' | 's3Prefix'>;
/** A log group and its period, from the first to the last millisecond. */
type PeriodItem = NamedLogGroup & { period: Period };
type NamedItem = Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'period' | 'force'>;

/**
 * Receipts and part records of the archive.
 *
 * No other code builds their keys. A forced run has receipts and part records of its own.
 */
export class ArchiveStore {
  private readonly objects: JsonStore;

  constructor(
    access: S3Access,
    private readonly run: RunContext,
  ) {
    this.objects = new JsonStore(access, run.parameters.s3BucketName);
  }

  /** Lists the receipts of a period, also those of other archivers of the account and Region. */
  public async listReceipts(period: string): Promise<ListedObject[]> {
    const receipts: ListedObject[] = [];
    for await (const receipt of this.objects.list(receiptsPrefix(this.run.parameters, period))) {
      receipts.push(receipt);
    }
    return receipts;
  }

  /**
   * Lists the receipts of a period from that of the first log group to that of the last.
   *
   * The log groups must be in the order of their `receiptName`.
   */
  public async listReceiptsOf(period: string, logGroups: readonly NamedLogGroup[]): Promise<ListedObject[]> {
    const [first, last] = [logGroups.at(0), logGroups.at(-1)].map((logGroup) => logGroup && receiptName(logGroup));
    const prefix = receiptsPrefix(this.run.parameters, period);
    const receipts: ListedObject[] = [];
    if (first === undefined || last === undefined) {
      return receipts;
    }
    for await (const receipt of this.objects.list(prefix, `${prefix}${first}`)) {
      if (parseReceiptName(receipt.key) > last) {
        break;
      }
      receipts.push(receipt);
    }
    return receipts;
  }

  /** Reads a receipt. Throws `ReceiptInvalid` unless an archiver can have written it for this log group and period. */
  public async readReceipt(listed: Pick<ListedObject, 'key' | 'size'>, item: PeriodItem): Promise<ArchiveReceipt> {
    return (await this.readReceiptText(listed, item)).receipt;
  }

  /** Finds the receipt in force of the log group's period before, if it has a valid one. */
  public async findPreviousReceipt({
    previousPeriod: period,
    ...item
  }: Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'previousPeriod'>): Promise<ReceiptReference | null> {
    let previous: (ReceiptReference & { finishedAt: string }) | null = null;
    for (const listed of await this.listReceiptsOf(period.name, [item])) {
      const read = await this.readIfValid(listed, { ...item, period });
      if (read !== undefined && read.receipt.finishedAt >= (previous?.finishedAt ?? '')) {
        previous = { key: listed.key, sha256: sha256(read.text), finishedAt: read.receipt.finishedAt };
      }
    }
    return previous === null ? null : { key: previous.key, sha256: previous.sha256 };
  }

  /** Writes a receipt unless the item has one, and returns the stored receipt. */
  public async writeReceiptOnce(
    item: NamedItem & Pick<ArchiveItem, 'periodFrom' | 'periodTo'>,
    receipt: ArchiveReceipt,
  ): Promise<ArchiveReceipt> {
    const key = this.receiptKey(item);
    const text = formatForReaders(receipt);
    const period = { name: item.period, from: item.periodFrom, to: item.periodTo };
    const identity = this.identify(key, { ...item, period });
    // A receipt that no run would trust must not be written, because it could not be replaced.
    parseReceipt(text, identity);
    const stored = await this.objects.writeTextOnce(key, text);
    return stored === text ? receipt : parseReceipt(stored, identity);
  }

  /** Lists the ranges that have a part record, by their keys. */
  public async listParts(item: NamedItem): Promise<Range[]> {
    const { parameters } = this.run;
    const ranges: Range[] = [];
    for await (const { key } of this.objects.list(partsPrefix(parameters, item))) {
      const range = parsePartKey(key, parameters, item, this.forcedAt(item));
      if (range) {
        ranges.push(range);
      }
    }
    return ranges;
  }

  /** Reads a part record. Throws `ReceiptInvalid` unless an archiver can have written it for this part. */
  public async readPart(item: NamedItem & Range): Promise<PartRecord> {
    return parsePartRecord(await this.objects.readText(this.partKey(item)), item);
  }

  /** Writes a part record unless the part has one, and returns the stored record. */
  public async writePartOnce(item: NamedItem & Range, record: PartRecord): Promise<PartRecord> {
    return parsePartRecord(await this.objects.writeTextOnce(this.partKey(item), formatForReaders(record)), item);
  }

  /** Returns the key of the item's receipt. A forced run has its own. */
  public receiptKey(item: NamedItem): string {
    return receiptKey(this.run.parameters, item, this.forcedAt(item));
  }

  private async readReceiptText({ key, size }: Pick<ListedObject, 'key' | 'size'>, item: PeriodItem) {
    validateReceiptSize(size);
    const text = await this.objects.readText(key);
    return { text, receipt: parseReceipt(text, this.identify(key, item)) };
  }

  /** Reads a receipt; `undefined`: it is not valid. The planner reports that. */
  private async readIfValid(listed: ListedObject, item: PeriodItem) {
    try {
      return await this.readReceiptText(listed, item);
    } catch (error) {
      if (error instanceof ReceiptInvalid) {
        return undefined;
      }
      throw error;
    }
  }

  /** Returns what a receipt must be about because of its key. */
  private identify(key: string, { logGroupName, s3Prefix, period }: PeriodItem): ReceiptIdentity {
    const { account, region, timeZone, s3BucketName, keyPrefix } = this.run.parameters;
    return {
      ...{ account, region, timeZone, s3BucketName, logGroupName, period },
      destinationPrefix: destinationPrefix(keyPrefix, period.name, s3Prefix),
      forced: key !== receiptKey(this.run.parameters, { logGroupName, s3Prefix, period: period.name }, null),
    };
  }

  private partKey(item: NamedItem & Range): string {
    return partKey(this.run.parameters, item, this.forcedAt(item));
  }

  private forcedAt({ force }: Pick<NamedItem, 'force'>): string | null {
    return force ? this.run.execution.startedAt : null;
  }
}

/** Formats proofs for people: one line per field, and a trailing newline. */
function formatForReaders(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
