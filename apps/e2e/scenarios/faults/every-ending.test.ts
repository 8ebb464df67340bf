import { lostAnswer, tasksHiddenFor } from '@log-archiver/local-aws';
import { ORDERS } from '../../archiver';
import { disableStackTraces, prepareMonthEnd, recover, runScenario } from '../october-scenario';
import { checkEnding, ENDING_CASES, ENDINGS } from './ending-cases';

const ALL = 'orders payments';

describe('a run', () => {
  disableStackTraces();

  /** Every ending for one log group. The deep test has two log groups also. */
  const sample = ENDING_CASES.filter(([, logGroupNames]) => logGroupNames.length === 1);

  it.each(sample)('recovers if an export task %s, of %j, in %s runs, with outcomes %s', async (...endingCase) => {
    await checkEnding(endingCase);
  });

  it('is tried with every ending', () => {
    expect(sample.map(([ending]) => ending)).toEqual(Object.keys(ENDINGS));
  });
});

describe('an export task that AWS hides', () => {
  disableStackTraces();

  it.each<[when: string, seconds: number, outcomes: string, looks: number, took: number]>([
    ['is found if hidden at the first look', 1, 'ARCHIVED ARCHIVED', 45, 46],
    ['is found if hidden at the first two looks', 6, 'ARCHIVED ARCHIVED', 37, 46],
    [
      'is reported if hidden for 10 minutes, and adopted by the next run',
      600,
      'ExportTaskNotFound* ExportTaskNotFound*',
      77,
      360,
    ],
  ])('%s', async (_, hiddenSeconds, outcomes, looks, seconds) => {
    const archiver = await prepareMonthEnd();
    const { clock, faults } = archiver.aws;
    faults.inject(tasksHiddenFor(hiddenSeconds, clock.now), { of: 'DescribeExportTasks' });
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({ outcomes, creations: 2, looks, seconds, archived: ALL });
    expect(await recover(archiver, run)).toBe(0);
  });

  it('is adopted when it appears, if its id was lost', async () => {
    const archiver = await prepareMonthEnd();
    const { clock, faults, logs } = archiver.aws;
    faults.inject(tasksHiddenFor(60, clock.now), { of: 'DescribeExportTasks' });
    faults.inject(lostAnswer, { of: 'CreateExportTask', on: 'FIRST_CALL' });
    logs.exportTasks.script(ORDERS, { runningSeconds: 100 });
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({
      outcomes: 'ARCHIVED ARCHIVED',
      creations: 52,
      looks: 113,
      seconds: 163,
      archived: ALL,
    });
    expect(await recover(archiver, run)).toBe(0);
    expect(logs.exportTasks.describe({}).exportTasks).toHaveLength(2);
  });
});
