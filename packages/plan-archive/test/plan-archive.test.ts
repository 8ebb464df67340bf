import { EXECUTION, NOW, OCTOBER_ITEM, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, createLoss, HOUR_MS, type PeriodStatus } from '@log-archiver/core';
import { OLD_LOG_GROUP, World, withInput } from './world';

const RUN = '_log-archiver/runs/123456789012/ap-northeast-1/2026-11-02T03.00.01.000Z_monthly/';
const REPORT_KEY = `${RUN}report.json`;
const PERIODS = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/';
const CAUSE_END =
  `the report is s3://archive/${REPORT_KEY}; what to do: ` +
  'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archiveincomplete';
const FORECAST = { exportHoursPerDay: 0, message: 'a day of logs takes 0 hours of export time, of 24' };
const SLOT_DEADLINE = Date.parse(NOW) + 48 * HOUR_MS;

const anyTaskName = (logGroupName: string) =>
  expect.stringMatching(new RegExp(`^log-archiver 2026-10 ${logGroupName} [0-9a-f]{32}$`));

const WEB: ArchiveItem = {
  ...OCTOBER_ITEM,
  logGroup: OLD_LOG_GROUP,
  taskName: anyTaskName('/app/web'),
  slotDeadline: SLOT_DEADLINE,
};
const API: ArchiveItem = {
  ...WEB,
  logGroupName: '/app/api',
  s3Prefix: 'app/api',
  destinationPrefix: '2026/10/app/api',
  taskName: anyTaskName('/app/api'),
};

/** Moves the clock of a world, also back: a test may need an earlier run. */
async function moveTo(world: World, instant: string) {
  world.now = () => Date.parse(instant);
}

function createEntry(item: ArchiveItem, changes: object) {
  const { logGroupName, period, from, to } = item;
  const noExport = { taskId: null, destinationPrefix: null, leftover: null, losses: [], storedBytes: null };
  return { logGroupName, period, from, to, error: null, cause: null, ...noExport, ...changes };
}

const archived = (item: ArchiveItem) =>
  createEntry(item, {
    status: 'ARCHIVED',
    taskId: `task of ${item.logGroupName}`,
    destinationPrefix: item.destinationPrefix,
  });

it('archives what has no receipt, and reports that the period is complete', async () => {
  const world = new World(['/app/web', '/app/api', '/own']);
  const { pages } = await world.run();

  const noWait = { waitUntil: null, standsAsideFor: null };
  expect(pages).toEqual([
    { next: 'ARCHIVE', number: 1, items: [API, WEB], ...noWait, summary: null },
    {
      next: 'REPORT',
      number: 2,
      items: [],
      ...noWait,
      summary: {
        status: 'COMPLETE',
        periods: ['2026-10', '2026-10'],
        ...{ archived: 2, skipped: 0, failed: 0, lost: 0, newLosses: [], warnings: [] },
        forecast: FORECAST,
        reportKey: REPORT_KEY,
        first: [],
        plan: null,
        notification: null,
        cause: `0 of 2 log groups × periods have status FAILED: []; ${CAUSE_END}`,
      },
    },
  ]);
  expect(world.readReport()).toEqual({
    format: 2,
    archiver: 'cdk-log-archiver 1.2.3',
    account: '123456789012',
    region: 'ap-northeast-1',
    timeZone: 'Asia/Tokyo',
    execution: EXECUTION.id,
    startedAt: EXECUTION.startedAt,
    finishedAt: NOW,
    request: {},
    status: 'COMPLETE',
    ...{ archived: 2, skipped: 0, failed: 0, lost: 0, plan: null, forecast: FORECAST },
    ...{ newLosses: [], warnings: [], slotHolders: [], leftovers: [] },
    items: [archived(API), archived(WEB)],
  });
  expect(world.read(`${PERIODS}2026-10.json`)).toEqual({
    format: 2,
    period: '2026-10',
    status: 'COMPLETE',
    complete: true,
    ...{ archived: 2, skipped: {}, failed: 0, lost: 0, objects: 4, bytes: 60 },
    ...{ losses: [], failures: [], warnings: [] },
    asOf: NOW,
    execution: EXECUTION.id,
    reportKey: REPORT_KEY,
  });
});

it('exports nothing in a second run, and reports what is archived', async () => {
  const world = new World(['/app/web', '/app/api']);
  await world.run();
  const execution = { ...EXECUTION, name: 'second' };

  const { pages, summary } = await world.run({ execution });
  expect(pages).toHaveLength(1);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 2, skipped: 0, failed: 0 });
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'COMPLETE', archived: 2, objects: 4, bytes: 60 });
});

