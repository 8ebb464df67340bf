import { TimeZone } from 'aws-cdk-lib';
import { Frequency } from 'cdk-log-archiver';
import { synthesizeSample } from '../../src/synthesize';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';

const monthly = synthesizeSample({});
const daily = synthesizeSample({ frequency: Frequency.DAILY });

/** 03:00 on the 2nd of November in Tokyo. */
const SCHEDULED = '2026-11-01T18:00:00Z';

async function archiverWithOctober(): Promise<Archiver> {
  const archiver = new Archiver(monthly, '2026-09-30T14:00:00Z');
  await archiver.createLogGroup(CHECKOUT);
  for (const logGroupName of [ORDERS, PAYMENTS, CHECKOUT]) {
    await archiver.put(logGroupName, '2026-09-30T14:59:59.999Z', '2026-09-30T15:00:00.000Z');
  }
  await archiver.aws.clock.moveTo('2026-10-31T16:00:00Z');
  for (const logGroupName of [ORDERS, PAYMENTS, CHECKOUT]) {
    await archiver.put(logGroupName, '2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z');
  }
  await archiver.aws.clock.moveTo(SCHEDULED);
  return archiver;
}

describe('the plain month', () => {
  it('archives every log group, with the first and the last millisecond of the month and neither neighbour', async () => {
    const archiver = await archiverWithOctober();
    const { result, outcomes } = await archiver.run({ scheduledTime: SCHEDULED });
    expect(result).toEqual({ status: 'SUCCEEDED', output: { outcomes, incomplete: false } });
    const taskId = expect.stringMatching(/^[0-9a-f-]{36}$/);
    const archived = { status: 'ARCHIVED', error: null, taskId };
    expect(outcomes).toEqual([
      { ...archived, logGroupName: ORDERS, destinationPrefix: '2026/10/shop/orders' },
      { ...archived, logGroupName: CHECKOUT, destinationPrefix: '2026/10/aws/lambda/checkout' },
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

  it('makes one export task at a time and one for each log group', async () => {
    const archiver = await archiverWithOctober();
    await archiver.run({ scheduledTime: SCHEDULED });
    const creations = archiver.callsOf('CreateExportTask');
    expect(creations.map(({ input, error }) => ({ input, error }))).toEqual(
      [ORDERS, CHECKOUT, PAYMENTS].map((logGroupName) => ({
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
    await archiver.run({ scheduledTime: SCHEDULED });
    expect(archiver.callsOf('CreateExportTask').map(({ at }) => at)).toEqual([
      '2026-11-01T18:00:00.000Z',
      '2026-11-01T18:00:27.158Z',
      '2026-11-01T18:00:54.316Z',
    ]);
  });

  it('takes the last month for an empty input', async () => {
    const archiver = await archiverWithOctober();
    const { result, outcomes } = await archiver.run({});
    expect(result.status).toBe('SUCCEEDED');
    expect(outcomes.map(({ destinationPrefix }) => destinationPrefix)).toEqual([
      '2026/10/shop/orders',
      '2026/10/aws/lambda/checkout',
      '2026/10/payments',
    ]);
  });

  it('archives nothing twice when it runs again', async () => {
    const archiver = await archiverWithOctober();
    const first = await archiver.run({ scheduledTime: SCHEDULED });
    const objects = archiver.objects();
    const second = await archiver.run({ scheduledTime: SCHEDULED });
    expect(second).toEqual(first);
    expect(archiver.callsOf('CreateExportTask')).toHaveLength(3);
    expect(archiver.objects()).toEqual(objects);
  });
});

describe('what the input says', () => {
  it('archives the month that period names', async () => {
    const archiver = await archiverWithOctober();
    const { outcomes } = await archiver.run({ period: '2026-09' });
    expect(outcomes.map(({ status, destinationPrefix }) => [status, destinationPrefix])).toEqual([
      ['ARCHIVED', '2026/09/shop/orders'],
      ['ARCHIVED', '2026/09/aws/lambda/checkout'],
      ['ARCHIVED', '2026/09/payments'],
    ]);
    expect(archiver.objects('2026/09/shop/orders')).toEqual([
      '2026/09/shop/orders/<task>/stream-2026-09-30T14.59.59.999Z/000000.gz',
      '2026/09/shop/orders/aws-logs-write-test',
    ]);
  });

  it('archives a day where period names one, whatever the frequency', async () => {
    const archiver = await archiverWithOctober();
    await archiver.run({ period: '2026-10-01' });
    expect(archiver.objects('2026/10/01/shop/orders')).toEqual([
      '2026/10/01/shop/orders/<task>/stream-2026-09-30T15.00.00.000Z/000000.gz',
      '2026/10/01/shop/orders/aws-logs-write-test',
    ]);
  });

  it('archives the log groups that logGroups names and no other', async () => {
    const archiver = await archiverWithOctober();
    const { result, outcomes } = await archiver.run({
      scheduledTime: SCHEDULED,
      logGroups: [{ logGroupName: PAYMENTS, s3Prefix: 'payments' }],
    });
    expect(result.status).toBe('SUCCEEDED');
    expect(outcomes.map(({ logGroupName }) => logGroupName)).toEqual([PAYMENTS]);
    expect(archiver.objects('2026/10').every((key) => key.startsWith('2026/10/payments/'))).toBe(true);
  });

  it.each([[{ logGroups: [] }], [{ logGroups: null }]])('refuses %j before anything is written', async (input) => {
    const archiver = await archiverWithOctober();
    const { result } = await archiver.run(input);
    expect(result).toEqual({
      status: 'FAILED',
      error: 'InvalidArchiveRequest',
      cause: 'logGroups must be a list of at least one { "logGroupName": …, "s3Prefix": … or null }',
    });
    expect(archiver.callsOf('CreateExportTask')).toEqual([]);
  });

  it.each([
    [{ logGroupName: ORDERS }, 's3Prefix must be a text or null, got ""'],
    [{ s3Prefix: null }, 'logGroupName must be a text, got null'],
  ])('fails an item %j by name and goes on with the others', async (item, message) => {
    const archiver = await archiverWithOctober();
    const execution = archiver.start({
      scheduledTime: SCHEDULED,
      logGroups: [item, { logGroupName: PAYMENTS, s3Prefix: 'payments' }],
    });
    const { result, outcomes } = await archiver.runToEnd(execution);
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(outcomes.map(({ status, error }) => [status, error])).toEqual([
      ['FAILED', 'InvalidArchiveRequest'],
      ['ARCHIVED', null],
    ]);
    const failure = execution.events.find(({ type }) => type === 'StateFailed');
    expect(JSON.parse(String(failure?.Cause))).toMatchObject({ errorMessage: message });
  });

  it.each([
    ['2026-13', 'period'],
    ['2026-11', 'period'],
    ['October', 'period'],
  ])('fails every log group by name for period %s, and writes nothing', async (period) => {
    const archiver = await archiverWithOctober();
    const { result, outcomes } = await archiver.run({ period });
    expect(result).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete' });
    expect(outcomes.map(({ status, error }) => [status, error])).toEqual(
      Array(3).fill(['FAILED', 'InvalidArchiveRequest']),
    );
    expect(archiver.objects()).toEqual([]);
  });
});

describe('an input that is no request at all', () => {
  it.each([[{ logGroups: ['/shop/orders'] }], [[]], ['2026-10']])(
    '%j turns the run red and exports nothing',
    async (input) => {
      const archiver = await archiverWithOctober();
      const { result } = await archiver.run(input as object);
      expect(result.status).toBe('FAILED');
      expect(archiver.callsOf('CreateExportTask')).toEqual([]);
    },
  );
});

describe('a day', () => {
  it('is archived from its first to its last millisecond at 13:00 of the next one', async () => {
    const archiver = new Archiver(daily, '2026-10-31T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.put(ORDERS, '2026-10-30T14:59:59.999Z', '2026-10-30T15:00:00.000Z');
    await archiver.aws.clock.moveTo('2026-10-31T16:00:00Z');
    await archiver.put(ORDERS, '2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z');
    await archiver.aws.clock.moveTo('2026-11-01T04:00:00Z');
    const { result } = await archiver.run({ scheduledTime: '2026-11-01T04:00:00Z' });
    expect(result.status).toBe('SUCCEEDED');
    expect(archiver.objects('2026/10/31/shop/orders')).toEqual([
      '2026/10/31/shop/orders/<task>/stream-2026-10-30T15.00.00.000Z/000000.gz',
      '2026/10/31/shop/orders/<task>/stream-2026-10-31T14.59.59.999Z/000000.gz',
      '2026/10/31/shop/orders/aws-logs-write-test',
    ]);
  });

  it('has 25 hours where the clocks go back', async () => {
    const berlin = synthesizeSample({ frequency: Frequency.DAILY, timeZone: TimeZone.EUROPE_BERLIN });
    const archiver = new Archiver(berlin, '2026-10-26T12:00:00Z');
    await archiver.run({ scheduledTime: '2026-10-26T12:00:00Z' });
    const [call] = archiver.callsOf('CreateExportTask');
    expect(call?.input).toMatchObject({
      from: Date.parse('2026-10-24T22:00:00.000Z'),
      to: Date.parse('2026-10-25T22:59:59.999Z'),
    });
  });
});

describe('started too early', () => {
  it('waits at 00:30 on the 1st in Tokyo until 12 hours are over, and archives the month before', async () => {
    const early = new Archiver(monthly, '2026-10-31T12:00:00Z');
    await early.createLogGroup(CHECKOUT);
    await early.aws.clock.moveTo('2026-10-31T15:30:00Z');
    const { result, outcomes } = await early.run({ scheduledTime: '2026-10-31T15:30:00Z' });
    expect(result.status).toBe('SUCCEEDED');
    expect(outcomes.map(({ destinationPrefix }) => destinationPrefix)).toEqual([
      '2026/10/shop/orders',
      '2026/10/aws/lambda/checkout',
      '2026/10/payments',
    ]);
    expect(early.callsOf('CreateExportTask')[0]?.at).toBe('2026-11-01T03:30:00.000Z');
  });
});
