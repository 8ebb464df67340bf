import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectEverythingReported, expectIdle } from './after-every-run';

const monthly = synthesizeSample({});
/** 03:00 on the 2nd of November in Tokyo. */
const SCHEDULED = '2026-11-01T18:00:00Z';
/** Midnight in Tokyo: the first instant of November. */
const NOVEMBER = '2026-10-31T15:00:00.000Z';

/** Runs the archiver for October and checks what must hold after every run. */
async function run(archiver: Archiver) {
  const execution = archiver.start({ period: '2026-10' });
  const finished = await archiver.waitFor(execution);
  expectEverythingReported(archiver, finished, [ORDERS, CHECKOUT, PAYMENTS]);
  await expectIdle(archiver, [execution]);
  return finished;
}

const findOutcome = ({ outcomes }: Awaited<ReturnType<typeof run>>, name: string) =>
  outcomes.filter(({ logGroupName }) => logGroupName === name).map(({ status, error }) => error ?? status);
const listOutcomes = (finished: Awaited<ReturnType<typeof run>>) =>
  [ORDERS, CHECKOUT, PAYMENTS].flatMap((name) => findOutcome(finished, name));

describe('a log group', () => {
  it.each([
    [
      'was created after the period',
      'CreatedLater',
      async (archiver: Archiver) => {
        await archiver.aws.clock.moveTo(NOVEMBER);
        await archiver.createLogGroup(CHECKOUT);
        await archiver.putEvents(CHECKOUT, NOVEMBER);
        await archiver.aws.clock.moveTo(SCHEDULED);
      },
    ],
    [
      'retains no event of the period',
      'RetentionExpired',
      async (archiver: Archiver) => {
        await archiver.createLogGroup(CHECKOUT);
        await archiver.putEvents(CHECKOUT, '2026-10-30T00:00:00.000Z');
        await archiver.logs.send(new PutRetentionPolicyCommand({ logGroupName: CHECKOUT, retentionInDays: 1 }));
        await archiver.aws.clock.moveTo(SCHEDULED);
      },
    ],
    [
      'has a class that AWS does not export',
      'ClassNotExportable',
      async (archiver: Archiver) => {
        archiver.aws.logs.call('CreateLogGroup', { logGroupName: CHECKOUT, logGroupClass: 'DELIVERY' });
        await archiver.aws.clock.moveTo(SCHEDULED);
      },
    ],
  ])('that %s is SKIPPED with %s without a call of AWS; the others are archived once', async (_, reason, prepare) => {
    const archiver = new Archiver(monthly, '2026-10-30T00:00:00Z');
    await prepare(archiver);
    for (const others of ['ARCHIVED', 'AlreadyArchived']) {
      const finished = await run(archiver);
      expect(listOutcomes(finished)).toEqual([others, reason, others]);
      expect(finished.result.status).toBe('SUCCEEDED');
      expect(archiver.findCalls('CreateExportTask')).toHaveLength(2);
      expect(archiver.listObjects('2026/10/aws/lambda/checkout')).toEqual([]);
    }
  });

  it('that has events older than itself gets them archived with the period in which it was created', async () => {
    const archiver = new Archiver(monthly, '2026-11-02T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    const [october, november] = ['2026-10-19T00:00:00.000Z', '2026-11-02T00:00:00.000Z'];
    await archiver.putEvents(CHECKOUT, october, november);
    await archiver.aws.clock.moveTo('2026-12-01T18:00:00Z');
    const { outcomes, result } = await archiver.run({ period: '2026-10/2026-11' });
    const checkout = outcomes.filter(({ logGroupName }) => logGroupName === CHECKOUT);
    expect(checkout.map(({ status, error }) => error ?? status)).toEqual(['CreatedLater', 'ARCHIVED']);
    expect(result.status).toBe('SUCCEEDED');
    const folder = '2026/11/aws/lambda/checkout';
    expect(archiver.listObjects(folder)).toEqual([
      `${folder}/<task>/stream-2026-10-19T00.00.00.000Z/000000.gz`,
      `${folder}/<task>/stream-2026-11-02T00.00.00.000Z/000000.gz`,
      `${folder}/aws-logs-write-test`,
    ]);
    expect(archiver.receipts.find(({ logGroupName }) => logGroupName === CHECKOUT)).toMatchObject({
      from: '2026-10-31T15:00:00.000Z',
      tasks: [{ from: october, to: '2026-11-30T14:59:59.999Z', objects: 2 }],
    });
  });

  it('that was created in the period is archived from its creation on', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.putEvents(CHECKOUT, '2026-10-20T00:00:00.000Z');
    await archiver.aws.clock.moveTo(NOVEMBER);
    await archiver.putEvents(CHECKOUT, NOVEMBER);
    await archiver.aws.clock.moveTo(SCHEDULED);
    expect(listOutcomes(await run(archiver))).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(archiver.listObjects('2026/10/aws/lambda/checkout')).toEqual([
      '2026/10/aws/lambda/checkout/<task>/stream-2026-10-20T00.00.00.000Z/000000.gz',
      '2026/10/aws/lambda/checkout/aws-logs-write-test',
    ]);
  });

  it('that retains a part of the period is archived with that part, and its receipt counts the lost days', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.putEvents(CHECKOUT, '2026-10-20T00:00:00.000Z');
    await archiver.logs.send(new PutRetentionPolicyCommand({ logGroupName: CHECKOUT, retentionInDays: 7 }));
    await archiver.aws.clock.moveTo('2026-10-31T12:00:00Z');
    await archiver.putEvents(CHECKOUT, '2026-10-31T12:00:00.000Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const finished = await run(archiver);
    expect(listOutcomes(finished)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(finished.report?.atRisk).toMatchObject([{ logGroupName: CHECKOUT, daysLost: 26 }]);
    expect(archiver.receipts[0]).toMatchObject({ logGroupName: CHECKOUT, retentionInDays: 7, daysLost: 26 });
    expect(archiver.listObjects('2026/10/aws/lambda/checkout')).toEqual([
      '2026/10/aws/lambda/checkout/<task>/stream-2026-10-31T12.00.00.000Z/000000.gz',
      '2026/10/aws/lambda/checkout/aws-logs-write-test',
    ]);
  });
});
