import {
  CloudWatchLogsClient,
  CreateExportTaskCommand,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveReceipt, ArchiveReport, PeriodStatus, ReportEntry, RunInput } from '@log-archiver/core';
import { type DeployedStack, type Execution, LocalAws, type SynthesizedStack } from '@log-archiver/local-aws';

/** Two log groups of the sample's stack, and one that is imported. */
export const ORDERS = '/shop/orders';
export const PAYMENTS = '/shop/payments';
export const CHECKOUT = '/aws/lambda/checkout';

/** Below it is what the archiver itself writes, apart from the archive. */
const FOLDER = '_log-archiver/';

/** The sample's archiver, deployed to a local AWS of its own. */
export class Archiver {
  public readonly aws: LocalAws;
  public readonly stack: DeployedStack;
  public readonly logs: CloudWatchLogsClient;

  constructor(synthesized: SynthesizedStack, now: string, enforcePolicies = false) {
    this.aws = new LocalAws({ now, enforcePolicies });
    this.stack = this.aws.deploy(synthesized);
    this.logs = new CloudWatchLogsClient(this.aws.clientConfig);
  }

  public async createLogGroup(logGroupName: string) {
    await this.logs.send(new CreateLogGroupCommand({ logGroupName }));
  }

  /** Puts one event for each instant into a log stream of its own. */
  public async put(logGroupName: string, ...instants: string[]) {
    for (const instant of instants) {
      const logStreamName = `stream/${instant.replaceAll(':', '.')}`;
      const logEvents = [{ timestamp: new Date(instant).getTime(), message: `at ${instant}` }];
      await this.logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
      const { rejectedLogEventsInfo } = await this.logs.send(
        new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }),
      );
      expect(rejectedLogEventsInfo).toBeUndefined();
    }
  }

  /** An export task that is not the archiver's takes the slot. */
  public async strangerExportsFor(runningSeconds: number): Promise<string> {
    await this.createLogGroup('/stranger');
    this.aws.files.createBucket('strangers-bucket');
    this.aws.logs.exportTasks.arrange('/stranger', { pendingSeconds: 0, runningSeconds });
    const { taskId } = await this.logs.send(
      new CreateExportTaskCommand({ logGroupName: '/stranger', from: 0, to: 1, destination: 'strangers-bucket' }),
    );
    return String(taskId);
  }

  public start(input: RunInput | object): Execution {
    return this.stack.stateMachine.startExecution(input);
  }

  /** Runs an execution to its end. */
  public async run(input: RunInput | object): Promise<Run> {
    return this.runToEnd(this.start(input));
  }

  public async runToEnd(execution: Execution): Promise<Run> {
    const result = await this.aws.waitFor(execution);
    const [report] = this.written<ArchiveReport>('runs/', `_${execution.name}/report.json`);
    return { result, report, outcomes: report?.items ?? [] };
  }

  /** The calls of an operation that reached AWS, with when and the error that was answered. */
  public callsOf(operation: string) {
    return this.aws.requestHandler.calls.filter((call) => call.operation === operation);
  }

  /** The objects of the archive below a prefix, without the task ids that nobody knows beforehand. */
  public objects(prefix = ''): string[] {
    const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/;
    return this.aws.files
      .listObjects(this.bucketName, prefix)
      .filter((key) => !key.startsWith(FOLDER))
      .map((key) => key.replace(uuid, '<task>'))
      .sort();
  }

  /** All that is archived, as an auditor sees it. */
  public get receipts(): ArchiveReceipt[] {
    return this.written('receipts/');
  }

  /** What the last run for all log groups knows of each period. */
  public get periods(): PeriodStatus[] {
    return this.written('periods/');
  }

  public get bucketName(): string {
    return String(this.stack.bucketNames[0]);
  }

  /** What the archiver itself has written. */
  private written<T>(folder: string, ending = '.json'): T[] {
    return this.aws.files
      .listObjects(this.bucketName, `${FOLDER}${folder}`)
      .filter((key) => key.endsWith(ending))
      .map((key) => JSON.parse(this.aws.files.getObject(this.bucketName, key).toString()));
  }
}

export interface Run {
  result: Awaited<Execution['result']>;
  /** Of a run that was planned to its end. */
  report?: ArchiveReport;
  /** What the report says became of each log group and period. */
  outcomes: ReportEntry[];
}
