import { type ArchiveReceipt, type ArchiveReport, METADATA_PREFIX } from '@log-archiver/core';
import type { Buckets } from '@log-archiver/local-aws';
import { type ArchivedCount, countArchive } from './count-archive';
import type { Outcome } from './outcomes';

/** Prefixes of the receipts and of the runs. */
export const RECEIPTS = `${METADATA_PREFIX}/receipts/`;
const RUNS = `${METADATA_PREFIX}/runs/`;

/** Archived objects of a log group and a period. */
export interface ArchivedPeriod extends ArchivedCount {
  /** Number of export tasks in the receipt. */
  readonly tasks: number;
  /** Whether the objects have the number and bytes that the receipt says. `null`: there is no receipt. */
  readonly agrees: boolean | null;
}

/** An archive: its metadata, and the objects that its receipts lead to. */
export class Archive {
  constructor(
    private readonly buckets: Buckets,
    private readonly bucketName: string,
  ) {}

  public get receipts(): ArchiveReceipt[] {
    return this.read(RECEIPTS);
  }

  /** Finds the report of an execution. `undefined`: the execution failed before it wrote one. */
  public findReport(executionArn: string): ArchiveReport | undefined {
    return this.read<ArchiveReport>(RUNS, '/report.json').find(({ execution }) => execution === executionArn);
  }

  public find({ logGroupName, period }: Pick<Outcome, 'logGroupName' | 'period'>): ArchivedPeriod {
    const receipt = this.receipts.find((each) => each.logGroupName === logGroupName && each.period === period);
    if (!receipt) {
      return { events: 0, objects: 0, bytes: 0, tasks: 0, agrees: null };
    }
    const found = this.count(receipt);
    const sumOfReceipt = (field: 'objects' | 'bytes') => receipt.tasks.reduce((sum, task) => sum + task[field], 0);
    const agrees = sumOfReceipt('objects') === found.objects && sumOfReceipt('bytes') === found.bytes;
    return { ...found, tasks: receipt.tasks.length, agrees };
  }

  /** Counts the events of all receipts. */
  public countEvents(): number {
    return this.receipts.reduce((sum, receipt) => sum + this.count(receipt).events, 0);
  }

  private count({ destinationPrefix, tasks }: ArchiveReceipt): ArchivedCount {
    const ranges = tasks.map(({ taskId, from, to }) => ({ prefix: `${destinationPrefix}/${taskId}/`, from, to }));
    return countArchive(this.buckets, this.bucketName, ranges);
  }

  private read<T>(prefix: string, ending = '.json'): T[] {
    return this.buckets
      .listObjects(this.bucketName, prefix)
      .filter((key) => key.endsWith(ending))
      .map((key) => JSON.parse(this.buckets.getObject(this.bucketName, key).toString()));
  }
}
