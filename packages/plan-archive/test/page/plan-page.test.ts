import { type ArchiveItem, exportTaskName, runPrefix } from '@log-archiver/core';
import { refuses, throttled } from '@log-archiver/local-aws';
import { DAY, EXECUTION, HOUR, NOW, PARAMETERS, REQUEST, SECOND, World } from '../world';

const names = (count: number) => Array.from({ length: count }, (_, index) => `/app/${String(index).padStart(4, '0')}`);
const pageKey = (number: number) => `${runPrefix(PARAMETERS, EXECUTION)}pages/${String(number).padStart(5, '0')}.json`;

/** A stranger's export of a log group, which goes on for so many hours. */
function strangerExports(world: World, hours: number): string {
  world.aws.logs.exportTasks.arrange('/their/log', { runningSeconds: hours * 3_600 - 3 });
  const { taskId } = world.aws.logs.exportTasks.create({
    logGroupName: '/their/log',
    from: 0,
    to: Date.parse(NOW),
    destination: 'archive',
  });
  return taskId;
}

const failedWith = (error: string, taskId: string | null = null) => ({ status: 'FAILED' as const, error, taskId });

it.each([
  [40, [40, 0]],
  [41, [40, 1, 0]],
  [1_100, [...Array(27).fill(40), 20, 0]],
])('%p log groups are archived in pages of %p', async (count, sizes) => {
  const world = new World(names(count));
  const { pages, items } = await world.run();

  expect(pages.map((page) => page.items.length)).toEqual(sizes);
  expect(items.map(({ logGroupName }) => logGroupName)).toEqual(names(count));
  expect(world.report()).toMatchObject({ archived: count, failed: 0 });
  expect(world.files().filter((key) => key.startsWith('log-groups/'))).toHaveLength(Math.ceil(count / 500));
});

it('of 1,100 log groups those that have a receipt are passed over, on every page of receipts', async () => {
  const all = names(1_100);
  const world = new World(all);
  const open = ['/app/0000', '/app/0499', '/app/0500', '/app/1002', '/app/1099'];
  for (const logGroupName of all.filter((name) => !open.includes(name))) {
    world.putReceipt({ logGroupName, s3Prefix: logGroupName.slice(1), period: '2026-10' });
  }
  const { pages, items } = await world.run();

  expect(items.map(({ logGroupName }) => logGroupName)).toEqual(open);
  expect(pages).toHaveLength(2);
  expect(world.report()).toMatchObject({ archived: 5, skipped: 1_095 });
});

it('an invocation that is retried plans nothing twice, however the world has changed', async () => {
  const world = new World(['/app/web']);
  const first = await world.plan();
  world.create('/app/api');
  world.now = () => Date.parse(NOW) + HOUR;

  expect(await world.plan()).toEqual(first);
  const outcomes = first.items.map((item) => world.outcome(item, failedWith('FAILED', 'first')));
  const second = await world.plan({ page: 1, outcomes });
  world.now = () => Date.parse(NOW) + 2 * HOUR;
  expect(await world.plan({ page: 1, outcomes: [] })).toEqual(second);
  expect(second.items).toMatchObject([{ logGroupName: '/app/web', attempt: 2 }]);

  const third = await world.plan({ page: 2, outcomes: second.items.map((item) => world.outcome(item)) });
  const report = world.report();
  world.now = () => Date.parse(NOW) + 3 * HOUR;
  expect(await world.plan({ page: 2, outcomes: [] })).toEqual(third);
  expect(world.report()).toEqual(report);
  expect(third).toMatchObject({ next: 'REPORT', summary: { archived: 1, failed: 0 } });
});

it('log groups of an invocation that died half-way are nobody’s', async () => {
  const world = new World(names(3));
  const isDone = <T>(makeCall: () => Promise<T>) => makeCall();
  world.aws.faults.arrange('PutObject', isDone, isDone, refuses('AccessDenied', 'Access Denied', 403));
  await expect(world.plan()).rejects.toMatchObject({ name: 'AccessDenied' });
  world.create('/app/0000-new');

  const { items } = await world.run();
  expect(items.map(({ logGroupName }) => logGroupName)).toEqual(['/app/0000-new', ...names(3)]);
  expect(world.files().filter((key) => key.startsWith('log-groups/'))).toHaveLength(2);
});

