import { EXECUTION, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { receiptKey } from '@log-archiver/core';
import { World, withInput } from '../world';

const WEB = { logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' };
const KEY = receiptKey(PARAMETERS, WEB, null);
const SECOND = { ...EXECUTION, name: 'second', id: 'second', startedAt: '2026-11-03T03:00:01.000Z' };
const CAUSE = `${KEY}: receipt must be JSON, got 0 characters of something else`;

let world: World;
beforeEach(() => {
  world = new World(['/app/web']);
});

/** Puts an empty object at the key of the receipt. */
function putInvalid(key = KEY) {
  world.aws.buckets.putObject('archive', key, '');
}

it('archives a log group whose receipt is invalid, with a receipt beside it, and fails the run', async () => {
  putInvalid();
  const { items, summary } = await world.run();

  expect(items).toMatchObject([{ logGroupName: '/app/web', force: true, adoptAfter: null }]);
  expect(summary).toMatchObject({
    status: 'INCOMPLETE',
    failed: 1,
    first: [{ error: 'ReceiptInvalid', cause: CAUSE }],
  });
  expect(summary?.notification?.message).toContain('ReceiptInvalid');
  expect(world.readReport().items).toMatchObject([
    { status: 'FAILED', error: 'ReceiptInvalid', cause: CAUSE },
    { status: 'ARCHIVED', taskId: 'task of /app/web' },
  ]);
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'COMPLETE', archived: 1, failed: 0 });
});

it('reports an invalid receipt once, if a valid one is beside it', async () => {
  putInvalid();
  await world.run();
  const { items, summary } = await world.run({ execution: SECOND });

  expect(items).toEqual([]);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 1, failed: 0 });
});

it('reports an invalid receipt in each run while the log group is not archived', async () => {
  putInvalid();
  const failed = () => ({ status: 'FAILED' as const, error: 'AccessDenied' });
  await world.run({}, failed);
  const { summary } = await world.run({ execution: SECOND }, failed);

  expect(summary?.first).toMatchObject([{ error: 'ReceiptInvalid' }, { error: 'AccessDenied' }]);
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'INCOMPLETE', archived: 0 });
});

it('reports an invalid receipt beside a valid one, and exports nothing', async () => {
  await world.run();
  putInvalid(receiptKey(PARAMETERS, WEB, '2026-11-02T05:00:00.000Z'));
  const { items, summary } = await world.run({ execution: SECOND });

  expect(items).toEqual([]);
  expect(summary).toMatchObject({ status: 'INCOMPLETE', first: [{ error: 'ReceiptInvalid' }] });
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'COMPLETE' });
});

it('reports a receipt that became invalid while the run exported', async () => {
  const { summary } = await world.run({}, () => {
    putInvalid();
    return { status: 'FAILED', error: 'ReceiptInvalid', cause: 'the receipt of another' };
  });

  expect(summary).toMatchObject({ status: 'INCOMPLETE', first: [{ error: 'ReceiptInvalid' }, { cause: CAUSE }] });
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'INCOMPLETE' });
});

it.each([
  ['some log groups', { logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] }],
  ['a dry run', { dryRun: true }],
])('reports an invalid receipt once in a run for %s, which remembers nothing', async (_, input) => {
  putInvalid();
  const { summary } = await world.run(withInput(input));

  expect(summary?.first.filter(({ error }) => error === 'ReceiptInvalid')).toHaveLength(1);
});
