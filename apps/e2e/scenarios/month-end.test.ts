import { TimeZone } from 'aws-cdk-lib';
import { Granularity } from 'cdk-log-archiver';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS, type Run } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectNothingSilent } from './after-every-run';

const monthly = synthesizeSample({});
const daily = synthesizeSample({ granularity: Granularity.DAILY });

/** 03:00 on the 2nd of November in Tokyo. */
const SCHEDULED = '2026-11-01T18:00:00Z';
const NEXT_DAY = '2026-11-02T18:00:00Z';
const OCTOBER = { period: '2026-10' };
/** In the order in which they are archived. */
const LOG_GROUPS = [CHECKOUT, ORDERS, PAYMENTS];

async function archiverWithOctober(): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-09-30T14:00:00Z');
  await archiver.createLogGroup(CHECKOUT);
  for (const logGroupName of LOG_GROUPS) {
    await archiver.put(logGroupName, '2026-09-30T14:59:59.999Z', '2026-09-30T15:00:00.000Z');
  }
  await archiver.aws.clock.moveTo('2026-10-31T16:00:00Z');
  for (const logGroupName of LOG_GROUPS) {
    await archiver.put(logGroupName, '2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z');
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

/** Each period with what became of it, if it was the same for all log groups. */
const inWords = ({ outcomes }: Run) => [
  ...new Set(outcomes.map(({ period, status, error }) => `${period} ${error ?? status}`)),
];

describe('the plain month', () => {
  it('archives every log group, with the first and the last millisecond of the month and neither neighbour', async () => {
    const archiver = await archiverWithOctober();
    const run = await archiver.run(OCTOBER);
    expect(run.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, run, LOG_GROUPS);
    const [from, to] = [Date.parse('2026-09-30T15:00:00.000Z'), Date.parse('2026-10-31T14:59:59.999Z')];
    const none = { error: null, leftover: null, daysLost: null, storedBytes: null };
    const taskId = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const archived = { ...none, status: 'ARCHIVED', period: '2026-10', from, to, taskId };
    expect(run.outcomes).toEqual([
      { ...archived, logGroupName: CHECKOUT, destinationPrefix: '2026/10/aws/lambda/checkout' },
      { ...archived, logGroupName: ORDERS, destinationPrefix: '2026/10/shop/orders' },
      { ...archived, logGroupName: PAYMENTS, destinationPrefix: '2026/10/payments' },
    ]);
    expect(archiver.objects()).toEqual(
      ['2026/10/aws/lambda/checkout', '2026/10/payments', '2026/10/shop/orders'].flatMap((key) => [
        `${key}/<task>/stream-2026-09-30T15.00.00.000Z/000000.gz`,
        `${key}/<task>/stream-2026-10-31T14.59.59.999Z/000000.gz`,
        `${key}/aws-logs-write-test`,
      ]),
    );
  });

  it('writes a receipt for each log group, and that the month is complete', async () => {
    const archiver = await archiverWithOctober();
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
        // 12 hours earlier: so long may it take until an event can be exported.
        completeAsOf: times[index]?.replace('T18', 'T06'),
        retentionInDays: { [ORDERS]: 180, [PAYMENTS]: 731 }[logGroupName] ?? null,
      })),
    );
    expect(archiver.periods).toMatchObject([
      { period: '2026-10', complete: true, archived: 3, skipped: 0, failed: 0, failures: [], execution },
    ]);
  });

  it('makes one export task at a time and one for each log group', async () => {
    const archiver = await archiverWithOctober();
    await archiver.run(OCTOBER);
    const creations = archiver.callsOf('CreateExportTask');
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

  it('sees a 23 s export after 10 looks, and has the next one started in the same instant', async () => {
    const archiver = await archiverWithOctober();
    await archiver.run(OCTOBER);
    expect(archiver.callsOf('CreateExportTask').map(({ at }) => at)).toEqual([
      '2026-11-01T18:00:00.000Z',
      '2026-11-01T18:00:27.158Z',
      '2026-11-01T18:00:54.316Z',
    ]);
  });

  it('archives nothing twice when it runs again', async () => {
    const archiver = await archiverWithOctober();
    await archiver.run(OCTOBER);
    const { receipts } = archiver;
    const objects = archiver.objects();
    const second = await archiver.run(OCTOBER);
    expectNothingSilent(archiver, second, LOG_GROUPS);
    expect(inWords(second)).toEqual(['2026-10 AlreadyArchived']);
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(3);
    expect(archiver.objects()).toEqual(objects);
    expect(archiver.receipts).toEqual(receipts);
  });
});

