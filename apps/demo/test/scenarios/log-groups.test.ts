import { PutRetentionPolicyCommand } from '@aws-sdk/client-cloudwatch-logs';
import { synthesizeSample } from '../../src/synthesize';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';

const monthly = synthesizeSample({});
const INPUT = { scheduledTime: '2026-11-01T18:00:00Z' };
/** October is over in Tokyo. */
const NOVEMBER = '2026-10-31T15:00:00.000Z';

/** Runs, and has looked at everything that is left behind. */
async function run(archiver: Archiver) {
  const execution = archiver.start(INPUT);
  const done = await archiver.runToEnd(execution);
  await expectNothingSilent(archiver, done, [ORDERS, CHECKOUT, PAYMENTS]);
  await expectNothingGoesOn(archiver, [execution]);
  return done;
}

const outcomesOf = ({ outcomes }: Awaited<ReturnType<typeof run>>) =>
  outcomes.map(({ status, error }) => error ?? status);

describe('a log group', () => {
  it.each([
    [
      'created after the period',
      async (archiver: Archiver) => {
        await archiver.aws.clock.moveTo(NOVEMBER);
        await archiver.createLogGroup(CHECKOUT);
        await archiver.put(CHECKOUT, NOVEMBER);
        await archiver.aws.clock.moveTo(INPUT.scheduledTime);
      },
    ],
    [
      'that keeps nothing of the period',
      async (archiver: Archiver) => {
        await archiver.createLogGroup(CHECKOUT);
        await archiver.put(CHECKOUT, '2026-10-30T00:00:00.000Z');
        await archiver.logs.send(new PutRetentionPolicyCommand({ logGroupName: CHECKOUT, retentionInDays: 1 }));
        await archiver.aws.clock.moveTo(INPUT.scheduledTime);
      },
    ],
  ])('%s is FAILED as AWS refuses it, again too; the others are archived, once', async (_, arrange) => {
    const archiver = new Archiver(monthly, '2026-10-30T00:00:00Z');
    await arrange(archiver);
    for (const calls of [3, 4]) {
      const done = await run(archiver);
      expect(outcomesOf(done)).toEqual(['ARCHIVED', 'InvalidParameterException', 'ARCHIVED']);
      expect(done.result).toEqual({
        status: 'FAILED',
        error: 'ArchiveIncomplete',
        cause: `1 of 3 log groups FAILED: ${JSON.stringify([done.outcomes[1]])}`,
      });
      expect(archiver.callsOf('CreateExportTask')).toHaveLength(calls);
      expect(archiver.objects('2026/10/aws/lambda/checkout')).toEqual([]);
    }
  });

  it('created in the period is archived from its creation on', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.put(CHECKOUT, '2026-10-20T00:00:00.000Z');
    await archiver.aws.clock.moveTo(NOVEMBER);
    await archiver.put(CHECKOUT, NOVEMBER);
    await archiver.aws.clock.moveTo(INPUT.scheduledTime);
    expect(outcomesOf(await run(archiver))).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(archiver.objects('2026/10/aws/lambda/checkout')).toEqual([
      '2026/10/aws/lambda/checkout/<task>/stream-2026-10-20T00.00.00.000Z/000000.gz',
      '2026/10/aws/lambda/checkout/aws-logs-write-test',
    ]);
  });

  it('that keeps only a part of the period is archived as far as it is left', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    await archiver.put(CHECKOUT, '2026-10-20T00:00:00.000Z');
    await archiver.logs.send(new PutRetentionPolicyCommand({ logGroupName: CHECKOUT, retentionInDays: 7 }));
    await archiver.aws.clock.moveTo('2026-10-31T12:00:00Z');
    await archiver.put(CHECKOUT, '2026-10-31T12:00:00.000Z');
    await archiver.aws.clock.moveTo(INPUT.scheduledTime);
    expect(outcomesOf(await run(archiver))).toEqual(['ARCHIVED', 'ARCHIVED', 'ARCHIVED']);
    expect(archiver.objects('2026/10/aws/lambda/checkout')).toEqual([
      '2026/10/aws/lambda/checkout/<task>/stream-2026-10-31T12.00.00.000Z/000000.gz',
      '2026/10/aws/lambda/checkout/aws-logs-write-test',
    ]);
  });
});
