import { gunzipSync } from 'node:zlib';
import {
  type ArchiveReceipt,
  type ArchiveReport,
  getStateMachineName,
  METADATA_PREFIX,
  type PeriodStatus,
  type RunInput,
} from '@log-archiver/core';
import type { Execution, LocalAws } from '@log-archiver/local-aws';
import { type ArchiverTraits, BUCKET_NAME, findTimeZone, ORDERS } from './archivers';
import type { Simulation } from './simulate';

const FOLDER = `${METADATA_PREFIX}/`;

type ExecutionResult = Awaited<Execution['result']>;

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
  private readonly lines = new Map<StoredReceipt, Set<string>>();

  constructor({ aws }: Simulation) {
    this.buckets = aws.buckets;
    this.receipts = this.readMetadata<ArchiveReceipt>(/^receipts\//).map(({ key, value }) => ({ key, ...value }));
    this.reports = this.readMetadata<ArchiveReport>(/^runs\/.*\/report\.json$/).map(({ value }) => value);
    this.plannedAt = this.readMetadata<{ plannedAt: number }>(/^runs\/.*\/pages\//).map(({ value }) => value.plannedAt);
  }

  /** Finds the receipts of one archiver by its key prefix, time zone and S3 prefix. */
  public findReceipts({ keyPrefix, ordersPrefix, ...traits }: ArchiverTraits): StoredReceipt[] {
    const folder = keyPrefix === '' ? FOLDER : `${keyPrefix}/${FOLDER}`;
    const timeZone = findTimeZone(traits);
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

  /** Returns the statuses of an archiver's periods, by period. */
  public findPeriodStatuses(stateMachineArn: string): Map<string, PeriodStatus> {
    const name = getStateMachineName({ stateMachineArn });
    return new Map(
      this.readMetadata<PeriodStatus>(/^periods\/.*\/\d{4}-\d\d(-\d\d)?\.json$/)
        .filter(({ key }) => key.includes(`/${name}/`))
        .map(({ value }) => [value.period, value]),
    );
  }

  /** Returns the reports of scheduled runs that did not break off after their report, oldest first. */
  public async findScheduledReports(executions: readonly Execution[]): Promise<ArchiveReport[]> {
    const results = await Promise.all(executions.map(({ result }) => result));
    const ended = executions.filter((_, index) => hasReported(results[index] as ExecutionResult));
    return this.reports
      .filter(({ request }) => isScheduled(request))
      .filter(({ execution }) => ended.some(({ executionArn }) => executionArn === execution))
      .toSorted((a, b) => Date.parse(a.startedAt) - Date.parse(b.startedAt));
  }

  /** Whether the receipt in force of a log group and period leads to a line. */
  public hasLine(traits: ArchiverTraits, logGroupName: string, period: string, line: string): boolean {
    const [inForce] = this.findReceipts(traits)
      .filter((receipt) => receipt.logGroupName === logGroupName && receipt.period === period)
      .toSorted((a, b) => Date.parse(b.finishedAt) - Date.parse(a.finishedAt));
    if (inForce === undefined) {
      return false;
    }
    const lines = this.lines.get(inForce) ?? new Set(this.readLines(inForce));
    this.lines.set(inForce, lines);
    return lines.has(line);
  }

  /** Reads the lines of a receipt's tasks, each within the range of its task: AWS may have exported a millisecond more. */
  public readLines({ destinationPrefix, tasks }: ArchiveReceipt): string[] {
    return tasks.flatMap(({ taskId, from, to }) =>
      this.readObjects(destinationPrefix, taskId)
        .flatMap((object) => gunzipSync(object).toString().trimEnd().split('\n'))
        .filter((line) => isWithin(line.slice(0, line.indexOf(' ')), { from, to })),
    );
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

/** Whether an input is that of a scheduled run. */
export function isScheduled({ period, force, dryRun }: RunInput): boolean {
  return period === undefined && !force && !dryRun;
}

/** Whether a run ended as its report says. */
export function hasReported(result: ExecutionResult): boolean {
  return (
    result.status === 'SUCCEEDED' ||
    (result.status === 'FAILED' && ['ArchiveLoss', 'ArchiveIncomplete'].includes(result.error))
  );
}

/** Whether an instant is within a range. All are in ISO 8601, in UTC, with milliseconds. */
function isWithin(instant: string, { from, to }: { from: string; to: string }): boolean {
  return instant >= from && instant <= to;
}