it('what AWS throttles is asked again in place, each call by itself', async () => {
  const world = new World(['/app/web']);
  for (const operation of ['DescribeLogGroups', 'DescribeExportTasks', 'ListExecutions']) {
    world.aws.faults.arrange(operation, throttled);
  }

  expect((await world.run()).summary).toMatchObject({ archived: 1 });
  expect(world.waits).toEqual([1_000, 1_000, 1_000]);
});

it('what is tried again comes first, and what has no room waits for the next page', async () => {
  const world = new World(names(45));
  const { pages } = await world.run({}, ({ logGroupName, part }) =>
    part === null && logGroupName < '/app/0002' ? failedWith('ExportTaskGivenUp', `up ${logGroupName}`) : {},
  );

  // 31 days of the first, 9 of the second; the other 22; the last five log groups.
  expect(pages.map(({ items }) => items.length)).toEqual([40, 40, 27, 0]);
  expect(pages[1]?.items.filter(({ logGroupName }) => logGroupName === '/app/0001')).toHaveLength(9);
  expect(pages[2]?.items.slice(22).map(({ logGroupName }) => logGroupName)).toEqual(names(45).slice(40));
  expect(world.report()).toMatchObject({ archived: 45, failed: 0 });
  expect(world.report().items).toHaveLength(43 + 2 * 31);
  expect(world.report().leftovers.map(({ taskId }) => taskId)).toEqual(['up /app/0000', 'up /app/0001']);
});

it('an item without an outcome FAILED, as did one whose outcome is none', async () => {
  const world = new World(['/app/api', '/app/web']);
  const { items } = await world.plan();
  const odd = [
    null,
    {},
    { ...items[0], status: 'RUNNING' },
    'text',
    { ...items[0], status: 'ARCHIVED', to: 0 },
  ] as never;

  expect(await world.plan({ page: 1, outcomes: odd })).toMatchObject({
    next: 'REPORT',
    summary: { failed: 2, first: [{ error: 'NoOutcome' }, { error: 'NoOutcome' }] },
  });
});

it('a task that runs though nobody heard its id is named in the report', async () => {
  const world = new World(['/app/web']);
  let taskId = '';
  const { summary } = await world.run({}, (item) => {
    const { from, to, logGroupName, destinationPrefix } = item;
    const taskName = exportTaskName(item, 'archive');
    const input = { taskName, logGroupName, from, to, destination: 'archive', destinationPrefix };
    ({ taskId } = world.aws.logs.exportTasks.create(input));
    return failedWith('Lambda.Unknown');
  });

  expect(summary?.first).toMatchObject([{ error: 'Lambda.Unknown', taskId, destinationPrefix: '2026/10/app/web' }]);
});

describe('the slot', () => {
  it('is waited for 48 hours in all, less what others have held it, and who did is reported', async () => {
    const world = new World([...names(41), '/their/log']);
    const first = await world.plan();
    const taskId = strangerExports(world, 10);
    await world.aws.clock.moveTo(Date.parse(NOW) + 20 * HOUR);
    const second = await world.plan({ page: 1, outcomes: first.items.map((item) => world.outcome(item)) });

    expect(first.items[0]?.slotDeadline).toBe(Date.parse(NOW) + 48 * HOUR);
    expect(second.items[0]?.slotDeadline).toBe(Date.parse(NOW) + (20 + 48 - 10) * HOUR);
    const last = await world.plan({ page: 2, outcomes: second.items.map((item) => world.outcome(item)) });
    expect(last.next).toBe('REPORT');
    expect(world.report().slotHolders).toEqual([{ taskId, logGroupName: '/their/log', seconds: 36_000 }]);
  });

  it('that is held for longer leaves all that is left FAILED without being tried', async () => {
    const world = new World([...names(42), '/their/log']);
    const first = await world.plan();
    for (const [index, hours] of [24, 24, 2].entries()) {
      strangerExports(world, hours);
      await world.aws.clock.moveTo(world.aws.clock.now() + (index < 2 ? hours : 1) * HOUR);
    }
    const outcomes = first.items.map((item, index) =>
      world.outcome(
        item,
        index === 0 ? failedWith('ExportSlotUnavailable') : index === 1 ? failedWith('FAILED', 'x') : {},
      ),
    );
    const second = await world.plan({ page: 1, outcomes });

    expect(second).toMatchObject({ next: 'REPORT', items: [], summary: { archived: 38, failed: 5 } });
    expect(second.summary?.first.map(({ logGroupName, error }) => [logGroupName, error])).toEqual([
      ['/app/0000', 'ExportSlotUnavailable'],
      ['/app/0001', 'ExportSlotUnavailable'],
      ['/app/0040', 'ExportSlotUnavailable'],
      ['/app/0041', 'ExportSlotUnavailable'],
      ['/their/log', 'ExportSlotUnavailable'],
    ]);
    expect(world.report().leftovers).toMatchObject([{ taskId: 'x' }]);
  });

  it('that is free by then is used', async () => {
    const world = new World([...names(42), '/their/log']);
    const first = await world.plan();
    for (const hours of [24, 24, 2]) {
      strangerExports(world, hours);
      await world.aws.clock.moveTo(world.aws.clock.now() + hours * HOUR);
    }

    const second = await world.plan({ page: 1, outcomes: first.items.map((item) => world.outcome(item)) });
    expect(second.items).toHaveLength(3);
    expect(second.items[0]?.slotDeadline).toBe(world.aws.clock.now());
  });
});