it('reports an incomplete period after a failure, and archives the other log groups', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { summary } = await world.run({}, ({ logGroupName }) =>
    logGroupName === '/app/api'
      ? { status: 'FAILED', error: 'CANCELLED', cause: '{"errorMessage":"Cancelled."}', taskId: 'cancelled' }
      : {},
  );
  const failure = createEntry(API, {
    status: 'FAILED',
    error: 'CANCELLED',
    cause: 'Cancelled.',
    taskId: 'cancelled',
    destinationPrefix: '2026/10/app/api',
  });

  expect(summary).toMatchObject({ status: 'INCOMPLETE', archived: 1, failed: 1, first: [failure] });
  expect(summary?.cause).toBe(
    '1 of 2 log groups × periods have status FAILED: ' +
      `[{"logGroupName":"/app/api","period":"2026-10","error":"CANCELLED","cause":"Cancelled.","taskId":"cancelled"}]; ${CAUSE_END}`,
  );
  expect(world.read<PeriodStatus>(`${PERIODS}2026-10.json`)).toMatchObject({
    status: 'INCOMPLETE',
    complete: false,
    archived: 1,
    failed: 1,
    failures: [failure],
  });
  expect(world.readReport().leftovers).toEqual([
    {
      taskId: 'cancelled',
      logGroupName: '/app/api',
      period: '2026-10',
      destinationPrefix: '2026/10/app/api',
      why: 'its export task ended with CANCELLED',
    },
  ]);
});

it('writes no status of a period when a run is for some log groups', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { items, summary } = await world.run(withInput({ logGroups: [{ logGroupName: '/app/web', s3Prefix: 'x' }] }));

  expect(items).toEqual([{ ...WEB, s3Prefix: 'x', destinationPrefix: '2026/10/x' }]);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 1 });
  expect(world.aws.buckets.listObjects('archive', PERIODS)).toEqual([`${PERIODS}task-secret.json`]);
});

it('archives periods oldest first, and writes the status of each', async () => {
  const world = new World(['/app/web', '/app/api']);
  world.create('/app/new', { createdAt: Date.parse('2026-10-05T00:00:00Z') });
  const { items, summary } = await world.run(withInput({ period: '2026-09/2026-10' }));

  expect(items.map(({ period, logGroupName }) => [period, logGroupName])).toEqual([
    ['2026-09', '/app/api'],
    ['2026-09', '/app/web'],
    ['2026-10', '/app/api'],
    ['2026-10', '/app/new'],
    ['2026-10', '/app/web'],
  ]);
  expect(summary).toMatchObject({ periods: ['2026-09', '2026-10'], archived: 5, skipped: 1 });
  expect(world.read(`${PERIODS}2026-09.json`)).toMatchObject({ archived: 2, skipped: { CreatedLater: 1 } });
  expect(world.read(`${PERIODS}2026-10.json`)).toMatchObject({ archived: 3, skipped: {} });
});

it('estimates the exports in a dry run, and exports nothing', async () => {
  const world = new World(['/app/api']);
  world.create('/app/web', { retentionInDays: 30 });
  world.aws.logs.logStreams.create({ logGroupName: '/app/api', logStreamName: 's' });
  world.aws.logs.logEvents.put({
    logGroupName: '/app/api',
    logStreamName: 's',
    logEvents: [{ timestamp: Date.parse(NOW), message: 'four' }],
  });
  const { pages, summary } = await world.run(withInput({ period: '2026-09/2026-10', dryRun: true }));
  const planned = { status: 'PLANNED', error: null };

  expect(pages).toHaveLength(1);
  expect(summary).toMatchObject({
    status: 'DRY_RUN',
    ...{ archived: 0, skipped: 0, failed: 0, lost: 1, forecast: null, notification: null },
    first: [
      { logGroupName: '/app/web', period: '2026-09', status: 'LOST', error: 'RetentionExpired' },
      {
        ...planned,
        logGroupName: '/app/api',
        period: '2026-09',
        storedBytes: 30,
        destinationPrefix: '2026/09/app/api',
      },
      {
        ...planned,
        logGroupName: '/app/web',
        period: '2026-10',
        storedBytes: 0,
        losses: [{ cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to: '2026-10-03T03:00:04.999Z' }],
      },
      { ...planned, logGroupName: '/app/api', period: '2026-10', storedBytes: 30, losses: [] },
    ],
    plan: { exports: 3, storedBytes: 30, stateTransitions: 24, exportHours: null },
  });
  expect(world.readReport()).toMatchObject({ status: 'DRY_RUN', plan: summary?.plan, request: { dryRun: true } });
  expect(world.aws.buckets.listObjects('archive', PERIODS)).toEqual([]);
  expect(world.listOperations()).not.toContain('DescribeExportTasks');
});

