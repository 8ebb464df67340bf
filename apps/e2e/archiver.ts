import { gunzipSync } from 'node:zlib';
import { CloudWatchLogsClient, CreateExportTaskCommand, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  type ArchiveReceipt,
  type ArchiveReport,
  METADATA_PREFIX,
  type PeriodStatus,
  type ReportEntry,
  type RunInput,
} from '@log-archiver/core';
import {
  type DeployedStack,
  type Execution,
  LocalAws,
  type LocalAwsOptions,
  type SynthesizedStack,
} from '@log-archiver/local-aws';
import { putEvents } from './put-events';

/** Two log groups that the sample's stack creates, and one that it imports. */
export const ORDERS = '/shop/orders';
export const PAYMENTS = '/shop/payments';
export const CHECKOUT = '/aws/lambda/checkout';

export interface FinishedRun {
  result: Awaited<Execution['result']>;
  /** @default - the run failed before it wrote a report */
  report?: ArchiveReport;
  /** Entries of the report. */
  outcomes: ReportEntry[];
}

/** The sample's archiver, deployed to its own local AWS. */
export class Archiver {
  public readonly aws: LocalAws;
  public readonly stack: DeployedStack;
  public readonly logs: CloudWatchLogsClient;

  constructor(synthesized: SynthesizedStack, now: string, options: Partial<LocalAwsOptions> = {}) {
    // AWS does not document what a Map without items does. No run may depend on it.
    this.aws = new LocalAws({ emptyMap: 'FAILS', ...options, now });
    this.stack = this.aws.deploy(synthesized);
    this.logs = new CloudWatchLogsClient(this.aws.clientConfig);
  }

  public async createLogGroup(logGroupName: string) {
    await this.logs.send(new CreateLogGroupCommand({ logGroupName }));
  }

  /** Deletes a log group, and creates it again without events. */
  public async recreateLogGroup(logGroupName: string) {
    this.deleteLogGroup(logGroupName);
    await this.createLogGroup(logGroupName);
  }

  public deleteLogGroup(logGroupName: string) {
    this.aws.logs.call('DeleteLogGroup', { logGroupName });
  }

  public setRetention(logGroupName: string, retentionInDays: number) {
    this.aws.logs.call('PutRetentionPolicy', { logGroupName, retentionInDays });
  }

  /** Puts one event per instant, each into a log stream of its own. */
  public async putEvents(logGroupName: string, ...instants: string[]) {
    await putEvents(this.logs, logGroupName, ...instants);
  }

  /** Starts a foreign export task, which holds the slot. Returns its id. */
  public async startForeignTask(runningSeconds: number): Promise<string> {
    const [logGroupName, destination] = ['/foreign', 'foreign-bucket'];
    await this.createLogGroup(logGroupName);
    this.aws.buckets.createBucket(destination);
    this.aws.logs.exportTasks.script(logGroupName, { pendingSeconds: 0, runningSeconds });
    const { taskId } = await this.logs.send(new CreateExportTaskCommand({ logGroupName, from: 0, to: 1, destination }));
    return String(taskId);
  }

  public start(input: RunInput | object): Execution {
    return this.stack.stateMachine.startExecution(input);
  }

  public async run(input: RunInput | object): Promise<FinishedRun> {
    return this.waitFor(this.start(input));
  }

  public async waitFor(execution: Execution): Promise<FinishedRun> {
    const result = await this.aws.waitFor(execution);
    const [report] = this.readMetadata<ArchiveReport>('runs/', new RegExp(`_${execution.name}/report\\.json$`));
    return { result, report, outcomes: report?.items ?? [] };
  }

  /** Returns the calls of an operation that reached AWS, each with its time and error. */
  public findCalls(operation: string) {
    return this.aws.requestHandler.calls.filter((call) => call.operation === operation);
  }

  /** Lists the archived objects under a prefix, with `<task>` in place of the random task ids. */
  public listObjects(prefix = ''): string[] {
    const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/;
    return this.aws.buckets
      .listObjects(this.bucketName, prefix)
      .filter((key) => !key.startsWith(`${METADATA_PREFIX}/`))
      .map((key) => key.replace(uuid, '<task>'))
      .sort();
  }

  public get receipts(): ArchiveReceipt[] {
    return this.readMetadata('receipts/');
  }

  /** Status of each period, from the last run for all log groups. */
  public get periods(): PeriodStatus[] {
    return this.readMetadata('periods/', /\/\d{4}-\d{2}(-\d{2})?\.json$/);
  }

  public findPeriod(name: string): PeriodStatus | undefined {
    return this.periods.find(({ period }) => period === name);
  }

  /** Messages of the events that the receipts lead to, as a reader of the archive finds them. */
  public get archivedEvents(): string[] {
    return this.receipts.flatMap(({ destinationPrefix, tasks }) =>
      tasks.flatMap(({ taskId, from, to }) =>
        this.readLines(`${destinationPrefix}/${taskId}/`)
          .map((line) => line.split(' '))
          // The objects can also contain the first millisecond after the range.
          .filter(([time = '']) => from <= time && time <= to)
          .map(([, ...message]) => message.join(' ')),
      ),
    );
  }

  public get bucketName(): string {
    return String(this.stack.bucketNames[0]);
  }

  private readLines(prefix: string): string[] {
    return this.aws.buckets
      .listObjects(this.bucketName, prefix)
      .filter((key) => key.endsWith('.gz'))
      .flatMap((key) => gunzipSync(this.aws.buckets.getObject(this.bucketName, key)).toString().split('\n'))
      .filter((line) => line !== '');
  }

  private readMetadata<T>(folder: string, ending = /\.json$/): T[] {
    return this.aws.buckets
      .listObjects(this.bucketName, `${METADATA_PREFIX}/${folder}`)
      .filter((key) => ending.test(key))
      .map((key) => JSON.parse(this.aws.buckets.getObject(this.bucketName, key).toString()));
  }
}
