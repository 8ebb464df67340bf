import type { Statement, SynthesizedStack } from '@log-archiver/local-aws';
import { requiresEvaluator } from '@log-archiver/local-aws';
import { Stack, TimeZone } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogArchiver } from 'cdk-log-archiver';
import { Archiver, ORDERS, PAYMENTS } from '../../archiver';
import { synthesize } from '../../synthesize';
import { expectEverythingReported } from '../completeness/after-every-run';
import { SCHEDULED } from '../october-scenario';

/** An archiver with every optional part: a customer-managed key, and a topic with another one. */
const synthesized = synthesize((app) => {
  const stack = new Stack(app, 'Hardened', { env: { account: '123456789012', region: 'ap-northeast-1' } });
  new LogArchiver(stack, 'LogArchiver', {
    logGroups: [ORDERS, PAYMENTS].map((name) => LogGroup.fromLogGroupName(stack, name, name)),
    timeZone: TimeZone.ASIA_TOKYO,
    encryptionKey: new Key(stack, 'Key'),
    notificationTopic: new Topic(stack, 'Topic', { topicName: 'operators', masterKey: new Key(stack, 'TopicKey') }),
  });
  return stack;
});

/** Removes the statements that allow an action from the roles. Returns also how many there were. */
function removePermission(action: string) {
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

/** Runs the archiver for October under the policies of the stack. */
async function run(stack: SynthesizedStack, failing: string[] = []) {
  const archiver = new Archiver(stack, '2026-10-31T12:00:00Z', { enforcePolicies: true });
  for (const logGroupName of [ORDERS, PAYMENTS]) {
    await archiver.createLogGroup(logGroupName);
    await archiver.putEvents(logGroupName, '2026-10-31T12:00:00.000Z');
  }
  for (const logGroupName of failing) {
    archiver.aws.logs.exportTasks.script(logGroupName, { ends: 'FAILED' }, { ends: 'FAILED' });
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  const execution = archiver.start({ period: '2026-10' });
  const finished = await archiver.waitFor(execution);
  expectEverythingReported(archiver, finished, [ORDERS, PAYMENTS]);
  const { requestHandler, topics } = archiver.aws;
  const denials = requestHandler.calls.filter(({ error }) => error?.startsWith('AccessDenied'));
  const refusals = execution.events.filter(
    ({ type, state }) => type === 'StateRetried' && state?.name === 'TellOperator',
  );
  return { archiver, finished, denials, refusals, messages: topics.messages };
}

requiresEvaluator(describe)('a hardened archiver under its own policies', () => {
  it('archives, and sends no notification', async () => {
    const { archiver, finished, denials, messages } = await run(synthesized);
    expect(finished.result).toMatchObject({ status: 'SUCCEEDED' });
    expect(archiver.receipts).toHaveLength(2);
    expect([denials, messages]).toEqual([[], []]);
  });

  it('notifies the operators of a failed run', async () => {
    const { archiver, finished, refusals, messages } = await run(synthesized, [ORDERS]);
    expect(finished.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(messages.map(({ subject }) => subject)).toEqual([
      'LogArchiver: 1 of 2 FAILED, 2026-10, 123456789012, ap-northeast-1',
    ]);
    expect([refusals, archiver.receipts.length]).toEqual([[], 1]);
  });

  it('ends with the same error without permission to publish', async () => {
    const { stack, removed } = removePermission('sns:Publish');
    // The role of the state machine, and that of the event rules.
    expect(removed).toBe(2);
    const { archiver, finished, refusals, messages } = await run(stack, [ORDERS]);
    expect(finished.result).toMatchObject({
      ...{ status: 'FAILED', error: 'ArchiveIncomplete' },
      cause: expect.stringContaining(ORDERS),
    });
    expect(messages).toEqual([]);
    expect([refusals.length, archiver.receipts.length]).toEqual([30, 1]);
  });

  it('reports every log group and notifies the operators without permission to start exports', async () => {
    const { stack, removed } = removePermission('logs:CreateExportTask');
    expect(removed).toBe(1);
    const { archiver, finished, denials, messages } = await run(stack);
    expect(finished.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(finished.outcomes.map(({ error }) => error)).toEqual(['AccessDeniedException', 'AccessDeniedException']);
    expect(new Set(denials.map(({ operation }) => operation))).toEqual(new Set(['CreateExportTask']));
    expect(messages).toHaveLength(1);
    expect(messages[0]?.message).toContain('AccessDeniedException');
    expect(archiver.receipts).toEqual([]);
  });
});