describe('the schedule', () => {
  const LAST_THREE = ['2026-08', '2026-09', '2026-10'];

  it('archives what the last three months have, oldest first, and finds nothing to do on the next day', async () => {
    const archiver = await archiverWithOctober();
    const first = await archiver.run({ scheduledTime: SCHEDULED });
    expectNothingSilent(archiver, first, LOG_GROUPS, LAST_THREE);
    expect(inWords(first)).toEqual(['2026-08 CreatedLater', '2026-09 ARCHIVED', '2026-10 ARCHIVED']);
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(6);

    await archiver.aws.clock.moveTo(NEXT_DAY);
    const second = await archiver.run({ scheduledTime: NEXT_DAY });
    expect(second.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, second, LOG_GROUPS, LAST_THREE);
    expect(inWords(second)).toEqual(['2026-08 CreatedLater', '2026-09 AlreadyArchived', '2026-10 AlreadyArchived']);
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(6);
  });

  it('makes good on the next day what failed, though nobody was there', async () => {
    const archiver = await archiverWithOctober();
    const fails = { ends: 'FAILED' } as const;
    archiver.aws.logs.exportTasks.arrange(ORDERS, {}, fails, fails);
    const first = await archiver.run({ scheduledTime: SCHEDULED });
    expect(first.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expectNothingSilent(archiver, first, LOG_GROUPS, LAST_THREE);
    expect(archiver.periods.map(({ period, complete }) => [period, complete])).toEqual([
      ['2026-08', true],
      ['2026-09', true],
      ['2026-10', false],
    ]);

    await archiver.aws.clock.moveTo(NEXT_DAY);
    const second = await archiver.run({ scheduledTime: NEXT_DAY });
    expect(second.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, second, LOG_GROUPS, LAST_THREE);
    expect(second.outcomes.filter(({ status }) => status === 'ARCHIVED')).toMatchObject([
      { logGroupName: ORDERS, period: '2026-10' },
    ]);
    expect(archiver.periods.every(({ complete }) => complete)).toBe(true);
  });
});

describe('what the input says', () => {
  it('is the instant of the start where it says nothing', async () => {
    const archiver = await archiverWithOctober();
    const run = await archiver.run({});
    expect(run.result).toMatchObject({ status: 'SUCCEEDED', output: { periods: ['2026-08', '2026-10'], archived: 6 } });
  });

  it('archives the month that period names', async () => {
    const archiver = await archiverWithOctober();
    const { outcomes } = await archiver.run({ period: '2026-09' });
    expect(outcomes.map(({ status, destinationPrefix }) => [status, destinationPrefix])).toEqual([
      ['ARCHIVED', '2026/09/aws/lambda/checkout'],
      ['ARCHIVED', '2026/09/shop/orders'],
      ['ARCHIVED', '2026/09/payments'],
    ]);
    expect(archiver.objects('2026/09/shop/orders')).toEqual([
      '2026/09/shop/orders/<task>/stream-2026-09-30T14.59.59.999Z/000000.gz',
      '2026/09/shop/orders/aws-logs-write-test',
    ]);
  });

  it('archives a day where period names one, whatever the granularity', async () => {
    const archiver = await archiverWithOctober();
    await archiver.run({ period: '2026-10-01' });
    expect(archiver.objects('2026/10/01/shop/orders')).toEqual([
      '2026/10/01/shop/orders/<task>/stream-2026-09-30T15.00.00.000Z/000000.gz',
      '2026/10/01/shop/orders/aws-logs-write-test',
    ]);
  });

  it('archives the log groups that logGroups names and no other', async () => {
    const archiver = await archiverWithOctober();
    const run = await archiver.run({ ...OCTOBER, logGroups: [{ logGroupName: PAYMENTS, s3Prefix: 'payments' }] });
    expect(run.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, run, [PAYMENTS]);
    expect(archiver.objects().every((key) => key.startsWith('2026/10/payments/'))).toBe(true);
    // Of a month of which it has not looked at everything, a run says nothing.
    expect(archiver.periods).toEqual([]);
  });

  it('says with dryRun what it would do, and does nothing', async () => {
    const archiver = await archiverWithOctober();
    const { result, outcomes } = await archiver.run({ ...OCTOBER, dryRun: true });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'DRY_RUN', plan: { exports: 3 } } });
    expect(outcomes.map(({ logGroupName, status }) => [logGroupName, status])).toEqual(
      LOG_GROUPS.map((logGroupName) => [logGroupName, 'PLANNED']),
    );
    expect(archiver.objects()).toEqual([]);
    expect(archiver.receipts).toEqual([]);
  });

  it('archives again with force, by tasks and receipts of its own', async () => {
    const archiver = await archiverWithOctober();
    await archiver.run(OCTOBER);
    const { result, outcomes } = await archiver.run({ ...OCTOBER, force: true });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { archived: 3 } });
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(6);
    const forced = archiver.receipts.filter((receipt) => receipt.forced);
    expect(forced.flatMap(({ tasks }) => tasks).map(({ taskId }) => taskId)).toEqual(
      outcomes.map(({ taskId }) => taskId),
    );
    expect(archiver.receipts).toHaveLength(6);
  });

  it.each([
    [{ logGroups: [] }, 'logGroups must be a list of at least one log group, got []'],
    [{ logGroups: null }, 'logGroups must be a list of at least one log group, got null'],
    [{ logGroups: ['/shop/orders'] }, 'logGroups[0] must be an object, got "/shop/orders"'],
    [
      { logGroups: [{ s3Prefix: null }, { logGroupName: PAYMENTS, s3Prefix: 'payments' }] },
      'logGroups[0].logGroupName must be the name of a log group, got nothing',
    ],
    [{ periods: '2026-10' }, 'periods must be left out'],
    [{ period: '2026-13' }, 'period must be a month such as'],
    [{ period: '2026-11' }, 'period must be one that has ended; 2026-11 ends at 2026-11-30T14:59:59.999Z'],
    [{ period: 'October' }, 'period must be a month such as'],
    [[], 'the input must be an object, got []'],
    ['2026-10', 'the input must be an object, got "2026-10"'],
  ])('refuses %j before anything is written', async (input, message) => {
    const archiver = await archiverWithOctober();
    const { result } = await archiver.run(input as object);
    expect(result).toMatchObject({ status: 'FAILED', error: 'InvalidArchiveRequest' });
    expect(JSON.parse(String(Object(result).cause)).errorMessage).toContain(message);
    expect(archiver.callsOf('CreateExportTask')).toEqual([]);
    expect(archiver.callsOf('PutObject')).toEqual([]);
  });

  it('archives a log group without an s3Prefix by its name, and fails one by name whose prefix makes no key', async () => {
    const archiver = await archiverWithOctober();
    const logGroups = [{ logGroupName: ORDERS }, { logGroupName: PAYMENTS, s3Prefix: 'a//b' }];
    const run = await archiver.run({ ...OCTOBER, logGroups });
    expect(run.result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expectNothingSilent(archiver, run, [ORDERS, PAYMENTS]);
    expect(run.outcomes.map(({ logGroupName, status, error }) => [logGroupName, status, error])).toEqual([
      [PAYMENTS, 'FAILED', 'InvalidArchiveRequest'],
      [ORDERS, 'ARCHIVED', null],
    ]);
  });
});