it('archives again by force, and adopts only tasks of this run', async () => {
  const world = new World(['/app/web']);
  world.putReceipt(WEB);
  const { items } = await world.run(withInput({ force: true }));

  expect(items).toEqual([{ ...WEB, force: true, adoptAfter: Date.parse(EXECUTION.startedAt) }]);
});

it('keeps by force the receipt of a period of which retention has removed events since', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 14 });
  const losses = [createLoss('RetentionExpired', { from: WEB.from, to: WEB.from + 1 })];
  world.putReceipt(WEB, { losses });

  expect((await world.run(withInput({ force: true }))).items).toEqual([]);
  expect(world.readReport().items).toEqual([createEntry(WEB, { status: 'ARCHIVED', losses, storedBytes: 0 })]);
});

it('exports nothing of what a forced run has archived', async () => {
  const world = new World(['/app/web']);
  world.putReceipt(WEB, {}, '2026-11-01T00:00:00.000Z');

  expect(await world.run()).toMatchObject({ items: [], summary: { archived: 1, skipped: 0 } });
});

it('exports neither of two log groups with the same prefix', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { items, summary } = await world.run({ logGroups: [{ logGroupName: '/app/api', s3Prefix: 'app/web' }] });

  expect(items).toEqual([]);
  expect(summary?.first.map(({ logGroupName, error }) => [logGroupName, error])).toEqual([
    ['/app/api', 'DestinationClash'],
    ['/app/web', 'DestinationClash'],
  ]);
});

it('skips a named log group that was never seen, and warns', async () => {
  const world = new World(['/app/web2']);
  const { items, summary } = await world.run({
    selectors: [],
    logGroups: [{ logGroupName: '/app/web', s3Prefix: null }],
  });

  expect(items).toEqual([]);
  expect(world.readReport().items).toEqual([createEntry(WEB, { status: 'SKIPPED', error: 'LogGroupNotFound' })]);
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'EMPTY', complete: false });
  expect(summary).toMatchObject({
    status: 'COMPLETE',
    warnings: [{ type: 'LogGroupNeverSeen', subject: '/app/web' }],
    notification: { subject: expect.stringContaining('1 new warning') },
  });
});

it('reports an empty period when a selection finds nothing, and warns', async () => {
  const world = new World(['/own']);
  const { pages, summary } = await world.run();

  expect(pages).toHaveLength(1);
  expect(summary).toMatchObject({
    status: 'COMPLETE',
    ...{ archived: 0, skipped: 0, failed: 0 },
    warnings: [{ type: 'EmptySelection', subject: '{"of":{"by":"ALL"},"excluding":[]}' }],
  });
  expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'EMPTY', complete: false });
});

