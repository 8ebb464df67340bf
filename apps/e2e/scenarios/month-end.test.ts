import type { RangeEnd } from '@log-archiver/local-aws';
import { TimeZone } from 'aws-cdk-lib';
import { Granularity } from 'cdk-log-archiver';
import { Archiver, CHECKOUT, type FinishedRun, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectEverythingReported } from './completeness/after-every-run';

const monthly = synthesizeSample({});
const daily = synthesizeSample({ granularity: Granularity.DAILY });

/** 03:00 on the 2nd of November in Tokyo. */
const SCHEDULED = '2026-11-01T18:00:00Z';
const NEXT_DAY = '2026-11-02T18:00:00Z';
const OCTOBER = { period: '2026-10' };
/** Log groups in the order in which they are archived: by retention, 180 days, 731 days, and for ever. */
const LOG_GROUPS = [ORDERS, PAYMENTS, CHECKOUT];

async function prepareOctober(rangeEnd?: RangeEnd): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-09-30T14:00:00Z', { rangeEnd });
  await archiver.createLogGroup(CHECKOUT);
  for (const logGroupName of LOG_GROUPS) {
    await archiver.putEvents(logGroupName, '2026-09-30T14:59:59.999Z', '2026-09-30T15:00:00.000Z');
  }
  await archiver.aws.clock.moveTo('2026-10-31T16:00:00Z');
  for (const logGroupName of LOG_GROUPS) {
    await archiver.putEvents(logGroupName, '2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z');
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

/** Returns the distinct outcomes of each period. Without a task, an earlier run archived it. */
const listOutcomes = ({ outcomes }: FinishedRun) => [
  ...new Set(
    outcomes.map(
      ({ period, status, error, taskId }) =>
        `${period} ${error ?? status}${status === 'ARCHIVED' && taskId === null ? ' before' : ''}`,
    ),
  ),
];

describe('a run for a month', () => {
  it.each<RangeEnd>(['INCLUSIVE', 'EXCLUSIVE'])(
    'archives the first and the last millisecond of the month once, and neither neighbour, if the end is %s',
    async (rangeEnd) => {
      const archiver = await prepareOctober(rangeEnd);
      await archiver.run(OCTOBER);
      expect(archiver.archivedEvents).toEqual(
        LOG_GROUPS.flatMap(() => ['at 2026-09-30T15:00:00.000Z', 'at 2026-10-31T14:59:59.999Z']),
      );
    },
  );

  it('archives every event once in neighbouring months if the end is INCLUSIVE', async () => {
    const archiver = await prepareOctober('INCLUSIVE');
    await archiver.run({ period: '2026-09/2026-10' });
    expect(archiver.archivedEvents).toEqual([
      ...LOG_GROUPS.map(() => 'at 2026-09-30T14:59:59.999Z'),
      ...LOG_GROUPS.flatMap(() => ['at 2026-09-30T15:00:00.000Z', 'at 2026-10-31T14:59:59.999Z']),
    ]);
  });

  it('reports what it archived, and stores it by log group and log stream', async () => {
    const archiver = await prepareOctober('EXCLUSIVE');
    const run = await archiver.run(OCTOBER);
    expect(run.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, run, LOG_GROUPS);
    const [from, to] = [Date.parse('2026-09-30T15:00:00.000Z'), Date.parse('2026-10-31T14:59:59.999Z')];
    const none = { error: null, cause: null, leftover: null, losses: [], storedBytes: null };
    const taskId = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const archived = { ...none, status: 'ARCHIVED', period: '2026-10', from, to, taskId };
    expect(run.outcomes).toEqual([
      { ...archived, logGroupName: ORDERS, destinationPrefix: '2026/10/shop/orders' },
      { ...archived, logGroupName: PAYMENTS, destinationPrefix: '2026/10/payments' },
      { ...archived, logGroupName: CHECKOUT, destinationPrefix: '2026/10/aws/lambda/checkout' },
    ]);
    expect(archiver.listObjects()).toEqual(
      ['2026/10/aws/lambda/checkout', '2026/10/payments', '2026/10/shop/orders'].flatMap((key) => [
        `${key}/<task>/stream-2026-09-30T15.00.00.000Z/000000.gz`,
        `${key}/<task>/stream-2026-10-31T14.59.59.999Z/000000.gz`,
        `${key}/aws-logs-write-test`,
      ]),
    );
  });

  it('writes a receipt for each log group, and the status of the month', async () => {
    const archiver = await prepareOctober('EXCLUSIVE');
    const { outcomes, report } = await archiver.run(OCTOBER);
    const month = { from: '2026-09-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' };
    const { execution } = report ?? {};
    const receipt = {
      ...month,
      format: 3,
      archiver: expect.stringMatching(/^cdk-log-archiver \d/),
      account: '123456789012',
      region: 'ap-northeast-1',
      timeZone: 'Asia/Tokyo',
      period: '2026-10',
      s3BucketName: archiver.bucketName,
      losses: [],
      evidence: 'OBJECTS',
      previous: null,
      execution,
      forced: false,
    };
    const times = ['18:00:00.000', '18:00:23.000', '18:00:46.000', '18:01:09.000'].map((time) => `2026-11-01T${time}Z`);
    const byStart = [...archiver.receipts].sort((one, other) => (one.startedAt < other.startedAt ? -1 : 1));
    expect(byStart).toEqual(
      outcomes.map(({ logGroupName, destinationPrefix, taskId }, index) => ({
        ...receipt,
        logGroupName,
        destinationPrefix,
        tasks: [
          {
            ...{ ...month, taskId, objects: 2, bytes: expect.any(Number) },
            digest: expect.stringMatching(/^[0-9a-f]{64}$/),
            firstObject: expect.stringMatching(/000000\.gz$/),
            lastObject: expect.stringMatching(/000000\.gz$/),
          },
        ],
        startedAt: times[index],
        finishedAt: times[index + 1],
        // 12 hours earlier, because it can take that long until an event is exportable.
        completeAsOf: times[index]?.replace('T18', 'T06'),
        logGroup: {
          logGroupClass: 'STANDARD',
          createdAt: Date.parse('2026-09-30T14:00:00Z'),
          retentionInDays: { [ORDERS]: 180, [PAYMENTS]: 731 }[logGroupName] ?? null,
          removedBefore: null,
          deletionProtectionEnabled: false,
          dataProtectionStatus: null,
        },
      })),
    );
    expect(archiver.periods).toMatchObject([
      {
        ...{ format: 2, period: '2026-10', status: 'COMPLETE', complete: true },
        ...{ archived: 3, skipped: {}, failed: 0, lost: 0, objects: 6, losses: [], failures: [], warnings: [] },
        execution,
      },
    ]);
  });

  it('creates one export task at a time, and one for each log group', async () => {
    const archiver = await prepareOctober();
    await archiver.run(OCTOBER);
    const creations = archiver.findCalls('CreateExportTask');
    expect(creations.map(({ input, error }) => ({ input, error }))).toEqual(
      LOG_GROUPS.map((logGroupName) => ({
        input: expect.objectContaining({
          logGroupName,
          from: Date.parse('2026-09-30T15:00:00.000Z'),
          to: Date.parse('2026-10-31T15:00:00.000Z'),
          destination: archiver.bucketName,
        }),
        error: undefined,
      })),
    );
  });

  it('sees the end of a 23 s export at once, and starts the next one in the same instant', async () => {
    const archiver = await prepareOctober();
    await archiver.run(OCTOBER);
    expect(archiver.findCalls('CreateExportTask').map(({ at }) => at)).toEqual([
      '2026-11-01T18:00:00.000Z',
      '2026-11-01T18:00:23.000Z',
      '2026-11-01T18:00:46.000Z',
    ]);
  });

  it('archives nothing twice if it is repeated', async () => {
    const archiver = await prepareOctober();
    await archiver.run(OCTOBER);
    const { receipts } = archiver;
    const objects = archiver.listObjects();
    const second = await archiver.run(OCTOBER);
    expectEverythingReported(archiver, second, LOG_GROUPS);
    expect(listOutcomes(second)).toEqual(['2026-10 ARCHIVED before']);
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(3);
    expect(archiver.listObjects()).toEqual(objects);
    expect(archiver.receipts).toEqual(receipts);
  });
});

describe('a scheduled run', () => {
  const LAST_THREE = ['2026-08', '2026-09', '2026-10'];

  it('archives the last three months, oldest first, and finds nothing to do on the next day', async () => {
    const archiver = await prepareOctober();
    const first = await archiver.run({ scheduledTime: SCHEDULED });
    expectEverythingReported(archiver, first, LOG_GROUPS, LAST_THREE);
    expect(listOutcomes(first)).toEqual(['2026-08 CreatedLater', '2026-09 ARCHIVED', '2026-10 ARCHIVED']);
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(6);

    await archiver.aws.clock.moveTo(NEXT_DAY);
    const second = await archiver.run({ scheduledTime: NEXT_DAY });
    expect(second.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, second, LOG_GROUPS, LAST_THREE);
    expect(listOutcomes(second)).toEqual([
      '2026-08 CreatedLater',
      '2026-09 ARCHIVED before',
      '2026-10 ARCHIVED before',
    ]);
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(6);
  });

  it('archives on the next day what failed', async () => {
    const archiver = await prepareOctober();
    const fails = { ends: 'FAILED' } as const;
    archiver.aws.logs.exportTasks.script(ORDERS, {}, fails, fails);
    const first = await archiver.run({ scheduledTime: SCHEDULED });
    expect(first.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expectEverythingReported(archiver, first, LOG_GROUPS, LAST_THREE);
    expect(archiver.periods.map(({ period, status }) => [period, status])).toEqual([
      ['2026-08', 'COMPLETE'],
      ['2026-09', 'COMPLETE'],
      ['2026-10', 'INCOMPLETE'],
    ]);

    await archiver.aws.clock.moveTo(NEXT_DAY);
    const second = await archiver.run({ scheduledTime: NEXT_DAY });
    expect(second.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, second, LOG_GROUPS, LAST_THREE);
    expect(second.outcomes.filter(({ taskId }) => taskId !== null)).toMatchObject([
      { logGroupName: ORDERS, period: '2026-10' },
    ]);
    expect(archiver.periods.every(({ complete }) => complete)).toBe(true);
  });
});

describe('the input', () => {
  it('is scheduled at the start of the execution if it is empty', async () => {
    const archiver = await prepareOctober();
    const run = await archiver.run({});
    expect(run.result).toMatchObject({ status: 'SUCCEEDED', output: { periods: ['2026-08', '2026-10'], archived: 6 } });
  });

  it('selects a month by period', async () => {
    const archiver = await prepareOctober('EXCLUSIVE');
    const { outcomes } = await archiver.run({ period: '2026-09' });
    expect(outcomes.map(({ status, destinationPrefix }) => [status, destinationPrefix])).toEqual([
      ['ARCHIVED', '2026/09/shop/orders'],
      ['ARCHIVED', '2026/09/payments'],
      ['ARCHIVED', '2026/09/aws/lambda/checkout'],
    ]);
    expect(archiver.listObjects('2026/09/shop/orders')).toEqual([
      '2026/09/shop/orders/<task>/stream-2026-09-30T14.59.59.999Z/000000.gz',
      '2026/09/shop/orders/aws-logs-write-test',
    ]);
  });

  it('selects a day by period, whatever the granularity', async () => {
    const archiver = await prepareOctober();
    await archiver.run({ period: '2026-10-01' });
    expect(archiver.listObjects('2026/10/01/shop/orders')).toEqual([
      '2026/10/01/shop/orders/<task>/stream-2026-09-30T15.00.00.000Z/000000.gz',
      '2026/10/01/shop/orders/aws-logs-write-test',
    ]);
  });

  it('selects only the log groups that logGroups names', async () => {
    const archiver = await prepareOctober();
    const run = await archiver.run({ ...OCTOBER, logGroups: [{ logGroupName: PAYMENTS, s3Prefix: 'payments' }] });
    expect(run.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, run, [PAYMENTS]);
    expect(archiver.listObjects().every((key) => key.startsWith('2026/10/payments/'))).toBe(true);
    // A run that covers only some log groups writes no period status.
    expect(archiver.periods).toEqual([]);
  });

  it('reports with dryRun what a run would do, and archives nothing', async () => {
    const archiver = await prepareOctober();
    const { result, outcomes } = await archiver.run({ ...OCTOBER, dryRun: true });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'DRY_RUN', plan: { exports: 3 } } });
    expect(outcomes.map(({ logGroupName, status }) => [logGroupName, status])).toEqual(
      LOG_GROUPS.map((logGroupName) => [logGroupName, 'PLANNED']),
    );
    expect(archiver.listObjects()).toEqual([]);
    expect(archiver.receipts).toEqual([]);
  });

  it('archives again with force, with new tasks and receipts', async () => {
    const archiver = await prepareOctober();
    await archiver.run(OCTOBER);
    const { result, outcomes } = await archiver.run({ ...OCTOBER, force: true });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { archived: 3 } });
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(6);
    const forced = archiver.receipts.filter((receipt) => receipt.forced);
    expect(forced.map(({ tasks: [task] }) => task?.taskId).sort()).toEqual(outcomes.map(({ taskId }) => taskId).sort());
    expect(archiver.receipts).toHaveLength(6);
  });

  it.each([
    [{ logGroups: [] }, 'logGroups must be a non-empty array, got []'],
    [{ logGroups: null }, 'logGroups must be a non-empty array, got null'],
    [{ logGroups: ['/shop/orders'] }, 'logGroups[0] must be an object, got "/shop/orders"'],
    [
      { logGroups: [{ s3Prefix: null }, { logGroupName: PAYMENTS, s3Prefix: 'payments' }] },
      'logGroups[0].logGroupName must be a log group name, got undefined',
    ],
    [
      { periods: '2026-10' },
      'unknown input field "periods"; expected one of scheduledTime, period, logGroups, dryRun, force',
    ],
    [{ period: '2026-13' }, 'period must be a month such as'],
    [{ period: '2026-11' }, 'period must have ended, got "2026-11"; 2026-11 ends at 2026-11-30T14:59:59.999Z'],
    [{ period: 'October' }, 'period must be a month such as'],
    [[], 'input must be an object, got []'],
    ['2026-10', 'input must be an object, got "2026-10"'],
  ])('is rejected if it is %j, before anything is written', async (input, message) => {
    const archiver = await prepareOctober();
    const { result } = await archiver.run(input as object);
    expect(result).toMatchObject({ status: 'FAILED', error: 'InvalidArchiveRequest' });
    expect(JSON.parse(String(Object(result).cause)).errorMessage).toContain(message);
    expect(archiver.findCalls('CreateExportTask')).toEqual([]);
    expect(archiver.findCalls('PutObject')).toEqual([]);
  });

  it('takes the s3Prefix from the name if it is missing, and fails only the log group with an invalid one', async () => {
    const archiver = await prepareOctober();
    const logGroups = [{ logGroupName: ORDERS }, { logGroupName: PAYMENTS, s3Prefix: 'a//b' }];
    const run = await archiver.run({ ...OCTOBER, logGroups });
    expect(run.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expectEverythingReported(archiver, run, [ORDERS, PAYMENTS]);
    expect(run.outcomes.map(({ logGroupName, status, error }) => [logGroupName, status, error])).toEqual([
      [PAYMENTS, 'FAILED', 'InvalidArchiveRequest'],
      [ORDERS, 'ARCHIVED', null],
    ]);
  });
});

