import type { RunInput } from '@log-archiver/core';
import type { Fault } from '@log-archiver/local-aws';
import { Stack, TimeZone } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogArchiver } from 'cdk-log-archiver';
import { Archiver, ORDERS, PAYMENTS } from '../archiver';
import { synthesize } from '../synthesize';
import { expectIdle } from './completeness/after-every-run';
import { SCHEDULED } from './october-scenario';

const START_COMMAND = 'aws stepfunctions start-execution --region ap-northeast-1 --state-machine-arn';

/** An archiver of two log groups with a notification topic. */
const synthesized = synthesize((app) => {
  const stack = new Stack(app, 'Operators', { env: { account: '123456789012', region: 'ap-northeast-1' } });
  new LogArchiver(stack, 'LogArchiver', {
    logGroups: [ORDERS, PAYMENTS].map((name) => LogGroup.fromLogGroupName(stack, name, name)),
    timeZone: TimeZone.ASIA_TOKYO,
    notificationTopic: new Topic(stack, 'Topic', { topicName: 'operators' }),
  });
  return stack;
});

async function prepareArchiver(...further: string[]): Promise<Archiver> {
  const archiver = new Archiver(synthesized, '2026-10-31T12:00:00Z');
  for (const logGroupName of [ORDERS, PAYMENTS]) {
    await archiver.createLogGroup(logGroupName);
    await archiver.putEvents(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  for (const logGroupName of further) {
    await archiver.createLogGroup(logGroupName);
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

async function run(archiver: Archiver, input: RunInput | object = { period: '2026-10' }) {
  const execution = archiver.start(input);
  const { result, report } = await archiver.waitFor(execution);
  await expectIdle(archiver, [execution]);
  return { execution, result, report, messages: archiver.aws.topics.messages };
}

const refusesToPublish: Fault<unknown> = async () => {
  throw Object.assign(new Error('not authorized to perform: SNS:Publish'), { name: 'SNS.AuthorizationErrorException' });
};

describe('a notification', () => {
  it('is sent once for a failed run, with the command to retry', async () => {
    const archiver = await prepareArchiver();
    archiver.aws.logs.exportTasks.script(ORDERS, { ends: 'FAILED' });
    archiver.aws.logs.exportTasks.script(ORDERS, { ends: 'FAILED' });
    const { execution, result, report, messages } = await run(archiver);
    const { stateMachineArn } = archiver.stack.stateMachine;
    const key = archiver.aws.buckets
      .listObjects(archiver.bucketName, '_log-archiver/runs/')
      .find((each) => each.endsWith('report.json'));
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(messages).toEqual([
      {
        topicArn: 'arn:aws:sns:ap-northeast-1:123456789012:operators',
        subject: 'LogArchiver: 1 of 2 FAILED, 2026-10, 123456789012, ap-northeast-1',
        message: `1 of 2 log groups × periods have status FAILED: 2026-10, account 123456789012, Region ap-northeast-1.

ARCHIVED: 1. SKIPPED: 0. FAILED: 1. LOST: 0.

FAILED:
  2026-10  /shop/orders  FAILED: export task ${report?.items.at(-1)?.taskId} of log group /shop/orders is FAILED: Internal failure

Each scheduled run retries what failed. To retry now:

  ${START_COMMAND} ${stateMachineArn} --input '{"period":"2026-10"}'

Run: ${execution.executionArn}
Report: s3://${archiver.bucketName}/${key}
What to do: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archiveincomplete`,
        publishedAt: expect.any(Number),
      },
    ]);
  });

  it('is not sent for a dry run, a run that succeeded, or a run that found nothing to do', async () => {
    const archiver = await prepareArchiver();
    for (const input of [{ period: '2026-10', dryRun: true }, { period: '2026-10' }, { period: '2026-10' }]) {
      const { result, messages } = await run(archiver, input);
      expect([result.status, messages]).toEqual(['SUCCEEDED', []]);
    }
  });

  it('is retried for 5 minutes if the topic refuses, and the run ends with the same error', async () => {
    const archiver = await prepareArchiver();
    archiver.aws.logs.exportTasks.script(ORDERS, { ends: 'FAILED' });
    archiver.aws.logs.exportTasks.script(ORDERS, { ends: 'FAILED' });
    archiver.aws.functionFaults.inject(refusesToPublish, { of: 'sns:publish' });
    const { execution, result, messages } = await run(archiver);
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

  it('is sent once for a run whose planning failed, which ends with the error of the planner', async () => {
    const archiver = await prepareArchiver();
    const { execution, result, messages } = await run(archiver, { period: 'October' });
    expect(result).toMatchObject({ status: 'FAILED', error: 'InvalidArchiveRequest' });
    const { cause } = result as { cause: string };
    expect(JSON.parse(cause)).toMatchObject({
      errorType: 'InvalidArchiveRequest',
      errorMessage: expect.stringContaining('"October"'),
    });
    const { executionArn } = execution;
    // The interpreter's States.Format removes the backslash before each quote; AWS does not.
    const printedCause = cause.replaceAll('\\"', '"');
    expect(messages).toEqual([
      {
        topicArn: 'arn:aws:sns:ap-northeast-1:123456789012:operators',
        subject: 'LogArchiver: planning a run failed, 123456789012, ap-northeast-1',
        message:
          `LogArchiver could not plan the run ${executionArn} in account 123456789012, ap-northeast-1. The run archived nothing ` +
          `more and failed with InvalidArchiveRequest: ${printedCause} The next daily run retries. To retry now: ` +
          `${START_COMMAND} ${archiver.stack.stateMachine.stateMachineArn} --input "$(aws stepfunctions describe-execution --region ap-northeast-1 ` +
          `--execution-arn ${executionArn} --query input --output text)" ` +
          'Runbook: https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#planarchive-failed',
        publishedAt: expect.any(Number),
      },
    ]);
  });

  it('does not change the error of a run whose planning failed if the topic refuses', async () => {
    const archiver = await prepareArchiver();
    archiver.aws.functionFaults.inject(refusesToPublish, { of: 'sns:publish' });
    const { result } = await run(archiver, { period: 'October' });
    expect(result).toMatchObject({
      status: 'FAILED',
      error: 'InvalidArchiveRequest',
      cause: expect.stringContaining('October'),
    });
  });

  it('stays small if 100 log groups with the longest names fail', async () => {
    const logGroups = Array.from({ length: 100 }, (_, index) => ({
      logGroupName: `/${String(index).padStart(511, '0')}`,
      s3Prefix: `${'x'.repeat(440)}${index}`,
    }));
    const archiver = await prepareArchiver(...logGroups.map(({ logGroupName }) => logGroupName));
    const deniesAccess: Fault<unknown> = async () => {
      throw Object.assign(new Error('no'), { name: 'AccessDeniedException' });
    };
    archiver.aws.functionFaults.inject(deniesAccess, { of: 'ExportLogToS3' });
    const { result, messages } = await run(archiver, { period: '2026-10', logGroups });
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(messages).toHaveLength(1);
    expect(messages[0]?.subject).toBe('LogArchiver: 100 of 100 FAILED, 2026-10, 123456789012, ap-northeast-1');
    expect(messages[0]?.message).toContain('and 92 more; see the report');
    expect(Buffer.byteLength(String(messages[0]?.message))).toBeLessThan(16_384);
  });
});