it('after 1,000 pages all that is left FAILED, and nothing is archived twice', async () => {
  const world = new World(names(3));
  await world.plan();
  const page = world.read<{ items: ArchiveItem[] }>(pageKey(1));
  const [first, second] = page.items as [ArchiveItem, ArchiveItem];
  const full = { ...page, number: 1_000, items: [first], again: [second], position: { period: 0, file: 0, offset: 2 } };
  world.aws.files.putObject('archive', pageKey(1_000), JSON.stringify(full));
  world.aws.files.putObject('archive', pageKey(999), JSON.stringify({ ...full, number: 999 }));
  for (let number = 2; number < 999; number++) {
    world.aws.files.putObject('archive', pageKey(number), JSON.stringify({ ...full, number }));
  }

  expect(await world.plan({ page: 999, outcomes: [world.outcome(first, failedWith('FAILED'))] })).toMatchObject({
    next: 'ARCHIVE',
    number: 1_000,
  });
  const last = await world.plan({ page: 1_000, outcomes: [world.outcome(first, failedWith('FAILED'))] });
  expect(last).toMatchObject({ next: 'REPORT', number: 1_001, items: [] });
  expect(last.summary?.first.map(({ logGroupName, error }) => [logGroupName, error])).toEqual([
    ['/app/0000', 'RunFull'],
    ['/app/0001', 'RunFull'],
    ['/app/0002', 'RunFull'],
  ]);
});

it('a page that takes longer than five minutes goes on with the next one, wherever it is', async () => {
  const world = new World(names(1_100));
  for (const logGroupName of names(1_100)) {
    world.putReceipt({ logGroupName, s3Prefix: logGroupName.slice(1), period: '2026-10' });
  }
  let time = Date.parse(NOW);
  world.now = () => {
    time += 3 * 60 * SECOND;
    return time;
  };
  const { pages } = await world.run();

  expect(pages.map(({ next, items }) => [next, items.length])).toEqual([
    ['ARCHIVE', 0],
    ['REPORT', 0],
  ]);
  expect(world.read(pageKey(1))).toMatchObject({ position: { period: 0, file: 2, offset: 0 } });
  expect(world.report()).toMatchObject({ skipped: 1_100 });
});

it('a retention that ends within the page is followed', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 33 });
  const { items } = await world.plan();
  await world.aws.clock.moveTo(Date.parse(NOW) + 2 * DAY);
  const again = await world.plan({
    page: 1,
    outcomes: items.map((item) => world.outcome(item, failedWith('InvalidParameterException'))),
  });

  const retained = Date.parse(NOW) + 2 * DAY - 33 * DAY + HOUR;
  expect(items).toMatchObject([{ daysLost: null }]);
  expect(again.items).toEqual([
    { ...items[0], from: retained, daysLost: 2, attempt: 2, slotDeadline: Date.parse(NOW) + 2 * DAY + 48 * HOUR },
  ]);
});

it('the request is for no page that was not planned', async () => {
  const world = new World(['/app/web']);
  await world.plan();

  await expect(world.plan({ ...REQUEST, page: 7 })).rejects.toMatchObject({ name: 'NoSuchKey' });
});
