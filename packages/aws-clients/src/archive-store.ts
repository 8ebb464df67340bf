import {
  type ArchiveItem,
  type ArchiveReceipt,
  destinationPrefix,
  MAX_RECEIPT_BYTES,
  type PartRecord,
  type Period,
  parsePartKey,
  parseReceipt,
  parseReceiptName,
  partKey,
  partsPrefix,
  type Range,
  ReceiptInvalid,
  type RunContext,
  receiptKey,
  receiptName,
  receiptsPrefix,
} from '@log-archiver/core';
import { JsonStore, type S3Access } from './json-store';
import type { ListedObject } from './list-objects';

/** A log group, by the fields that name its receipt. */
type NamedLogGroup = Pick<ArchiveItem, 'logGroupName' | 's3Prefix'>;
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
  public async readReceipt(
    { key, size }: Pick<ListedObject, 'key' | 'size'>,
    { logGroupName, s3Prefix, period }: NamedLogGroup & { period: Period },
  ): Promise<ArchiveReceipt> {
    if (size > MAX_RECEIPT_BYTES) {
      throw new ReceiptInvalid(`receipt must be at most ${MAX_RECEIPT_BYTES} bytes long, got ${size}`);
    }
    const { account, region, timeZone, s3BucketName, keyPrefix } = this.run.parameters;
    return parseReceipt(await this.objects.readText(key), {
      ...{ account, region, timeZone, s3BucketName, logGroupName, period },
      destinationPrefix: destinationPrefix(keyPrefix, period.name, s3Prefix),
      forced: key !== receiptKey(this.run.parameters, { logGroupName, s3Prefix, period: period.name }, null),
    });
  }

  /** Writes a receipt unless the item has one, and returns the stored receipt. */
  public writeReceiptOnce(item: NamedItem, receipt: ArchiveReceipt): Promise<ArchiveReceipt> {
    return this.objects.writeOnce(this.receiptKey(item), receipt, formatForReaders);
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

  public readPart(item: NamedItem & Range): Promise<PartRecord> {
    return this.objects.read(this.partKey(item));
  }

  /** Writes a part record unless the part has one, and returns the stored record. */
  public writePartOnce(item: NamedItem & Range, record: PartRecord): Promise<PartRecord> {
    return this.objects.writeOnce(this.partKey(item), record, formatForReaders);
  }

  /** Returns the key of the item's receipt. A forced run has its own. */
  public receiptKey(item: NamedItem): string {
    return receiptKey(this.run.parameters, item, this.forcedAt(item));
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
