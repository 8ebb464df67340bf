import type { ArchiveItem, PeriodStatus } from '@log-archiver/core';
import { OCTOBER_ITEM } from './october-item';
import { DAY, EXECUTION, HOUR, NOW, PARAMETERS, World, withInput } from './world';

const RUN = '_log-archiver/runs/123456789012/ap-northeast-1/2026-11-02T03.00.01.000Z_monthly/';
const REPORT_KEY = `${RUN}report.json`;
const PERIODS = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/';
const SLOT_DEADLINE = Date.parse(NOW) + 48 * HOUR;

const WEB: ArchiveItem = { ...OCTOBER_ITEM, slotDeadline: SLOT_DEADLINE };
const API: ArchiveItem = {
  ...WEB,
  logGroupName: '/app/api',
  s3Prefix: 'app/api',
  destinationPrefix: '2026/10/app/api',
};

function line(item: ArchiveItem, changes: object) {
  const { logGroupName, period, from, to } = item;
  const untried = { taskId: null, destinationPrefix: null, leftover: null, daysLost: null, storedBytes: null };
  return { logGroupName, period, from, to, ...untried, ...changes };
}

const archived = (item: ArchiveItem) =>
  line(item, {
    status: 'ARCHIVED',
    error: null,
    taskId: `task of ${item.logGroupName}`,
    destinationPrefix: item.destinationPrefix,
  });

it('a run archives what has no receipt, reports, and says that its period is complete', async () => {
  const world = new World(['/app/web', '/app/api', '/own']);
  const { pages } = await world.run();

  const noOther = { waitUntil: null, standsAsideFor: null };
  expect(pages).toEqual([
    { next: 'ARCHIVE', number: 1, items: [API, WEB], ...noOther, summary: null },
    {
      next: 'REPORT',
      number: 2,
      items: [],
      ...noOther,
      summary: {
        status: 'COMPLETE',
        periods: ['2026-10', '2026-10'],
        ...{ archived: 2, skipped: 0, failed: 0, atRisk: 0 },
        reportKey: REPORT_KEY,
        first: [],
        plan: null,
        notification: null,
        cause: `0 of 2 log groups and periods FAILED: []; the report is s3://archive/${REPORT_KEY}`,
      },
    },
  ]);
  expect(world.report()).toEqual({
    format: 1,
    archiver: 'cdk-log-archiver 1.2.3',
    account: '123456789012',
    region: 'ap-northeast-1',
    timeZone: 'Asia/Tokyo',
    execution: EXECUTION.id,
    startedAt: EXECUTION.startedAt,
    finishedAt: NOW,
    request: {},
    status: 'COMPLETE',
    ...{ archived: 2, skipped: 0, failed: 0, plan: null },
    ...{ atRisk: [], slotHolders: [], leftovers: [] },
    items: [archived(API), archived(WEB)],
  });
  expect(world.read(`${PERIODS}2026-10.json`)).toEqual({
    format: 1,
    period: '2026-10',
    complete: true,
    ...{ archived: 2, skipped: 0, failed: 0, failures: [] },
    asOf: NOW,
    execution: EXECUTION.id,
    reportKey: REPORT_KEY,
  });
});

it('a second run finds all archived, and nothing to do', async () => {
  const world = new World(['/app/web', '/app/api']);
  await world.run();
  const execution = { ...EXECUTION, name: 'second' };

  const { pages, summary } = await world.run({ execution });
  expect(pages).toHaveLength(1);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 0, skipped: 2, failed: 0 });
});

it('one that FAILED makes the run and its period incomplete, and stops no other', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { summary } = await world.run({}, ({ logGroupName }) =>
    logGroupName === '/app/api' ? { status: 'FAILED', error: 'CANCELLED', taskId: 'cancelled' } : {},
  );
  const failure = line(API, {
    status: 'FAILED',
    error: 'CANCELLED',
    taskId: 'cancelled',
    destinationPrefix: '2026/10/app/api',
  });

  expect(summary).toMatchObject({ status: 'INCOMPLETE', archived: 1, failed: 1, first: [failure] });
  expect(summary?.cause).toBe(
    `1 of 2 log groups and periods FAILED: [{"logGroupName":"/app/api","period":"2026-10","error":"CANCELLED","taskId":"cancelled"}]; the report is s3://archive/${REPORT_KEY}`,
  );
  expect(world.read<PeriodStatus>(`${PERIODS}2026-10.json`)).toMatchObject({
    complete: false,
    archived: 1,
    failed: 1,
    failures: [failure],
  });
  expect(world.report().leftovers).toEqual([
    {
      taskId: 'cancelled',
      logGroupName: '/app/api',
      period: '2026-10',
      destinationPrefix: '2026/10/app/api',
      why: 'its export task ended with CANCELLED',
    },
  ]);
});

