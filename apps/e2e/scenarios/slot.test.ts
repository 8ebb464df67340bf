import { refuses, strangerHoldsSlot } from '@log-archiver/local-aws';
import { ORDERS } from '../archiver';
import { archiverAtMonthEnd, courseOf, makeGood, withoutStacks } from './run-of-october';

const HOUR = 3_600;
const BOTH = { outcomes: 'ARCHIVED ARCHIVED', archived: 'orders payments' };

describe('a slot that is taken', () => {
  withoutStacks();

  it('at the first call is waited for', async () => {
    const archiver = await archiverAtMonthEnd();
    strangerHoldsSlot(archiver.aws, 4);
    const { run, course } = await courseOf(archiver);
    expect(course).toEqual({ ...BOTH, creations: 3, looks: 25, seconds: 59 });
    expect(await makeGood(archiver, run)).toBe(0);
  });

  it('at the first two attempts of every call is waited for', async () => {
    const archiver = await archiverAtMonthEnd();
    const slotIsTaken = refuses('LimitExceededException', 'Resource limit exceeded.');
    archiver.aws.faults.inject(slotIsTaken, { of: 'CreateExportTask', on: 'FIRST_TWO_ATTEMPTS' });
    const { run, course } = await courseOf(archiver);
    expect(course).toEqual({ ...BOTH, creations: 6, looks: 31, seconds: 79 });
    expect(await makeGood(archiver, run)).toBe(0);
  });

  it('for 20 hours is waited for, with a try a minute', async () => {
    const archiver = await archiverAtMonthEnd();
    strangerHoldsSlot(archiver.aws, 20 * HOUR);
    const { run, course } = await courseOf(archiver);
    expect(course).toEqual({ ...BOTH, creations: 1_207, looks: 2_433, seconds: 72_095 });
    expect(archiver.callsOf('CreateExportTask').filter(({ error }) => error === 'LimitExceededException')).toHaveLength(
      1_205,
    );
    expect(await makeGood(archiver, run)).toBe(0);
  });

  it('for 50 hours costs the five log groups that are left 48 hours once, and then 5 minutes each', async () => {
    const left = [1, 2, 3, 4, 5].map((n) => ({ logGroupName: `/shop/returns-${n}`, s3Prefix: `returns-${n}` }));
    const logGroups = [{ logGroupName: ORDERS, s3Prefix: 'orders' }, ...left];
    const archiver = await archiverAtMonthEnd(...left);
    // The first log group's task has ended, and the run has not seen it yet.
    archiver.aws.clock.timers.setTimeout(() => strangerHoldsSlot(archiver.aws, 50 * HOUR), 25_000);
    const { run, course } = await courseOf(archiver, logGroups);
    expect(course).toEqual({
      outcomes: ['ARCHIVED', ...left.map(() => 'ExportSlotUnavailable')].join(' '),
      creations: 2_940,
      looks: 5_890,
      seconds: 48 * HOUR + 25 * 60 + 8,
      archived: 'orders',
    });
    expect(run.result).toMatchObject({ cause: expect.stringMatching(/^5 of 6 log groups and periods FAILED: /) });
    expect(run.report?.slotHolders.map(({ logGroupName, seconds }) => [logGroupName, seconds])).toEqual([
      ['/stranger', 25 * 60 - 17],
      ['/stranger', 24 * HOUR],
      ['/stranger', 24 * HOUR],
    ]);
    expect(await makeGood(archiver, run, logGroups)).toBe(5);
  });
});