describe('a day', () => {
  it('is archived from its first to its last millisecond at 03:00 of the day after the next one', async () => {
    const archiver = new Archiver(daily, '2026-10-30T14:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.aws.clock.moveTo('2026-10-30T15:00:00Z');
    await archiver.put(ORDERS, '2026-10-30T14:59:59.999Z', '2026-10-30T15:00:00.000Z');
    await archiver.aws.clock.moveTo('2026-10-31T16:00:00Z');
    await archiver.put(ORDERS, '2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const run = await archiver.run({ scheduledTime: SCHEDULED });
    expect(run.result.status).toBe('SUCCEEDED');
    expectNothingSilent(archiver, run, LOG_GROUPS, ['2026-10-29', '2026-10-30', '2026-10-31']);
    expect(inWords(run)).toEqual(['2026-10-29 CreatedLater', '2026-10-30 ARCHIVED', '2026-10-31 ARCHIVED']);
    expect(archiver.objects('2026/10/31/shop/orders')).toEqual([
      '2026/10/31/shop/orders/<task>/stream-2026-10-30T15.00.00.000Z/000000.gz',
      '2026/10/31/shop/orders/<task>/stream-2026-10-31T14.59.59.999Z/000000.gz',
      '2026/10/31/shop/orders/aws-logs-write-test',
    ]);
  });

  it('has 25 hours where the clocks go back', async () => {
    const berlin = synthesizeSample({ granularity: Granularity.DAILY, timeZone: TimeZone.EUROPE_BERLIN });
    const archiver = new Archiver(berlin, '2026-10-20T12:00:00Z');
    await archiver.aws.clock.moveTo('2026-10-27T02:00:00Z');
    const run = await archiver.run({ scheduledTime: '2026-10-27T02:00:00Z' });
    expectNothingSilent(archiver, run, LOG_GROUPS, ['2026-10-23', '2026-10-24', '2026-10-25']);
    expect(archiver.callsOf('CreateExportTask').at(-1)?.input).toMatchObject({
      from: Date.parse('2026-10-24T22:00:00.000Z'),
      to: Date.parse('2026-10-25T22:59:59.999Z'),
    });
  });
});

describe('started too early', () => {
  it('with a period waits at 00:30 on the 1st in Tokyo until 12 hours are over, and archives it', async () => {
    const early = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await early.createLogGroup(CHECKOUT);
    await early.aws.clock.moveTo('2026-10-31T15:30:00Z');
    const run = await early.run(OCTOBER);
    expect(run.result.status).toBe('SUCCEEDED');
    expectNothingSilent(early, run, LOG_GROUPS);
    expect(inWords(run)).toEqual(['2026-10 ARCHIVED']);
    expect(early.callsOf('CreateExportTask')[0]?.at).toBe('2026-11-01T03:00:00.000Z');
  });

  it('without one leaves the month to the run that comes when it has settled', async () => {
    const early = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await early.aws.clock.moveTo('2026-10-31T15:30:00Z');
    const { result } = await early.run({ scheduledTime: '2026-10-31T15:30:00Z' });
    expect(result).toMatchObject({ status: 'SUCCEEDED', output: { periods: ['2026-07', '2026-09'], archived: 0 } });
  });
});
