import { EXECUTION, NOW, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, createLoss, DAY_MS, HOUR_MS, runPrefix } from '@log-archiver/core';
import { refuses, throttled } from '@log-archiver/local-aws';
import { REQUEST, World } from '../world';

const listNames = (count: number) =>
  Array.from({ length: count }, (_, index) => `/app/${String(index).padStart(4, '0')}`);
const pageKey = (number: number) => `${runPrefix(PARAMETERS, EXECUTION)}pages/${String(number).padStart(5, '0')}.json`;

/** Starts a foreign export task that takes the given number of hours. */
function startForeignTask(world: World, hours: number): string {
  world.aws.logs.exportTasks.script('/their/log', { runningSeconds: hours * 3_600 - 3 });
  const { taskId } = world.aws.logs.exportTasks.create({
    logGroupName: '/their/log',
    from: 0,
    to: Date.parse(NOW),
    destination: 'archive',
  });
  return taskId;
}

const failWith = (error: string, taskId: string | null = null) => ({ status: 'FAILED' as const, error, taskId });

it.each([
  [25, [25, 0]],
  [26, [25, 1, 0]],
  [1_010, [...Array(40).fill(25), 10, 0]],
])('archives %p log groups in pages of %p', async (count, sizes) => {
  const world = new World(listNames(count));
  const { pages, items } = await world.run();

  expect(pages.map((page) => page.items.length)).toEqual(sizes);
  expect(items.map(({ logGroupName }) => logGroupName)).toEqual(listNames(count));
  expect(world.readReport()).toMatchObject({ archived: count, failed: 0 });
  expect(world.listFiles().filter((key) => key.startsWith('log-groups/'))).toHaveLength(Math.ceil(count / 500));
});

it('repeats its decisions in a repeated invocation, whatever has changed', async () => {
  const world = new World(['/app/web']);
  const first = await world.plan();
  world.create('/app/api');
  world.now = () => Date.parse(NOW) + HOUR_MS;

  expect(await world.plan()).toEqual(first);
  const outcomes = first.items.map((item) => world.outcome(item, failWith('FAILED', 'first')));
  const second = await world.plan({ page: 1, outcomes });
  world.now = () => Date.parse(NOW) + 2 * HOUR_MS;
  expect(await world.plan({ page: 1, outcomes: [] })).toEqual(second);
  expect(second.items).toMatchObject([{ logGroupName: '/app/web', attempt: 2 }]);

  const third = await world.plan({ page: 2, outcomes: second.items.map((item) => world.outcome(item)) });
  const report = world.readReport();
  world.now = () => Date.parse(NOW) + 3 * HOUR_MS;
  expect(await world.plan({ page: 2, outcomes: [] })).toEqual(third);
  expect(world.readReport()).toEqual(report);
  expect(third).toMatchObject({ next: 'REPORT', summary: { archived: 1, failed: 0 } });
});

it('ignores log group files left by a crashed invocation', async () => {
  const world = new World(listNames(3));
  const succeeds = <T>(makeCall: () => Promise<T>) => makeCall();
  // The checkpoint, the seen log groups, and the file of log groups are written; the run is not.
  world.aws.faults.injectNext('PutObject', succeeds, succeeds, succeeds, refuses('AccessDenied', 'Access Denied', 403));
  await expect(world.plan()).rejects.toMatchObject({ name: 'AccessDenied' });
  world.create('/app/0000-new');

  const { items } = await world.run();
  expect(items.map(({ logGroupName }) => logGroupName)).toEqual(['/app/0000-new', ...listNames(3)]);
  expect(world.listFiles().filter((key) => key.startsWith('log-groups/'))).toHaveLength(2);
});

it('retries each throttled call in place', async () => {
  const world = new World(['/app/web']);
  for (const operation of ['DescribeLogGroups', 'DescribeExportTasks', 'ListExecutions']) {
    world.aws.faults.injectNext(operation, throttled);
  }

  expect((await world.run()).summary).toMatchObject({ archived: 1 });
  expect(world.waits).toEqual([1_000, 1_000, 1_000]);
});

