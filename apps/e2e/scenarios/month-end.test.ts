import { TimeZone } from 'aws-cdk-lib';
import { Granularity } from 'cdk-log-archiver';
import { Archiver, CHECKOUT, type FinishedRun, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectEverythingReported } from './after-every-run';

const monthly = synthesizeSample({});
const daily = synthesizeSample({ granularity: Granularity.DAILY });

/** 03:00 on the 2nd of November in Tokyo. */
const SCHEDULED = '2026-11-01T18:00:00Z';
const NEXT_DAY = '2026-11-02T18:00:00Z';
const OCTOBER = { period: '2026-10' };
/** Log groups in the order in which they are archived. */
const LOG_GROUPS = [CHECKOUT, ORDERS, PAYMENTS];

async function prepareOctober(): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-09-30T14:00:00Z');
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

/** Returns the distinct outcomes of each period. */
const listOutcomes = ({ outcomes }: FinishedRun) => [
  ...new Set(outcomes.map(({ period, status, error }) => `${period} ${error ?? status}`)),
];

describe('a run for a month', () => {
  it('archives the first and the last millisecond of the month, and neither neighbour', async () => {
    const archiver = await prepareOctober();
    const run = await archiver.run(OCTOBER);
    expect(run.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, run, LOG_GROUPS);
    const [from, to] = [Date.parse('2026-09-30T15:00:00.000Z'), Date.parse('2026-10-31T14:59:59.999Z')];
    const none = { error: null, leftover: null, daysLost: null, storedBytes: null };
    const taskId = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const archived = { ...none, status: 'ARCHIVED', period: '2026-10', from, to, taskId };
    expect(run.outcomes).toEqual([
      { ...archived, logGroupName: CHECKOUT, destinationPrefix: '2026/10/aws/lambda/checkout' },
      { ...archived, logGroupName: ORDERS, destinationPrefix: '2026/10/shop/orders' },
      { ...archived, logGroupName: PAYMENTS, destinationPrefix: '2026/10/payments' },
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
    const archiver = await prepareOctober();
    const { outcomes, report } = await archiver.run(OCTOBER);
    const month = { from: '2026-09-30T15:00:00.000Z', to: '2026-10-31T14:59:59.999Z' };
    const { execution } = report ?? {};
    const receipt = {
      ...month,
      format: 1,
      archiver: expect.stringMatching(/^cdk-log-archiver \d/),
      account: '123456789012',
      region: 'ap-northeast-1',
      timeZone: 'Asia/Tokyo',
      period: '2026-10',
      s3BucketName: archiver.bucketName,
      daysLost: null,
      evidence: 'OBJECTS',
      execution,
      forced: false,
    };
    const times = ['18:00:00.000', '18:00:27.158', '18:00:54.316', '18:01:21.474'].map((time) => `2026-11-01T${time}Z`);
    expect(archiver.receipts).toEqual(
      outcomes.map(({ logGroupName, destinationPrefix, taskId }, index) => ({
        ...receipt,
        logGroupName,
        destinationPrefix,
        tasks: [{ ...month, taskId, objects: 2, bytes: expect.any(Number) }],
        startedAt: times[index],
        finishedAt: times[index + 1],
        // 12 hours earlier, because it can take that long until an event is exportable.
        completeAsOf: times[index]?.replace('T18', 'T06'),
        retentionInDays: { [ORDERS]: 180, [PAYMENTS]: 731 }[logGroupName] ?? null,
      })),
    );
    expect(archiver.periods).toMatchObject([
      { period: '2026-10', complete: true, archived: 3, skipped: 0, failed: 0, failures: [], execution },
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
          to: Date.parse('2026-10-31T14:59:59.999Z'),
          destination: archiver.bucketName,
        }),
        error: undefined,
      })),
    );
  });

  it('sees the end of a 23 s export after 10 polls, and starts the next one in the same instant', async () => {
    const archiver = await prepareOctober();
    await archiver.run(OCTOBER);
    expect(archiver.findCalls('CreateExportTask').map(({ at }) => at)).toEqual([
      '2026-11-01T18:00:00.000Z',
      '2026-11-01T18:00:27.158Z',
      '2026-11-01T18:00:54.316Z',
    ]);
  });

  it('archives nothing twice if it is repeated', async () => {
    const archiver = await prepareOctober();
    await archiver.run(OCTOBER);
    const { receipts } = archiver;
    const objects = archiver.listObjects();
    const second = await archiver.run(OCTOBER);
    expectEverythingReported(archiver, second, LOG_GROUPS);
    expect(listOutcomes(second)).toEqual(['2026-10 AlreadyArchived']);
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
      '2026-09 AlreadyArchived',
      '2026-10 AlreadyArchived',
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
    expect(archiver.periods.map(({ period, complete }) => [period, complete])).toEqual([
      ['2026-08', true],
      ['2026-09', true],
      ['2026-10', false],
    ]);

    await archiver.aws.clock.moveTo(NEXT_DAY);
    const second = await archiver.run({ scheduledTime: NEXT_DAY });
    expect(second.result.status).toBe('SUCCEEDED');
    expectEverythingReported(archiver, second, LOG_GROUPS, LAST_THREE);
    expect(second.outcomes.filter(({ status }) => status === 'ARCHIVED')).toMatchObject([
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
    const archiver = await prepareOctober();
    const { outcomes } = await archiver.run({ period: '2026-09' });
    expect(outcomes.map(({ status, destinationPrefix }) => [status, destinationPrefix])).toEqual([
      ['ARCHIVED', '2026/09/aws/lambda/checkout'],
      ['ARCHIVED', '2026/09/shop/orders'],
      ['ARCHIVED', '2026/09/payments'],
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
    expect(forced.flatMap(({ tasks }) => tasks).map(({ taskId }) => taskId)).toEqual(
      outcomes.map(({ taskId }) => taskId),
    );
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
    const archiver = new Archiver(daily, '2026-10-30T14:00:00Z');
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
      to: Date.parse('2026-10-25T22:59:59.999Z'),
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

  it('leaves a month that has not settled to a later run', async () => {
    const early = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await early.aws.clock.moveTo('2026-10-31T15:30:00Z');
    const { result } = await early.run({ scheduledTime: '2026-10-31T15:30:00Z' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { periods: ['2026-07', '2026-09'], archived: 0 } });
  });
});
