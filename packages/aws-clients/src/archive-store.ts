import {
  type ArchiveItem,
  type ArchiveReceipt,
  createLoss,
  DAY_MS,
  type PartRecord,
  parsePartKey,
  parseReceiptName,
  partKey,
  partsPrefix,
  type Range,
  type RunContext,
  receiptKey,
  receiptName,
  receiptsPrefix,
} from '@log-archiver/core';
import { JsonStore, type S3Access } from './json-store';

/** A log group, by the fields that name its receipt. */
type NamedLogGroup = Pick<ArchiveItem, 'logGroupName' | 's3Prefix'>;
type NamedItem = Pick<ArchiveItem, 'logGroupName' | 's3Prefix' | 'period' | 'force'>;

/** A receipt of format 1, as far as it differs. */
interface FirstReceipt extends Omit<ArchiveReceipt, 'format' | 'losses'> {
  format: 1;
  /** Maximum number of days of the period that were gone at the export; `null`: none. */
  daysLost: number | null;
}

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

  /**
   * Returns the log groups that have a receipt for the period, of this or of a forced run.
   *
   * The log groups must be in the order of their `receiptName`; only the receipts between the first and the last are listed.
   */
  public async findArchived<T extends NamedLogGroup>(period: string, logGroups: readonly T[]): Promise<Set<T>> {
    const names = logGroups.map((logGroup) => receiptName(logGroup));
    const [first = '', last = ''] = [names.at(0), names.at(-1)];
    const prefix = receiptsPrefix(this.run.parameters, period);
    const found = new Set<string>();
    for await (const key of this.objects.list(prefix, `${prefix}${first}`)) {
      const name = parseReceiptName(key);
      if (name > last) {
        break;
      }
      found.add(name);
    }
    return new Set(logGroups.filter((_, index) => found.has(names[index] as string)));
  }

  /** Lists the keys of all receipts of a period, also those of other archivers of the account and Region. */
  public async listReceipts(period: string): Promise<string[]> {
    const keys: string[] = [];
    for await (const key of this.objects.list(receiptsPrefix(this.run.parameters, period))) {
      keys.push(key);
    }
    return keys;
  }

  /** Reads a receipt by its key. */
  public async readReceipt(key: string): Promise<ArchiveReceipt> {
    return translateReceipt(await this.objects.read<ArchiveReceipt | FirstReceipt>(key));
  }

  /** Writes a receipt unless the item has one, and returns the stored receipt. */
  public writeReceiptOnce(item: NamedItem, receipt: ArchiveReceipt): Promise<ArchiveReceipt> {
    return this.objects.writeOnce(this.receiptKey(item), receipt, formatForReaders);
  }

  /** Lists the ranges that have a part record, by their keys. */
  public async listParts(item: NamedItem): Promise<Range[]> {
    const { parameters } = this.run;
    const ranges: Range[] = [];
    for await (const key of this.objects.list(partsPrefix(parameters, item))) {
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

/** Translates a receipt of format 1. Receipts are never rewritten. */
function translateReceipt(receipt: ArchiveReceipt | FirstReceipt): ArchiveReceipt {
  if (receipt.format === 2) {
    return receipt;
  }
  const { daysLost, ...rest } = receipt;
  const from = Date.parse(receipt.from);
  const losses = daysLost === null ? [] : [createLoss('RetentionExpired', { from, to: from + daysLost * DAY_MS - 1 })];
  return { ...rest, format: 2, losses };
}
