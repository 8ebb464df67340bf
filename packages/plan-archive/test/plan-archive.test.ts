import { EXECUTION, NOW, OCTOBER_ITEM, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, DAY_MS, HOUR_MS, type PeriodStatus } from '@log-archiver/core';
import { World, withInput } from './world';

const RUN = '_log-archiver/runs/123456789012/ap-northeast-1/2026-11-02T03.00.01.000Z_monthly/';
const REPORT_KEY = `${RUN}report.json`;
const PERIODS = '_log-archiver/periods/123456789012/ap-northeast-1/Archiver/';
const CAUSE_END =
  `the report is s3://archive/${REPORT_KEY}; what to do: ` +
  'https://github.com/log-archiver/cdk-log-archiver/blob/main/docs/runbook.md#archiveincomplete';
const SLOT_DEADLINE = Date.parse(NOW) + 48 * HOUR_MS;

const WEB: ArchiveItem = { ...OCTOBER_ITEM, slotDeadline: SLOT_DEADLINE };
const API: ArchiveItem = {
  ...WEB,
  logGroupName: '/app/api',
  s3Prefix: 'app/api',
  destinationPrefix: '2026/10/app/api',
};

function createEntry(item: ArchiveItem, changes: object) {
  const { logGroupName, period, from, to } = item;
  const noExport = { taskId: null, destinationPrefix: null, leftover: null, daysLost: null, storedBytes: null };
  return { logGroupName, period, from, to, ...noExport, ...changes };
}

const archived = (item: ArchiveItem) =>
  createEntry(item, {
    status: 'ARCHIVED',
    error: null,
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
        ...{ archived: 2, skipped: 0, failed: 0, atRisk: 0 },
        reportKey: REPORT_KEY,
        first: [],
        plan: null,
        notification: null,
        cause: `0 of 2 log groups × periods have status FAILED: []; ${CAUSE_END}`,
      },
    },
  ]);
  expect(world.readReport()).toEqual({
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

it('skips in a second run everything that is archived', async () => {
  const world = new World(['/app/web', '/app/api']);
  await world.run();
  const execution = { ...EXECUTION, name: 'second' };

  const { pages, summary } = await world.run({ execution });
  expect(pages).toHaveLength(1);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 0, skipped: 2, failed: 0 });
});

it('reports an incomplete period after a failure, and archives the other log groups', async () => {
  const world = new World(['/app/web', '/app/api']);
  const { summary } = await world.run({}, ({ logGroupName }) =>
    logGroupName === '/app/api' ? { status: 'FAILED', error: 'CANCELLED', taskId: 'cancelled' } : {},
  );
  const failure = createEntry(API, {
    status: 'FAILED',
    error: 'CANCELLED',
    taskId: 'cancelled',
    destinationPrefix: '2026/10/app/api',
  });

  expect(summary).toMatchObject({ status: 'INCOMPLETE', archived: 1, failed: 1, first: [failure] });
  expect(summary?.cause).toBe(
    '1 of 2 log groups × periods have status FAILED: ' +
      `[{"logGroupName":"/app/api","period":"2026-10","error":"CANCELLED","taskId":"cancelled"}]; ${CAUSE_END}`,
  );
  expect(world.read<PeriodStatus>(`${PERIODS}2026-10.json`)).toMatchObject({
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
  expect(world.aws.buckets.listObjects('archive', PERIODS)).toEqual([]);
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
  expect(world.read(`${PERIODS}2026-09.json`)).toMatchObject({ archived: 2, skipped: 1, failed: 0 });
  expect(world.read(`${PERIODS}2026-10.json`)).toMatchObject({ archived: 3, skipped: 0, failed: 0 });
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

it('skips by force a period of which retention has removed events since', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 14 });
  world.putReceipt(WEB);

  expect((await world.run(withInput({ force: true }))).summary).toMatchObject({
    status: 'COMPLETE',
    skipped: 1,
  });
  expect(world.readReport().items).toMatchObject([{ status: 'SKIPPED', error: 'LessThanArchived' }]);
});

it('skips what a forced run has archived', async () => {
  const world = new World(['/app/web']);
  world.putReceipt(WEB, '2026-11-01T00:00:00.000Z');

  expect((await world.run()).summary).toMatchObject({ archived: 0, skipped: 1 });
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

it('skips a named log group that does not exist', async () => {
  const world = new World(['/app/web2']);
  const { items } = await world.run({ selectors: [], logGroups: [{ logGroupName: '/app/web', s3Prefix: null }] });

  expect(items).toEqual([]);
  expect(world.readReport().items).toEqual([createEntry(WEB, { status: 'SKIPPED', error: 'LogGroupNotFound' })]);
});

it('completes a run that finds no log group', async () => {
  const world = new World(['/own']);
  const { pages, summary } = await world.run();

  expect(pages).toHaveLength(1);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 0, skipped: 0, failed: 0 });
});

it('reports days that were lost before the export began as at risk', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 30 });
  const { items, summary } = await world.run();

  expect(items).toEqual([
    { ...WEB, retentionInDays: 30, daysLost: Math.ceil((Date.parse(NOW) - 30 * DAY_MS - WEB.from) / DAY_MS) },
  ]);
  expect(summary).toMatchObject({ status: 'COMPLETE', archived: 1, atRisk: 1 });
  expect(world.readReport().atRisk).toEqual([{ ...archived(WEB), daysLost: 3 }]);
});

it('rejects an invalid key prefix before it calls AWS', async () => {
  const world = new World(['/app/web']);

  await expect(world.plan({ parameters: { ...PARAMETERS, keyPrefix: 'a//b' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
    message: 'keyPrefix must not start or end with / or contain //, got "a//b"',
  });
  expect(world.listOperations()).toEqual([]);
});