it('a run for some log groups says nothing about how complete a period is', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { items, summary } = await world.run(withInput({ logGroups: [{ logGroupName: '/app/web', s3Prefix: 'x' }] }));

  expect(items).toEqual([{ ...WEB, s3Prefix: 'x', destinationPrefix: '2026/10/x' }]);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 1 });
  expect(world.aws.files.listObjects('archive', PERIODS)).toEqual([]);
});

it('periods are archived oldest first, and each has its status', async () => {
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
  expect(world.read(`${PERIODS}2026-09.json`)).toMatchObject({ archived: 2, skipped: 1, failed: 0 });
  expect(world.read(`${PERIODS}2026-10.json`)).toMatchObject({ archived: 3, skipped: 0, failed: 0 });
});

it('a dry run says what would be done, and does nothing but that', async () => {
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
    ...{ archived: 0, skipped: 1, failed: 0, atRisk: 1 },
    first: [
      {
        ...planned,
        logGroupName: '/app/api',
        period: '2026-09',
        storedBytes: 30,
        destinationPrefix: '2026/09/app/api',
      },
      { ...planned, logGroupName: '/app/api', period: '2026-10', storedBytes: 30, daysLost: null },
      { ...planned, logGroupName: '/app/web', period: '2026-10', storedBytes: 0, daysLost: 3 },
    ],
    plan: { exports: 3, storedBytes: 30, stateTransitions: 46 },
  });
  expect(world.report()).toMatchObject({ status: 'DRY_RUN', plan: summary?.plan, request: { dryRun: true } });
  expect(world.aws.files.listObjects('archive', PERIODS)).toEqual([]);
  expect(world.operations()).not.toContain('DescribeExportTasks');
});

it('by force what is archived is archived again, by tasks of this run alone', async () => {
  const world = new World(['/app/web']);
  world.putReceipt(WEB);
  const { items } = await world.run(withInput({ force: true }));

  expect(items).toEqual([{ ...WEB, force: true, adoptAfter: Date.parse(EXECUTION.startedAt) }]);
});

it('by force nothing is archived again of which retention has taken some since', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 14 });
  world.putReceipt(WEB);

  expect((await world.run(withInput({ force: true }))).summary).toMatchObject({
    status: 'COMPLETE',
    skipped: 1,
  });
  expect(world.report().items).toMatchObject([{ status: 'SKIPPED', error: 'LessThanArchived' }]);
});

it('what was archived by force has a receipt like all others', async () => {
  const world = new World(['/app/web']);
  world.putReceipt(WEB, '2026-11-01T00:00:00.000Z');

  expect((await world.run()).summary).toMatchObject({ archived: 0, skipped: 1 });
});

it('two log groups with one prefix are never exported', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { items, summary } = await world.run({ logGroups: [{ logGroupName: '/app/api', s3Prefix: 'app/web' }] });

  expect(items).toEqual([]);
  expect(summary?.first.map(({ logGroupName, error }) => [logGroupName, error])).toEqual([
    ['/app/api', 'DestinationClash'],
    ['/app/web', 'DestinationClash'],
  ]);
});

it('a log group that is named and does not exist is passed over', async () => {
  const world = new World(['/app/web2']);
  const { items } = await world.run({ selectors: [], logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] });

  expect(items).toEqual([]);
  expect(world.report().items).toEqual([line(WEB, { status: 'SKIPPED', error: 'LogGroupNotFound' })]);
});

it('a run that finds no log group at all is complete', async () => {
  const world = new World(['/own']);
  const { pages, summary } = await world.run();

  expect(pages).toHaveLength(1);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 0, skipped: 0, failed: 0 });
});

it('days that were lost before the export began are at risk', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 30 });
  const { items, summary } = await world.run();

  expect(items).toEqual([
    { ...WEB, retentionInDays: 30, daysLost: Math.ceil((Date.parse(NOW) - 30 * DAY - WEB.from) / DAY) },
  ]);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 1, atRisk: 1 });
  expect(world.report().atRisk).toEqual([{ ...archived(WEB), daysLost: 3 }]);
});

it('a key prefix that no key can have is refused at once', async () => {
  const world = new World(['/app/web']);

  await expect(world.plan({ parameters: { ...PARAMETERS, keyPrefix: 'a//b' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'keyPrefix must be without a / at its start or end and without //, got "a//b"',
  });
  expect(world.operations()).toEqual([]);
});