it('plans retries and parts first, and keeps those without room for the next page', async () => {
  const world = new World(listNames(30));
  const { pages } = await world.run({}, ({ logGroupName, part }) =>
    part === null && logGroupName < '/app/0002' ? failWith('ExportTaskGivenUp', `up ${logGroupName}`) : {},
  );

  // Page 2: 25 days of the first log group. Page 3: its other 6, and 19 of the second. Page 4: its other 12, and the rest.
  expect(pages.map(({ items }) => items.length)).toEqual([25, 25, 25, 17, 0]);
  expect(pages[2]?.items.filter(({ logGroupName }) => logGroupName === '/app/0001')).toHaveLength(19);
  expect(pages[3]?.items.slice(12).map(({ logGroupName }) => logGroupName)).toEqual(listNames(30).slice(25));
  expect(world.readReport()).toMatchObject({ archived: 30, failed: 0 });
  expect(world.readReport().items).toHaveLength(28 + 2 * 31);
  expect(world.readReport().leftovers.map(({ taskId }) => taskId)).toEqual(['up /app/0000', 'up /app/0001']);
});

it('fails an item without an outcome, and one whose result is not an outcome', async () => {
  const world = new World(['/app/api', '/app/web']);
  const { items } = await world.plan();
  const results = [
    null,
    {},
    { ...items[0], status: 'RUNNING' },
    'text',
    { ...items[0], status: 'ARCHIVED', to: 0 },
  ] as never;

  expect(await world.plan({ page: 1, outcomes: results })).toMatchObject({
    next: 'REPORT',
    summary: { failed: 2, first: [{ error: 'NoOutcome' }, { error: 'NoOutcome' }] },
  });
});

it('reports a running task whose id was lost', async () => {
  const world = new World(['/app/web']);
  let taskId = '';
  const { summary } = await world.run({}, (item) => {
    const { taskName, from, to, logGroupName, destinationPrefix } = item;
    const input = { taskName, logGroupName, from, to, destination: 'archive', destinationPrefix };
    ({ taskId } = world.aws.logs.exportTasks.create(input));
    return failWith('Lambda.Unknown');
  });

  expect(summary?.first).toMatchObject([{ error: 'Lambda.Unknown', taskId, destinationPrefix: '2026/10/app/web' }]);
});

it('adds up the time for which its exports used the slot', async () => {
  const world = new World(listNames(27));
  let page = await world.plan();
  for (const hours of [1, 2]) {
    const [item] = page.items as [ArchiveItem];
    const { taskName, from, to, logGroupName, destinationPrefix } = item;
    world.aws.logs.exportTasks.script(logGroupName, { runningSeconds: hours * 3_600 - 3 });
    world.aws.logs.exportTasks.create({ taskName, logGroupName, from, to, destination: 'archive', destinationPrefix });
    await world.aws.clock.moveTo(world.aws.clock.now() + 10 * HOUR_MS);
    page = await world.plan({ page: page.number, outcomes: page.items.map((ended) => world.outcome(ended)) });
  }

  expect(world.read<{ usedMilliseconds: number }>(pageKey(3)).usedMilliseconds).toBe(3 * HOUR_MS);
  expect(world.readMetrics()).toMatchObject({ SlotUse: expect.closeTo((100 * 3) / 20, 1) });
});

