import { createLoss, DAY_MS, HOUR_MS } from '@log-archiver/core';
import { type LocalAws, refuses } from '@log-archiver/local-aws';
import { updateLogGroup } from '../src/current-log-group';
import { createClients, FROM, OCTOBER_REQUEST, startOctoberAws } from './october-request';

const { item, task } = OCTOBER_REQUEST;
const { createdAt } = item.logGroup;

let aws: LocalAws;
beforeEach(() => {
  aws = startOctoberAws();
});

/** Returns the item after the log group of the account was read. */
async function update(request = OCTOBER_REQUEST) {
  return (await updateLogGroup(request, createClients(aws))).item;
}

function recreate(at: number) {
  aws.logs.logGroups.delete({ logGroupName: '/app/web' });
  aws.logs.logGroups.create({ logGroupName: '/app/web' }, at);
}

it.each<[string, number, number | null, number | null]>([
  ['keeps the retention of a log group that has not changed', 90, 90, 90],
  ['takes a retention that was shortened', 90, 7, 7],
  ['takes a retention that was set', null as never, 7, 7],
  ['keeps a retention that was raised', 7, 90, 7],
  ['keeps a retention that was removed', 90, null, 90],
])('%s', async (_, planned, current, expected) => {
  if (current !== null) {
    aws.logs.logGroups.putRetentionPolicy({ logGroupName: '/app/web', retentionInDays: current });
  }
  const request = { ...OCTOBER_REQUEST, item: { ...item, logGroup: { ...item.logGroup, retentionInDays: planned } } };

  expect(await update(request)).toEqual({ ...item, logGroup: { ...item.logGroup, retentionInDays: expected } });
});

it('reports what is lost of a log group that was created again before the task ended', async () => {
  const again = task.createdAt - HOUR_MS;
  recreate(again);

  expect(await update()).toMatchObject({
    logGroup: { createdAt: again, retentionInDays: null, removedBefore: null },
    losses: [createLoss('LogGroupRecreated', { from: FROM, to: item.periodTo })],
  });
});

it('reports the time before the log group was created again, if that was in the period', async () => {
  const again = FROM + 3 * DAY_MS;
  recreate(again);

  expect((await update()).losses).toEqual([createLoss('LogGroupRecreated', { from: FROM, to: again - 1 })]);
});

it.each([
  ['was created again after the task ended', () => recreate(task.completedAt + 1)],
  ['was deleted', () => aws.logs.logGroups.delete({ logGroupName: '/app/web' })],
])('changes nothing if the log group %s', async (_, change) => {
  change();

  expect(await update()).toEqual(item);
});

it('throws if CloudWatch Logs refuses to describe the log group', async () => {
  aws.faults.inject(refuses('AccessDeniedException', 'no', 400), { of: 'DescribeLogGroups' });

  await expect(update()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  expect(createdAt).toBeLessThan(FROM);
});