describe('a daily run', () => {
  it('archives a day from its first to its last millisecond, 27 hours after its end', async () => {
    const archiver = new Archiver(daily, '2026-10-30T14:00:00Z', { rangeEnd: 'EXCLUSIVE' });
    await archiver.createLogGroup(CHECKOUT);
    await archiver.aws.clock.moveTo('2026-10-30T15:00:00Z');
    await archiver.putEvents(ORDERS, '2026-10-30T14:59:59.999Z', '2026-10-30T15:00:00.000Z');
    await archiver.aws.clock.moveTo('2026-10-31T16:00:00Z');
    await archiver.putEvents(ORDERS, '2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const run = await archiver.run({ scheduledTime: SCHEDULED });
    expect(run.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, run, LOG_GROUPS, ['2026-10-29', '2026-10-30', '2026-10-31']);
    expect(listOutcomes(run)).toEqual(['2026-10-29 CreatedLater', '2026-10-30 ARCHIVED', '2026-10-31 ARCHIVED']);
    expect(archiver.listObjects('2026/10/31/shop/orders')).toEqual([
      '2026/10/31/shop/orders/<task>/stream-2026-10-30T15.00.00.000Z/000000.gz',
      '2026/10/31/shop/orders/<task>/stream-2026-10-31T14.59.59.999Z/000000.gz',
      '2026/10/31/shop/orders/aws-logs-write-test',
    ]);
  });

  it('archives 25 hours of the day on which the clocks go back', async () => {
    const berlin = synthesizeSample({ granularity: Granularity.DAILY, timeZone: TimeZone.EUROPE_BERLIN });
    const archiver = new Archiver(berlin, '2026-10-20T12:00:00Z');
    await archiver.aws.clock.moveTo('2026-10-27T02:00:00Z');
    const run = await archiver.run({ scheduledTime: '2026-10-27T02:00:00Z' });
    expectEverythingReported(archiver, run, LOG_GROUPS, ['2026-10-23', '2026-10-24', '2026-10-25']);
    expect(archiver.findCalls('CreateExportTask').at(-1)?.input).toMatchObject({
      from: Date.parse('2026-10-24T22:00:00.000Z'),
      to: Date.parse('2026-10-25T23:00:00.000Z'),
    });
  });
});

describe('a run that starts too early', () => {
  it('waits until 12 hours after the end of the period that its input names', async () => {
    const early = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await early.createLogGroup(CHECKOUT);
    await early.aws.clock.moveTo('2026-10-31T15:30:00Z');
    const run = await early.run(OCTOBER);
    expect(run.result.status).toBe('SUCCEEDED');
    expectEverythingReported(early, run, LOG_GROUPS);
    expect(listOutcomes(run)).toEqual(['2026-10 ARCHIVED']);
    expect(early.findCalls('CreateExportTask')[0]?.at).toBe('2026-11-01T03:00:00.000Z');
  });

  it.each([0, 12])('archives the last event of the month if events are exportable after %p hours', async (hours) => {
    const early = new Archiver(monthly, '2026-10-31T12:00:00Z');
    early.aws.logs.exportTasks.exportableAfterHours = hours;
    await early.createLogGroup(CHECKOUT);
    await early.aws.clock.moveTo('2026-10-31T14:59:59.999Z');
    await early.putEvents(CHECKOUT, '2026-10-31T14:59:59.999Z');
    await early.aws.clock.moveTo('2026-10-31T15:30:00Z');
    const run = await early.run(OCTOBER);
    expect(run.result.status).toBe('SUCCEEDED');
    expect(early.archivedEvents).toEqual(['at 2026-10-31T14:59:59.999Z']);
  });

  it('leaves a month that has not settled to a later run', async () => {
    const early = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await early.aws.clock.moveTo('2026-10-31T15:30:00Z');
    const { result } = await early.run({ scheduledTime: '2026-10-31T15:30:00Z' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { periods: ['2026-07', '2026-09'], archived: 0 } });
  });
});

describe('an archiver that is deployed again with other settings', () => {
  it('checks the log groups of its new settings, and exports nothing that has a receipt', async () => {
    const archiver = await prepareOctober();
    expect(listOutcomes(await archiver.run({ scheduledTime: SCHEDULED }))).toContain('2026-10 ARCHIVED');
    const added = '/aws/lambda/added';
    await archiver.createLogGroup(added);
    archiver.aws.deploy(synthesizeSample({ logGroupNames: [CHECKOUT, added] }));
    await archiver.aws.clock.moveTo(NEXT_DAY);
    const { result, outcomes } = await archiver.run({ scheduledTime: NEXT_DAY });
    expect(result.status).toBe('SUCCEEDED');
    const october = outcomes.filter(({ period }) => period === '2026-10');
    expect(october.map(({ logGroupName, status, error, taskId }) => [logGroupName, error ?? status, taskId])).toEqual(
      [ORDERS, PAYMENTS, added, CHECKOUT].map((name) => [name, name === added ? 'CreatedLater' : 'ARCHIVED', null]),
    );
    expect(archiver.stack.stateMachine.executions).toHaveLength(2);
  });
});