describe('the export slot', () => {
  it('has a wait of 48 hours per run, less the time of foreign tasks, which are reported', async () => {
    const world = new World([...listNames(26), '/their/log']);
    const first = await world.plan();
    const taskId = startForeignTask(world, 10);
    await world.aws.clock.moveTo(Date.parse(NOW) + 20 * HOUR_MS);
    const second = await world.plan({ page: 1, outcomes: first.items.map((item) => world.outcome(item)) });

    expect(first.items[0]?.slotDeadline).toBe(Date.parse(NOW) + 48 * HOUR_MS);
    expect(second.items[0]?.slotDeadline).toBe(Date.parse(NOW) + (20 + 48 - 10) * HOUR_MS);
    const last = await world.plan({ page: 2, outcomes: second.items.map((item) => world.outcome(item)) });
    expect(last.next).toBe('REPORT');
    expect(world.readReport().slotHolders).toEqual([{ taskId, logGroupName: '/their/log', seconds: 36_000 }]);
  });

  it('is unavailable to everything that is left when foreign tasks hold it for longer', async () => {
    const world = new World([...listNames(27), '/their/log']);
    const first = await world.plan();
    for (const [index, hours] of [24, 24, 2].entries()) {
      startForeignTask(world, hours);
      await world.aws.clock.moveTo(world.aws.clock.now() + (index < 2 ? hours : 1) * HOUR_MS);
    }
    const outcomes = first.items.map((item, index) =>
      world.outcome(item, index === 0 ? failWith('ExportSlotUnavailable') : index === 1 ? failWith('FAILED', 'x') : {}),
    );
    const second = await world.plan({ page: 1, outcomes });

    expect(second).toMatchObject({ next: 'REPORT', items: [], summary: { archived: 23, failed: 5 } });
    expect(second.summary?.first.map(({ logGroupName, error }) => [logGroupName, error])).toEqual([
      ['/app/0000', 'ExportSlotUnavailable'],
      ['/app/0001', 'ExportSlotUnavailable'],
      ['/app/0025', 'ExportSlotUnavailable'],
      ['/app/0026', 'ExportSlotUnavailable'],
      ['/their/log', 'ExportSlotUnavailable'],
    ]);
    expect(world.readReport().leftovers).toMatchObject([{ taskId: 'x' }]);
  });

  it('is used if it is free when the time to wait is over', async () => {
    const world = new World([...listNames(27), '/their/log']);
    const first = await world.plan();
    for (const hours of [24, 24, 2]) {
      startForeignTask(world, hours);
      await world.aws.clock.moveTo(world.aws.clock.now() + hours * HOUR_MS);
    }

    const second = await world.plan({ page: 1, outcomes: first.items.map((item) => world.outcome(item)) });
    expect(second.items).toHaveLength(3);
    expect(second.items[0]?.slotDeadline).toBe(world.aws.clock.now());
  });
});

it('fails everything that is left after 1,000 pages, and archives nothing twice', async () => {
  const world = new World(listNames(3));
  await world.plan();
  const page = world.read<{ items: ArchiveItem[] }>(pageKey(1));
  const [first, second] = page.items as [ArchiveItem, ArchiveItem];
  const full = { ...page, number: 1_000, items: [first], again: [second], position: { block: 0, file: 0, offset: 2 } };
  world.aws.buckets.putObject('archive', pageKey(1_000), JSON.stringify(full));
  world.aws.buckets.putObject('archive', pageKey(999), JSON.stringify({ ...full, number: 999 }));
  for (let number = 2; number < 999; number++) {
    world.aws.buckets.putObject('archive', pageKey(number), JSON.stringify({ ...full, number }));
  }

  expect(await world.plan({ page: 999, outcomes: [world.outcome(first, failWith('FAILED'))] })).toMatchObject({
    next: 'ARCHIVE',
    number: 1_000,
  });
  const last = await world.plan({ page: 1_000, outcomes: [world.outcome(first, failWith('FAILED'))] });
  expect(last).toMatchObject({ next: 'REPORT', number: 1_001, items: [] });
  expect(last.summary?.first.map(({ logGroupName, error }) => [logGroupName, error])).toEqual([
    ['/app/0000', 'RunFull'],
    ['/app/0001', 'RunFull'],
    ['/app/0002', 'RunFull'],
  ]);
});

it('cuts an item to a retention that advanced during the page', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 33 });
  const { items } = await world.plan();
  await world.aws.clock.moveTo(Date.parse(NOW) + 2 * DAY_MS);
  const retried = await world.plan({
    page: 1,
    outcomes: items.map((item) => world.outcome(item, failWith('InvalidParameterException'))),
  });

  const retained = Date.parse(NOW) + 2 * DAY_MS - 33 * DAY_MS + HOUR_MS;
  expect(items).toMatchObject([{ losses: [] }]);
  expect(retried.items).toEqual([
    {
      ...items[0],
      taskName: expect.not.stringContaining(items[0]?.taskName ?? ''),
      from: retained,
      losses: [createLoss('RetentionExpired', { from: items[0]?.from ?? 0, to: retained - 1 })],
      attempt: 2,
      slotDeadline: Date.parse(NOW) + 2 * DAY_MS + 48 * HOUR_MS,
    },
  ]);
});

it('rejects a request for a page that was not planned', async () => {
  const world = new World(['/app/web']);
  await world.plan();

  await expect(world.plan({ ...REQUEST, page: 7 })).rejects.toMatchObject({ name: 'NoSuchKey' });
});