describe('losses', () => {
  it('reports days that retention removed before the export, in one run only', async () => {
    const world = new World();
    world.create('/app/web', { retentionInDays: 30 });
    const loss = {
      cause: 'RetentionExpired' as const,
      from: '2026-09-30T15:00:00.000Z',
      to: '2026-10-03T03:00:04.999Z',
    };
    const { items, summary } = await world.run();
    const newLosses = [{ logGroupName: '/app/web', ...loss, reportedAt: NOW, execution: EXECUTION.id }];

    expect(items).toEqual([{ ...WEB, logGroup: { ...OLD_LOG_GROUP, retentionInDays: 30 }, losses: [loss] }]);
    expect(summary).toMatchObject({ status: 'LOSS', archived: 1, lost: 0, newLosses });
    expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'COMPLETE_WITH_LOSS', losses: newLosses });

    const { summary: second } = await world.run({ execution: { ...EXECUTION, name: 'second', id: 'second' } });
    expect(second).toMatchObject({ status: 'COMPLETE', archived: 1, newLosses: [] });
    expect(world.readPeriodStatus('2026-10')).toMatchObject({
      status: 'COMPLETE_WITH_LOSS',
      complete: false,
      losses: newLosses,
      execution: 'second',
    });
  });

  it('reports a log group as lost that was seen in the period, and is deleted', async () => {
    const world = new World(['/app/web', '/app/api']);
    await moveTo(world, '2026-10-20T03:00:00.000Z');
    await world.run({ execution: { ...EXECUTION, startedAt: '2026-10-20T03:00:00.000Z' } });
    world.aws.logs.logGroups.delete({ logGroupName: '/app/web' });
    await moveTo(world, NOW);
    const { items, summary } = await world.run();

    expect(items.map(({ logGroupName }) => logGroupName)).toEqual(['/app/api']);
    expect(summary).toMatchObject({
      status: 'LOSS',
      ...{ archived: 1, lost: 1 },
      first: [{ logGroupName: '/app/web', status: 'LOST', error: 'LogGroupDeleted' }],
      newLosses: [{ cause: 'LogGroupDeleted', from: '2026-09-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' }],
    });
    expect(world.readPeriodStatus('2026-10')).toMatchObject({ status: 'COMPLETE_WITH_LOSS', archived: 1, lost: 1 });
  });

  it('reports a log group as lost that is deleted during the run, and not again in the next run', async () => {
    const world = new World(['/app/web']);
    const { summary } = await world.run({}, () => {
      world.aws.logs.logGroups.delete({ logGroupName: '/app/web' });
      return { status: 'SKIPPED', error: 'LogGroupNotFound', taskId: null, destinationPrefix: null };
    });
    const { summary: second } = await world.run({ execution: { ...EXECUTION, name: 'second', id: 'second' } });

    expect(summary).toMatchObject({ status: 'LOSS', lost: 1, newLosses: [{ cause: 'LogGroupDeleted' }] });
    expect(second).toMatchObject({ status: 'COMPLETE', lost: 1, newLosses: [] });
  });

  it('reports a loss of a run for some log groups in that run, and does not remember it', async () => {
    const world = new World();
    world.create('/app/web', { retentionInDays: 30 });
    const logGroups = [{ logGroupName: '/app/web', s3Prefix: null }];
    const { summary } = await world.run(withInput({ logGroups }));

    expect(summary).toMatchObject({ status: 'LOSS', newLosses: [{ logGroupName: '/app/web' }] });
    expect(world.aws.buckets.listObjects('archive', PERIODS)).toEqual([`${PERIODS}task-secret.json`]);
  });

  it('reports the loss again when the report is written again, although the status of the period has it', async () => {
    const world = new World();
    world.create('/app/web', { retentionInDays: 30 });
    const { summary, pages } = await world.run();

    expect(await world.plan({ page: pages.length - 1 })).toMatchObject({ next: 'REPORT', summary });
  });

  it('counts what an earlier retention can have removed, although it was raised since the last run', async () => {
    const world = new World();
    world.create('/app/web', { retentionInDays: 7 });
    await moveTo(world, '2026-10-20T03:00:00.000Z');
    await world.run({ execution: { ...EXECUTION, startedAt: '2026-10-20T03:00:00.000Z' } });
    world.aws.logs.logGroups.putRetentionPolicy({ logGroupName: '/app/web', retentionInDays: 365 });
    await moveTo(world, NOW);
    const { items } = await world.run();

    expect(items.at(-1)).toMatchObject({
      period: '2026-10',
      logGroup: { retentionInDays: 365, removedBefore: Date.parse('2026-10-26T03:00:05.000Z') },
      losses: [{ cause: 'RetentionExpired', from: '2026-09-30T15:00:00.000Z', to: '2026-10-26T03:00:04.999Z' }],
    });
  });
});

