import type { ArchiveReceipt, ArchiveReport } from '@log-archiver/core';
import type { BucketFiles } from '@log-archiver/local-aws';
import { type ArchivedCount, countArchive } from './count-archive';
import type { Outcome } from './outcomes';

/** Where the archiver keeps what an auditor asks for. */
export const RECEIPTS = '_log-archiver/receipts/';
const RUNS = '_log-archiver/runs/';

/** What the archive has of a log group and a period. */
export interface ArchivedPeriod extends ArchivedCount {
  /** How many export tasks the receipt names. */
  readonly tasks: number;
  /** Whether the objects are as many, and of as many bytes, as the receipt says; `null`: there is no receipt. */
  readonly agrees: boolean | null;
}

/** An archive: what it says of itself, and what is in it by way of the receipts. */
export class Archive {
  constructor(
    private readonly files: BucketFiles,
    private readonly bucketName: string,
  ) {}

  public get receipts(): ArchiveReceipt[] {
    return this.read(RECEIPTS);
  }

  /** `undefined`: the execution did not get that far. */
  public reportOf(executionArn: string): ArchiveReport | undefined {
    return this.read<ArchiveReport>(RUNS, '/report.json').find(({ execution }) => execution === executionArn);
  }

  public find({ logGroupName, period }: Pick<Outcome, 'logGroupName' | 'period'>): ArchivedPeriod {
    const receipt = this.receipts.find((each) => each.logGroupName === logGroupName && each.period === period);
    if (!receipt) {
      return { events: 0, objects: 0, bytes: 0, tasks: 0, agrees: null };
    }
    const found = this.count(receipt);
    const said = (field: 'objects' | 'bytes') => receipt.tasks.reduce((sum, task) => sum + task[field], 0);
    const agrees = said('objects') === found.objects && said('bytes') === found.bytes;
    return { ...found, tasks: receipt.tasks.length, agrees };
  }

  public countEvents(): number {
    return this.receipts.reduce((sum, receipt) => sum + this.count(receipt).events, 0);
  }

  private count({ destinationPrefix, tasks }: ArchiveReceipt): ArchivedCount {
    const prefixes = tasks.map(({ taskId }) => `${destinationPrefix}/${taskId}/`);
    return countArchive(this.files, this.bucketName, prefixes);
  }

  private read<T>(prefix: string, ending = '.json'): T[] {
    return this.files
      .listObjects(this.bucketName, prefix)
      .filter((key) => key.endsWith(ending))
      .map((key) => JSON.parse(this.files.getObject(this.bucketName, key).toString()));
  }
}
