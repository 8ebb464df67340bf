import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';

const monthly = synthesizeSample({});
/** 03:00 on the 2nd of November in Tokyo. */
const SCHEDULED = '2026-11-01T18:00:00Z';
/** October is over in Tokyo. */
const NOVEMBER = '2026-10-31T15:00:00.000Z';

/** Runs, and has looked at everything that is left behind. */
async function run(archiver: Archiver) {
  const execution = archiver.start({ period: '2026-10' });
  const done = await archiver.runToEnd(execution);
  expectNothingSilent(archiver, done, [ORDERS, CHECKOUT, PAYMENTS]);
  await expectNothingGoesOn(archiver, [execution]);
  return done;
}

const outcomeOf = ({ outcomes }: Awaited<ReturnType<typeof run>>, name: string) =>
  outcomes.filter(({ logGroupName }) => logGroupName === name).map(({ status, error }) => error ?? status);
const outcomesOf = (done: Awaited<ReturnType<typeof run>>) =>
  [ORDERS, CHECKOUT, PAYMENTS].flatMap((name) => outcomeOf(done, name));

describe('a log group', () => {
  it.each([
    [
      'created after the period',
      'CreatedLater',
      async (archiver: Archiver) => {
        await archiver.aws.clock.moveTo(NOVEMBER);
        await archiver.createLogGroup(CHECKOUT);
        await archiver.put(CHECKOUT, NOVEMBER);
        await archiver.aws.clock.moveTo(SCHEDULED);
      },
    ],
    [
      'that keeps nothing of the period',
      'RetentionExpired',
      async (archiver: Archiver) => {
        await archiver.createLogGroup(CHECKOUT);
        await archiver.put(CHECKOUT, '2026-10-30T00:00:00.000Z');
        await archiver.logs.send(new PutRetentionPolicyCommand({ logGroupName: CHECKOUT, retentionInDays: 1 }));
        await archiver.aws.clock.moveTo(SCHEDULED);
      },
    ],
    [
      'of a class that AWS does not export',
      'ClassNotExportable',
      async (archiver: Archiver) => {
        archiver.aws.logs.call('CreateLogGroup', { logGroupName: CHECKOUT, logGroupClass: 'DELIVERY' });
        await archiver.aws.clock.moveTo(SCHEDULED);
      },
    ],
  ])('%s is SKIPPED with %s, which AWS is not asked; the others are archived, once', async (_, reason, arrange) => {
    const archiver = new Archiver(monthly, '2026-10-30T00:00:00Z');
    await arrange(archiver);
    for (const others of ['ARCHIVED', 'AlreadyArchived']) {
      const done = await run(archiver);
      expect(outcomesOf(done)).toEqual([others, reason, others]);
      expect(done.result.status).toBe('SUCCEEDED');
      expect(archiver.callsOf('CreateExportTask')).toHaveLength(2);
      expect(archiver.objects('2026/10/aws/lambda/checkout')).toEqual([]);
    }
  });

  it('whose events are older than itself has them archived with the period in which it was created', async () => {
    const archiver = new Archiver(monthly, '2026-11-02T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    const [october, november] = ['2026-10-19T00:00:00.000Z', '2026-11-02T00:00:00.000Z'];
    await archiver.put(CHECKOUT, october, november);
    await archiver.aws.clock.moveTo('2026-12-01T18:00:00Z');
    const { outcomes, result } = await archiver.run({ period: '2026-10/2026-11' });
    const ofCheckout = outcomes.filter(({ logGroupName }) => logGroupName === CHECKOUT);
    expect(ofCheckout.map(({ status, error }) => error ?? status)).toEqual(['CreatedLater', 'ARCHIVED']);
    expect(result.status).toBe('SUCCEEDED');
    const folder = '2026/11/aws/lambda/checkout';
    expect(archiver.objects(folder)).toEqual([
      `${folder}/<task>/stream-2026-10-19T00.00.00.000Z/000000.gz`,
      `${folder}/<task>/stream-2026-11-02T00.00.00.000Z/000000.gz`,
      `${folder}/aws-logs-write-test`,
    ]);
    expect(archiver.receipts.find(({ logGroupName }) => logGroupName === CHECKOUT)).toMatchObject({
      from: '2026-10-31T15:00:00.000Z',
      tasks: [{ from: october, to: '2026-11-30T14:59:59.999Z', objects: 2 }],
    });
  });

  it('created in the period is archived from its creation on', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.put(CHECKOUT, '2026-10-20T00:00:00.000Z');
    await archiver.aws.clock.moveTo(NOVEMBER);
    await archiver.put(CHECKOUT, NOVEMBER);
    await archiver.aws.clock.moveTo(SCHEDULED);
    expect(outcomesOf(await run(archiver))).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(archiver.objects('2026/10/aws/lambda/checkout')).toEqual([
      '2026/10/aws/lambda/checkout/<task>/stream-2026-10-20T00.00.00.000Z/000000.gz',
      '2026/10/aws/lambda/checkout/aws-logs-write-test',
    ]);
  });

  it('that keeps only a part of the period is archived as far as it is left, which its receipt says', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.put(CHECKOUT, '2026-10-20T00:00:00.000Z');
    await archiver.logs.send(new PutRetentionPolicyCommand({ logGroupName: CHECKOUT, retentionInDays: 7 }));
    await archiver.aws.clock.moveTo('2026-10-31T12:00:00Z');
    await archiver.put(CHECKOUT, '2026-10-31T12:00:00.000Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const done = await run(archiver);
    expect(outcomesOf(done)).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(done.report?.atRisk).toMatchObject([{ logGroupName: CHECKOUT, daysLost: 26 }]);
    expect(archiver.receipts[0]).toMatchObject({ logGroupName: CHECKOUT, retentionInDays: 7, daysLost: 26 });
    expect(archiver.objects('2026/10/aws/lambda/checkout')).toEqual([
      '2026/10/aws/lambda/checkout/<task>/stream-2026-10-31T12.00.00.000Z/000000.gz',
      '2026/10/aws/lambda/checkout/aws-logs-write-test',
    ]);
  });
});
