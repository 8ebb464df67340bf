import type { ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import { type ArchiveOutcome, exportTaskName } from '@log-archiver/core';
import { settle } from '../../src/page/outcomes';
import { RunFiles } from '../../src/run-store';
import { OCTOBER_ITEM } from '../october-item';
import { EXECUTION, REQUEST, SECOND, World } from '../world';

const STARTED = Date.parse(EXECUTION.startedAt);
const OURS: ExportTask = {
  taskId: 'lost',
  taskName: exportTaskName(OCTOBER_ITEM, 'archive'),
  status: { code: 'RUNNING' },
  executionInfo: { creationTime: STARTED },
};

function settled(changes: Partial<ArchiveOutcome>, tasks: ExportTask[] = [], items = [OCTOBER_ITEM]) {
  const { services, outcome } = new World();
  const request = {
    ...REQUEST,
    outcomes: [{ ...outcome.call({ putReceipt() {} } as never, OCTOBER_ITEM), ...changes }],
  };
  const order = { scheduledTime: '', period: null, logGroups: null, dryRun: false, force: false };
  const start = { periods: [], logGroupFiles: [] };
  return settle(items, tasks, true, {
    request,
    order,
    start,
    files: new RunFiles(request, services),
    services,
    now: 0,
  });
}

const UNHEARD = { status: 'FAILED' as const, error: 'Lambda.Unknown', taskId: null, destinationPrefix: null };

it.each<[string, ExportTask]>([
  ['runs', OURS],
  ['is pending', { ...OURS, status: { code: 'PENDING' } }],
  ['has completed', { ...OURS, status: { code: 'COMPLETED' } }],
])('a task that %s, though nobody heard its id, is named', async (_, task) => {
  const { reported } = await settled(UNHEARD, [{}, task]);

  expect(reported).toMatchObject([{ taskId: 'lost', destinationPrefix: '2026/10/app/web', error: 'Lambda.Unknown' }]);
});

it.each<[string, ExportTask]>([
  ['FAILED', { ...OURS, status: { code: 'FAILED' } }],
  ['is of another name', { ...OURS, taskName: exportTaskName({ ...OCTOBER_ITEM, to: 0 }, 'archive') }],
  ['was created before the run', { ...OURS, executionInfo: { creationTime: STARTED - 1 * SECOND } }],
])('a task that %s is not', async (_, task) => {
  expect((await settled(UNHEARD, [task])).reported).toMatchObject([{ taskId: null, destinationPrefix: null }]);
});

it('a task whose id is known is not looked for, nor one of an item that is archived or passed over', async () => {
  expect((await settled({ ...UNHEARD, taskId: 'known' }, [OURS])).reported).toMatchObject([{ taskId: 'known' }]);
  expect((await settled({ ...UNHEARD, status: 'SKIPPED' }, [OURS])).reported).toMatchObject([{ taskId: null }]);
});

it.each<[Partial<ArchiveOutcome>, string[]]>([
  [{}, []],
  [{ leftover: "another run's receipt was there first: other" }, ["another run's receipt was there first: other"]],
  [{ status: 'FAILED', error: 'FAILED' }, ['its export task ended with FAILED']],
  [{ status: 'FAILED', error: 'CANCELLED' }, ['its export task ended with CANCELLED']],
  [{ status: 'FAILED', error: 'ExportTaskGivenUp' }, ['its export task ended with ExportTaskGivenUp']],
  [{ status: 'FAILED', error: 'FAILED', taskId: null }, []],
  [{ status: 'FAILED', error: 'AccessDenied' }, []],
  [{ status: 'FAILED', error: 'ArchiveEmpty' }, []],
])('of an outcome with %j what is left over is %j', async (changes, whys) => {
  const { leftovers } = await settled(changes);
  const { logGroupName, period, destinationPrefix } = OCTOBER_ITEM;

  expect(leftovers).toEqual(
    whys.map((why) => ({ taskId: 'task of /app/web', logGroupName, period, destinationPrefix, why })),
  );
});

it('a second copy, made while AWS did not show the first, is left over: the receipt has one', async () => {
  const inReceipt = { ...OURS, taskId: 'task of /app/web' };
  const others = [
    { ...OURS, taskId: 'failed', status: { code: 'FAILED' as const } },
    { ...OURS, taskId: 'older', executionInfo: { creationTime: STARTED - 1 } },
  ];
  const why = 'the receipt has another export task of the same: task of /app/web';

  expect((await settled({}, [OURS, inReceipt, ...others])).leftovers).toMatchObject([
    { taskId: 'lost', why },
    { taskId: 'failed', why: 'its export task ended with FAILED' },
  ]);
});

it('a second copy of what FAILED is left over, unless a later run takes it, which its receipt says', async () => {
  const second = { ...OURS, taskId: 'task of /app/web' };
  const why = 'another export task of the same is task of /app/web: the receipt of a later run says which it has';

  expect((await settled({ status: 'FAILED', error: 'X' }, [second, OURS])).leftovers).toMatchObject([
    { taskId: 'lost', why },
  ]);
  expect((await settled(UNHEARD, [second, OURS])).leftovers).toMatchObject([{ taskId: 'lost', why }]);
  expect((await settled({ status: 'FAILED', error: 'FAILED' }, [second, OURS])).leftovers).toHaveLength(1);
});

it('parts of a period have outcomes of their own', async () => {
  const rest = { ...OCTOBER_ITEM, from: OCTOBER_ITEM.from + 1 };

  expect((await settled({}, [], [rest, OCTOBER_ITEM])).reported.map(({ error }) => error)).toEqual(['NoOutcome', null]);
});
