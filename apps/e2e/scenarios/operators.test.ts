import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunInput } from '@log-archiver/core';
import type { Fault, SynthesizedStack } from '@log-archiver/local-aws';
import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogArchiver } from 'cdk-log-archiver';
import { Archiver, ORDERS, PAYMENTS } from '../archiver';
import { expectNothingGoesOn } from './after-every-run';
import { SCHEDULED } from './run-of-october';

const START = 'aws stepfunctions start-execution --region ap-northeast-1 --state-machine-arn';

/** An archiver of two log groups, which tells a topic. */
function synthesize(): SynthesizedStack {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-')) });
  const stack = new Stack(app, 'Operators', { env: { account: '123456789012', region: 'ap-northeast-1' } });
  new LogArchiver(stack, 'LogArchiver', {
    logGroups: [ORDERS, PAYMENTS].map((name) => LogGroup.fromLogGroupName(stack, name, name)),
    timeZone: TimeZone.ASIA_TOKYO,
    notificationTopic: new Topic(stack, 'Topic', { topicName: 'operators' }),
  });
  const assembly = app.synth();
  return {
    stackName: 'Operators',
    template: assembly.getStackByName('Operators').template,
    assetDirectory: assembly.directory,
  };
}

const synthesized = synthesize();

async function archiver(...further: string[]): Promise<Archiver> {
  const made = new Archiver(synthesized, '2026-10-31T12:00:00Z');
  for (const logGroupName of [ORDERS, PAYMENTS]) {
    await made.createLogGroup(logGroupName);
    await made.put(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  for (const logGroupName of further) {
    await made.createLogGroup(logGroupName);
  }
  await made.aws.clock.moveTo(SCHEDULED);
  return made;
}

async function run(made: Archiver, input: RunInput | object = { period: '2026-10' }) {
  const execution = made.start(input);
  const { result, report } = await made.runToEnd(execution);
  await expectNothingGoesOn(made, [execution]);
  return { execution, result, report, messages: made.aws.topics.messages };
}

const refuse: Fault<unknown> = async () => {
  throw Object.assign(new Error('not authorized to perform: SNS:Publish'), { name: 'SNS.AuthorizationErrorException' });
};

describe('the operators', () => {
  it('get one message of a run that failed, with what it takes to make it good', async () => {
    const made = await archiver();
    made.aws.logs.exportTasks.arrange(ORDERS, { ends: 'FAILED' });
    made.aws.logs.exportTasks.arrange(ORDERS, { ends: 'FAILED' });
    const { execution, result, messages } = await run(made);
    const { stateMachineArn } = made.stack.stateMachine;
    const key = made.aws.files
      .listObjects(made.bucketName, '_log-archiver/runs/')
      .find((each) => each.endsWith('report.json'));
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(messages).toEqual([
      {
        topicArn: 'arn:aws:sns:ap-northeast-1:123456789012:operators',
        subject: 'LogArchiver: 1 of 2 FAILED, 2026-10, 123456789012, ap-northeast-1',
        message: `1 of 2 log groups and periods are not archived, of 2026-10 in account 123456789012, ap-northeast-1.

Archived: 1. Skipped: 0. FAILED: 1. At risk: 0.

FAILED:
  2026-10  /shop/orders  FAILED

A daily run tries the last 3 periods again by itself. To do it now:

  ${START} ${stateMachineArn} --input '{"period":"2026-10"}'

The run: ${execution.executionArn}
The report: s3://${made.bucketName}/${key}
What an error means: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/operations.md`,
        publishedAt: expect.any(Number),
      },
    ]);
  });

  it('get none of a run that succeeded, of a rehearsal, or of one that made good', async () => {
    const made = await archiver();
    for (const input of [{ period: '2026-10', dryRun: true }, { period: '2026-10' }, { period: '2026-10' }]) {
      const { result, messages } = await run(made, input);
      expect([result.status, messages]).toEqual(['SUCCEEDED', []]);
    }
  });

  it('do not change how a run ends by a topic that refuses, which is asked for 5 minutes', async () => {
    const made = await archiver();
    made.aws.logs.exportTasks.arrange(ORDERS, { ends: 'FAILED' });
    made.aws.logs.exportTasks.arrange(ORDERS, { ends: 'FAILED' });
    made.aws.functionFaults.inject(refuse, { of: 'sns:publish' });
    const { execution, result, messages } = await run(made);
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'ArchiveIncomplete',
      cause: expect.stringContaining(ORDERS),
    });
    expect(messages).toEqual([]);
    expect(
      execution.events.filter(({ type, state }) => type === 'StateRetried' && state?.name === 'TellOperator'),
    ).toHaveLength(30);
  });

  it('get one message of a run that could not be planned, which ends with the error of the planner', async () => {
    const made = await archiver();
    const { execution, result, messages } = await run(made, { period: 'October' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'InvalidArchiveRequest' });
    const { cause } = result as { cause: string };
    expect(JSON.parse(cause)).toMatchObject({
      errorType: 'InvalidArchiveRequest',
      errorMessage: expect.stringContaining('"October"'),
    });
    const { executionArn } = execution;
    // The interpreter's States.Format takes a backslash away before each quote; AWS does not.
    const told = cause.replaceAll('\\"', '"');
    expect(messages).toEqual([
      {
        topicArn: 'arn:aws:sns:ap-northeast-1:123456789012:operators',
        subject: 'LogArchiver: a run FAILED without a plan, 123456789012, ap-northeast-1',
        message:
          `LogArchiver could not plan the run ${executionArn} in account 123456789012, ap-northeast-1: nothing more of it is ` +
          `archived. It FAILED with InvalidArchiveRequest: ${told} A daily run tries again by itself. To do it now: ` +
          `${START} ${made.stack.stateMachine.stateMachineArn} --input "$(aws stepfunctions describe-execution --region ap-northeast-1 ` +
          `--execution-arn ${executionArn} --query input --output text)"`,
        publishedAt: expect.any(Number),
      },
    ]);
  });

  it('do not change how a run without a plan ends by a topic that refuses', async () => {
    const made = await archiver();
    made.aws.functionFaults.inject(refuse, { of: 'sns:publish' });
    const { result } = await run(made, { period: 'October' });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'InvalidArchiveRequest',
      cause: expect.stringContaining('October'),
    });
  });

  it('get a message of 100 log groups with the longest names, all of which failed', async () => {
    const logGroups = Array.from({ length: 100 }, (_, index) => ({
      logGroupName: `/${String(index).padStart(511, '0')}`,
      s3Prefix: `${'x'.repeat(440)}${index}`,
    }));
    const made = await archiver(...logGroups.map(({ logGroupName }) => logGroupName));
    const deny: Fault<unknown> = async () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    };
    made.aws.functionFaults.inject(deny, { of: 'ExportLogToS3' });
    const { result, messages } = await run(made, { period: '2026-10', logGroups });
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.subject).toBe('LogArchiver: 100 of 100 FAILED, 2026-10, 123456789012, ap-northeast-1');
    expect(messages[0]?.message).toContain('and 90 more, which the report names');
    expect(Buffer.byteLength(String(messages[0]?.message))).toBeLessThan(16_384);
  });
});
