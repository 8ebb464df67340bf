import {
  type ArchiveItem,
  type ArchiveReceipt,
  checkpointKey,
  type PartRecord,
  type PeriodStatus,
  parsePartKey,
  parseReceiptName,
  partKey,
  partsPrefix,
  periodStatusKey,
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

/** Content of the checkpoint. Persisted. */
interface Checkpoint {
  /** ISO 8601: last millisecond of a period. */
  until: string;
  /** ARN of the execution. */
  execution: string;
}

/**
 * Receipts, part records, period statuses and the checkpoint of an archiver.
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

  /**
   * Returns the log groups without a receipt for the period. In a forced run only its own receipt counts.
   *
   * Lists all receipts of the period instead of asking for each: there can be tens of thousands.
   */
  public async findWithoutReceipt<T extends NamedLogGroup>(
    period: string,
    logGroups: readonly T[],
    force: boolean,
  ): Promise<T[]> {
    if (logGroups.length === 0) {
      return [];
    }
    const keys = new Set<string>();
    for await (const key of this.objects.list(receiptsPrefix(this.run.parameters, period))) {
      keys.add(key);
    }
    return logGroups.filter(
      ({ logGroupName, s3Prefix }) => !keys.has(this.receiptKey({ logGroupName, s3Prefix, period, force })),
    );
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

  public async writePeriodStatus(status: PeriodStatus): Promise<void> {
    const { parameters, execution } = this.run;
    await this.objects.write(periodStatusKey(parameters, execution, status.period), status);
  }

  /** Returns the end of the last period that scheduled runs have checked without a gap; `undefined`: there is none. */
  public async readCheckpoint(): Promise<number | undefined> {
    const key = this.checkpointKey();
    return (await this.objects.exists(key)) ? Date.parse((await this.objects.read<Checkpoint>(key)).until) : undefined;
  }

  /** Writes the checkpoint. */
  public async writeCheckpoint(until: number): Promise<void> {
    const checkpoint: Checkpoint = { until: new Date(until).toISOString(), execution: this.run.execution.id };
    await this.objects.write(this.checkpointKey(), checkpoint);
  }

  private receiptKey(item: NamedItem): string {
    return receiptKey(this.run.parameters, item, this.forcedAt(item));
  }

  private partKey(item: NamedItem & Range): string {
    return partKey(this.run.parameters, item, this.forcedAt(item));
  }

  private checkpointKey(): string {
    return checkpointKey(this.run.parameters, this.run.execution);
  }

  private forcedAt({ force }: Pick<NamedItem, 'force'>): string | null {
    return force ? this.run.execution.startedAt : null;
  }
}

/** Formats proofs for people: one line per field, and a trailing newline. */
function formatForReaders(value: unknown): string {
  return `${JSON.stringify(value, undefined, 2)}\n`;
}
