import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { type DeployedStack, LocalAws, type SynthesizedStack } from '@log-archiver/local-aws';
import { App, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogArchiver } from 'cdk-log-archiver';
import { ACCOUNT, REGION } from './archive';

export const LOG_GROUPS = ['/shop/cart', '/shop/orders', '/shop/payments'];

const assembly = mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-'));
process.once('exit', () => rmSync(assembly, { recursive: true, force: true }));

/** Archiver of three log groups, as `cdk synth` writes it. */
const synthesized = synthesize();

function synthesize(): SynthesizedStack {
  const app = new App({ outdir: assembly });
  const stack = new Stack(app, 'Archive', { env: { account: ACCOUNT, region: REGION } });
  new LogArchiver(stack, 'LogArchiver', {
    logGroups: LOG_GROUPS.map((name) => LogGroup.fromLogGroupName(stack, name, name)),
  });
  const { directory, stacks } = app.synth();
  return { stackName: stack.stackName, template: stacks[0]?.template, assetDirectory: directory };
}

/** An archiver, deployed to its own local AWS on the 2nd of November, with an event of October in each log group. */
export class TestArchiver {
  public readonly aws = new LocalAws({ now: '2026-10-31T12:00:00Z', accountId: ACCOUNT, region: REGION });
  public readonly stack: DeployedStack = this.aws.deploy(synthesized);

  public static async create(): Promise<TestArchiver> {
    const archiver = new TestArchiver();
    const logs = new CloudWatchLogsClient(archiver.aws.clientConfig);
    for (const logGroupName of LOG_GROUPS) {
      await logs.send(new CreateLogGroupCommand({ logGroupName }));
      await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName: 'a' }));
      const logEvents = [{ timestamp: archiver.aws.clock.now(), message: 'sold' }];
      await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName: 'a', logEvents }));
    }
    await archiver.aws.clock.moveTo('2026-11-02T03:00:00Z');
    return archiver;
  }

  public get stateMachineArn(): string {
    return this.stack.stateMachine.stateMachineArn;
  }

  /** Inputs of the executions, oldest first. */
  public get inputs(): unknown[] {
    return this.stack.stateMachine.executions.map(({ input }) => input);
  }

  /** Lets virtual time pass while a command waits. */
  public readonly wait = (milliseconds: number) => this.aws.clock.passUntil(this.aws.clock.sleep(milliseconds));
}
