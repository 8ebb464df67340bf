import { foreignTaskHoldsSlot } from '@log-archiver/local-aws';
import { ORDERS } from '../../archiver';
import { disableStackTraces, prepareMonthEnd, recover, runScenario } from '../october-scenario';

const HOUR = 3_600;

describe('a run that finds the export slot taken for long', () => {
  disableStackTraces();

  it('waits for 20 hours, with one attempt per minute', async () => {
    const archiver = await prepareMonthEnd();
    foreignTaskHoldsSlot(archiver.aws, 20 * HOUR);
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({
      outcomes: 'ARCHIVED ARCHIVED',
      archived: 'orders payments',
      creations: 1_118,
      looks: 8_082,
      seconds: 72_050,
    });
    expect(
      archiver.findCalls('CreateExportTask').filter(({ error }) => error === 'LimitExceededException'),
    ).toHaveLength(1_116);
    expect(await recover(archiver, run)).toBe(0);
  });

  it('waits 48 hours once, then 5 minutes for each further log group', async () => {
    const others = [1, 2, 3, 4, 5].map((n) => ({ logGroupName: `/shop/returns-${n}`, s3Prefix: `returns-${n}` }));
    const logGroups = [{ logGroupName: ORDERS, s3Prefix: 'orders' }, ...others];
    const archiver = await prepareMonthEnd(...others);
    // The foreign task takes the slot at the end of the first log group's task, before the run's next poll.
    archiver.aws.clock.timers.setTimeout(() => foreignTaskHoldsSlot(archiver.aws, 50 * HOUR), 23_000);
    const { run, observation } = await runScenario(archiver, logGroups);
    expect(observation).toEqual({
      outcomes: ['ARCHIVED', ...others.map(() => 'ExportSlotUnavailable')].join(' '),
      creations: 2_722,
      looks: 19_170,
      seconds: 48 * HOUR + 25 * 60 + 15,
      archived: 'orders',
    });
    expect(run.result).toMatchObject({
      cause: expect.stringMatching(/^5 of 6 log groups × periods have status FAILED: /),
    });
    expect(run.report?.slotHolders.map(({ logGroupName, seconds }) => [logGroupName, seconds])).toEqual([
      ['/stranger', 25 * 60 - 8],
      ['/stranger', 24 * HOUR],
      ['/stranger', 24 * HOUR],
    ]);
    expect(await recover(archiver, run, logGroups)).toBe(5);
  });
});