describe('incomplete periods', () => {
  const nextRun = (world: World, day: string, end?: Parameters<World['run']>[1]) => {
    const startedAt = `2026-${day}T03:00:01.000Z`;
    return moveTo(world, startedAt).then(() =>
      world.run({ execution: { ...EXECUTION, name: day, id: day, startedAt } }, end),
    );
  };
  const fail = () => ({ status: 'FAILED' as const, error: 'CANCELLED' });

  it('stay in every scheduled run until they are archived, however old', async () => {
    const world = new World(['/app/web']);
    await nextRun(world, '11-02', fail);
    const { items, summary } = await nextRun(world, '12-02', ({ period }) => (period === '2026-10' ? fail() : {}));

    expect(items.map(({ period }) => period)).toEqual(['2026-10', '2026-11']);
    expect(summary).toMatchObject({ status: 'INCOMPLETE', archived: 1, failed: 1 });
    expect(world.readCheckpoint()).toMatchObject({ until: '2026-11-30T14:59:59.999Z', incomplete: ['2026-10'] });
    expect((await nextRun(world, '12-03')).items.map(({ period }) => period)).toEqual(['2026-10']);
    expect(world.readCheckpoint()).toMatchObject({ incomplete: [] });
    expect((await nextRun(world, '12-04')).summary).toMatchObject({
      status: 'COMPLETE',
      periods: ['2026-11', '2026-11'],
    });
  });

  it('do not fail the run after the log group was removed from the selection', async () => {
    const world = new World(['/app/web', '/app/api']);
    await nextRun(world, '11-02', ({ logGroupName }) => (logGroupName === '/app/web' ? fail() : {}));
    const startedAt = '2026-11-03T03:00:01.000Z';
    await moveTo(world, startedAt);
    const { summary } = await world.run({
      execution: { ...EXECUTION, name: 'next', startedAt },
      selectors: [{ of: { by: 'PREFIX', prefix: '/app/a' }, excluding: [] }],
    });

    expect(summary).toMatchObject({ status: 'COMPLETE', archived: 1, lost: 0, failed: 0 });
  });

  it('are remembered from a run that an operator started for them', async () => {
    const world = new World(['/app/web']);
    world.putCheckpoint({});
    await world.run(withInput({ period: '2026-08' }), fail);

    expect(world.readCheckpoint()).toMatchObject({ until: '2026-09-30T14:59:59.999Z', incomplete: ['2026-08'] });
    expect((await nextRun(world, '11-03')).items.map(({ period }) => period)).toEqual(['2026-08', '2026-10']);
  });
});

it('plans in parts from the start after an export had to be split', async () => {
  const world = new World(['/app/web']);
  world.putCheckpoint({ split: ['/app/web'] });
  const { items } = await world.run();

  expect(items.map(({ part }) => part)).toEqual(new Array(31).fill('DAY'));
});

it('archives first what retention removes first', async () => {
  const world = new World(['/app/kept']);
  world.create('/app/short', { retentionInDays: 60 });
  world.create('/app/long', { retentionInDays: 90 });
  const { items } = await world.run(withInput({ period: '2026-09/2026-10' }));

  expect(items.map(({ logGroupName, period }) => `${logGroupName} ${period}`)).toEqual([
    '/app/short 2026-09',
    // Their deadlines are the same.
    '/app/long 2026-09',
    '/app/short 2026-10',
    '/app/long 2026-10',
    '/app/kept 2026-09',
    '/app/kept 2026-10',
  ]);
});

describe('metrics', () => {
  it('describe a complete run', async () => {
    const world = new World(['/app/web', '/app/api']);
    await world.run();

    expect(world.readMetrics()).toEqual({
      ...{ OldestIncompleteHours: 0, Backlog: 0, LogGroupsAtRisk: 0, Losses: 0 },
      ...{ ArchivedBytes: 60, SlotUse: 0, SlotWaitSeconds: 0 },
    });
  });

  it('describe what a run could not archive', async () => {
    const world = new World(['/app/web']);
    world.create('/app/short', { retentionInDays: 35 });
    await world.run({}, () => ({ status: 'FAILED', error: 'CANCELLED' }));

    expect(world.readMetrics()).toMatchObject({
      OldestIncompleteHours: (Date.parse(NOW) - WEB.to - 1) / HOUR_MS,
      ...{ Backlog: 2, LogGroupsAtRisk: 1, ArchivedBytes: 0 },
    });
  });

  it('of a run for a period do not describe the lag', async () => {
    const world = new World(['/app/web']);
    await world.run(withInput({ period: '2026-10' }));

    expect(Object.keys(world.readMetrics() ?? {})).toEqual(['Losses', 'ArchivedBytes', 'SlotUse', 'SlotWaitSeconds']);
  });

  it('are not written by a dry run', async () => {
    const world = new World(['/app/web']);
    await world.run(withInput({ dryRun: true }));

    expect(world.lines).toEqual([]);
  });
});

it('rejects an invalid key prefix before it calls AWS', async () => {
  const world = new World(['/app/web']);

  await expect(world.plan({ parameters: { ...PARAMETERS, keyPrefix: 'a//b' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'keyPrefix must not start or end with / or contain //, got "a//b"',
  });
  expect(world.listOperations()).toEqual([]);
});
