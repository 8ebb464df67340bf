import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Statement, SynthesizedStack } from '@log-archiver/local-aws';
import { App, Stack, TimeZone } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogArchiver } from 'cdk-log-archiver';
import { Archiver, ORDERS, PAYMENTS } from '../archiver';
import { expectNothingSilent } from './after-every-run';
import { SCHEDULED } from './run-of-october';

/** An archiver with all there is: a key of the customer, and a topic with another one. */
const synthesized = synthesize();

function synthesize(): SynthesizedStack {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-')) });
  const stack = new Stack(app, 'Hardened', { env: { account: '123456789012', region: 'ap-northeast-1' } });
  new LogArchiver(stack, 'LogArchiver', {
    logGroups: [ORDERS, PAYMENTS].map((name) => LogGroup.fromLogGroupName(stack, name, name)),
    timeZone: TimeZone.ASIA_TOKYO,
    encryptionKey: new Key(stack, 'Key'),
    notificationTopic: new Topic(stack, 'Topic', { topicName: 'operators', masterKey: new Key(stack, 'TopicKey') }),
  });
  const assembly = app.synth();
  return {
    stackName: 'Hardened',
    template: assembly.getStackByName('Hardened').template,
    assetDirectory: assembly.directory,
  };
}

/** The same, where the roles may do none of this; and how many statements said that they may. */
function without(action: string) {
  const template = structuredClone(synthesized.template);
  const documents = Object.values(template.Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::Policy')
    .map(({ Properties }) => Properties?.PolicyDocument as { Statement: Statement[] });
  const count = () => documents.reduce((sum, { Statement }) => sum + Statement.length, 0);
  const before = count();
  for (const document of documents) {
    document.Statement = document.Statement.filter(({ Action }) => ![Action].flat().includes(action));
  }
  return { stack: { ...synthesized, template }, removed: before - count() };
}

/** A run of October, held to the policies of the stack. */
async function run(stack: SynthesizedStack, failing: string[] = []) {
  const archiver = new Archiver(stack, '2026-10-31T12:00:00Z', true);
  for (const logGroupName of [ORDERS, PAYMENTS]) {
    await archiver.createLogGroup(logGroupName);
    await archiver.put(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  for (const logGroupName of failing) {
    archiver.aws.logs.exportTasks.arrange(logGroupName, { ends: 'FAILED' }, { ends: 'FAILED' });
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  const execution = archiver.start({ period: '2026-10' });
  const ended = await archiver.runToEnd(execution);
  expectNothingSilent(archiver, ended, [ORDERS, PAYMENTS]);
  const { requestHandler, topics } = archiver.aws;
  const denials = requestHandler.calls.filter(({ error }) => error?.startsWith('AccessDenied'));
  const refusals = execution.events.filter(
    ({ type, state }) => type === 'StateRetried' && state?.name === 'TellOperator',
  );
  return { archiver, ended, denials, refusals, messages: topics.messages };
}

describe('a hardened archiver, held to its policies', () => {
  it('archives, and has nothing to tell', async () => {
    const { archiver, ended, denials, messages } = await run(synthesized);
    expect(ended.result).toMatchObject({ status: 'SUCCEEDED' });
    expect(archiver.receipts).toHaveLength(2);
    expect([denials, messages]).toEqual([[], []]);
  });

  it('tells the operators of a run that failed', async () => {
    const { archiver, ended, refusals, messages } = await run(synthesized, [ORDERS]);
    expect(ended.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(messages.map(({ subject }) => subject)).toEqual([
      'LogArchiver: 1 of 2 FAILED, 2026-10, 123456789012, ap-northeast-1',
    ]);
    expect([refusals, archiver.receipts.length]).toEqual([[], 1]);
  });

  it('that may not publish ends as it would have ended, and publishes nothing', async () => {
    const { stack, removed } = without('sns:Publish');
    expect(removed).toBe(1);
    const { archiver, ended, refusals, messages } = await run(stack, [ORDERS]);
    expect(ended.result).toMatchObject({
      ...{ status: 'FAILED', error: 'ArchiveIncomplete' },
      cause: expect.stringContaining(ORDERS),
    });
    expect(messages).toEqual([]);
    expect([refusals.length, archiver.receipts.length]).toEqual([30, 1]);
  });

  it('that may not start exports says so of every log group, and to the operators', async () => {
    const { stack, removed } = without('logs:CreateExportTask');
    expect(removed).toBe(1);
    const { archiver, ended, denials, messages } = await run(stack);
    expect(ended.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(ended.outcomes.map(({ error }) => error)).toEqual(['AccessDeniedException', 'AccessDeniedException']);
    expect(new Set(denials.map(({ operation }) => operation))).toEqual(new Set(['CreateExportTask']));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.message).toContain('AccessDeniedException');
    expect(archiver.receipts).toEqual([]);
  });
});
