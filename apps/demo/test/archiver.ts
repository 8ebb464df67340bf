import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateExportTaskCommand,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import type { ArchiveReport, ArchiveRequest } from '@log-archiver/core';
import { type DeployedStack, type Execution, LocalAws, type SynthesizedStack } from '@log-archiver/local-aws';

/** Two log groups of the sample's stack, and one that is imported. */
export const ORDERS = '/shop/orders';
export const PAYMENTS = '/shop/payments';
export const CHECKOUT = '/aws/lambda/checkout';

/** The sample's archiver, deployed to a local AWS of its own. */
export class Archiver {
  public readonly aws: LocalAws;
  public readonly stack: DeployedStack;
  public readonly logs: CloudWatchLogsClient;

  constructor(synthesized: SynthesizedStack, now: string, itemOrderSeed?: number) {
    this.aws = new LocalAws({ directory: mkdtempSync(join(tmpdir(), 'log-archiver-scenario-')), now, itemOrderSeed });
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

  public start(input: ArchiveRequest | object): Execution {
    return this.stack.stateMachine.startExecution(input);
  }

  /** Runs an execution to its end. Everything it did is in the answer. */
  public async run(input: ArchiveRequest | object): Promise<Run> {
    return this.runToEnd(this.start(input));
  }

  public async runToEnd(execution: Execution): Promise<Run> {
    const result = await this.aws.waitFor(execution);
    const outcomes = execution.events
      .filter(
        ({ type, state }) => type === 'StateExited' && ['Archived', 'Skipped', 'Failed'].includes(state?.name ?? ''),
      )
      .map(({ state }) => state?.output as ArchiveReport['outcomes'][number]);
    return { result, outcomes };
  }

  /** The calls of an operation that reached AWS, with when and the error that was answered. */
  public callsOf(operation: string) {
    return this.aws.requestHandler.calls.filter((call) => call.operation === operation);
  }

  /** The objects below a prefix of the archive, without the task ids that nobody knows beforehand. */
  public objects(prefix = ''): string[] {
    const uuid = /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/;
    return this.aws.files
      .listObjects(this.bucketName, prefix)
      .map((key) => key.replace(uuid, '<task>'))
      .sort();
  }

  public get bucketName(): string {
    return String(this.stack.bucketNames[0]);
  }
}

export interface Run {
  result: Awaited<Execution['result']>;
  outcomes: ArchiveReport['outcomes'];
}
