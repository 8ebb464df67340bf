import type { LogGroupTarget } from '@log-archiver/core';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../../archiver';
import { synthesizeSample } from '../../synthesize';
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
    for (let runs = 0; runs < 2; runs += 1) {
      const finished = await run(archiver);
      expect(listOutcomes(finished)).toEqual(['ARCHIVED', reason, 'ARCHIVED']);
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
    expect(archiver.archivedEvents).toEqual(['at 2026-10-20T00:00:00.000Z']);
  });

  it('is recorded in its receipt with class, creation, retention, deletion protection and data protection', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.createLogGroup(CHECKOUT);
    archiver.setRetention(CHECKOUT, 60);
    const { logs } = archiver.aws;
    logs.call('PutLogGroupDeletionProtection', { logGroupIdentifier: CHECKOUT, deletionProtectionEnabled: true });
    logs.call('PutDataProtectionPolicy', { logGroupIdentifier: CHECKOUT, policyDocument: '{}' });
    await archiver.aws.clock.moveTo(SCHEDULED);
    await run(archiver);
    expect(archiver.receipts.find(({ logGroupName }) => logGroupName === CHECKOUT)?.logGroup).toEqual({
      logGroupClass: 'STANDARD',
      createdAt: Date.parse('2026-10-20T00:00:00Z'),
      retentionInDays: 60,
      removedBefore: null,
      deletionProtectionEnabled: true,
      dataProtectionStatus: 'ACTIVATED',
    });
  });

  it('whose name, a token, turned out invalid fails alone', async () => {
    const archiver = new Archiver(monthly, '2026-10-20T00:00:00Z');
    await archiver.aws.clock.moveTo(SCHEDULED);
    const { logGroups } = Object(archiver.stack.stateMachine.definition.States.PlanArchive).Parameters;
    const checkout = logGroups.find(({ logGroupName }: LogGroupTarget) => logGroupName === CHECKOUT);
    checkout.logGroupName = 'my group!';
    const { result, outcomes } = await archiver.run({ period: '2026-10' });
    checkout.logGroupName = CHECKOUT;
    expect(result).toMatchObject({ error: 'ArchiveIncomplete' });
    expect(outcomes.map(({ logGroupName, status, error }) => [logGroupName, error ?? status]).sort()).toEqual([
      [ORDERS, 'ARCHIVED'],
      [PAYMENTS, 'ARCHIVED'],
      ['my group!', 'InvalidArchiveRequest'],
    ]);
  });
});
