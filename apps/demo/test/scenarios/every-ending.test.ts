import { cancelByHand, type LocalAws, lostAnswer, tasksHiddenFor } from '@log-archiver/local-aws';
import { ORDERS, PAYMENTS } from '../archiver';
import { archiverAtMonthEnd, courseOf, makeGood, withoutStacks } from './run-of-october';

const HOUR = 3_600;
const ALL = 'orders payments';

describe('an export task that ends badly', () => {
  withoutStacks();

  const endings = {
    fails: (aws: LocalAws, logGroupName: string) => aws.logs.exportTasks.arrange(logGroupName, { ends: 'FAILED' }),
    'is cancelled by hand': cancelByHand,
    'takes 24 hours and fails': (aws: LocalAws, logGroupName: string) =>
      aws.logs.exportTasks.arrange(logGroupName, { runningSeconds: 25 * HOUR }),
  };
  type Row = [
    ending: keyof typeof endings,
    of: string[],
    runs: number,
    /** With a `*`: the outcome names the task. */
    outcomes: string,
    looks: number,
    seconds: number,
    archived: string,
  ];
  const rows: Row[] = [
    ['fails', [ORDERS], 1, 'FAILED* ARCHIVED', 22, 54, 'payments'],
    ['fails', [ORDERS, PAYMENTS], 2, 'FAILED* FAILED*', 22, 54, ''],
    ['is cancelled by hand', [ORDERS], 1, 'CANCELLED* ARCHIVED', 17, 36, 'payments'],
    ['is cancelled by hand', [ORDERS, PAYMENTS], 2, 'CANCELLED* CANCELLED*', 12, 19, ''],
    ['takes 24 hours and fails', [ORDERS], 1, 'FAILED* ARCHIVED', 1_480, 86_485, 'payments'],
    ['takes 24 hours and fails', [ORDERS, PAYMENTS], 2, 'FAILED* FAILED*', 2_938, 172_916, ''],
  ];

  it.each(rows)('%s, of %j, in each of %s runs, ends %s and is made anew', async (ending, of, runs, ...expected) => {
    const [outcomes, looks, seconds, archived] = expected;
    const archiver = await archiverAtMonthEnd();
    const runOnce = async () => {
      for (const logGroupName of of) {
        endings[ending](archiver.aws, logGroupName);
      }
      const { run, course } = await courseOf(archiver);
      expect(course).toEqual({ outcomes, creations: 2, looks, seconds, archived });
      return run;
    };
    for (let before = 1; before < runs; before += 1) {
      await runOnce();
    }
    expect(await makeGood(archiver, await runOnce())).toBe(of.length);
  });
});

describe('an export task that AWS does not show', () => {
  withoutStacks();

  it.each<[when: string, seconds: number, outcomes: string, looks: number, took: number]>([
    ['at the first look is looked for again', 1, 'ARCHIVED ARCHIVED', 20, 48],
    ['at the first two looks is looked for again', 6, 'ARCHIVED ARCHIVED', 20, 51],
    ['for 10 minutes is named, and taken', 600, 'ExportTaskNotFound* ExportTaskNotFound*', 76, 360],
  ])('%s', async (_, hiddenSeconds, outcomes, looks, seconds) => {
    const archiver = await archiverAtMonthEnd();
    const { clock, faults } = archiver.aws;
    faults.inject(tasksHiddenFor(hiddenSeconds, clock.now), { of: 'DescribeExportTasks' });
    const { run, course } = await courseOf(archiver);
    expect(course).toEqual({ outcomes, creations: 2, looks, seconds, archived: ALL });
    expect(await makeGood(archiver, run)).toBe(0);
  });

  it('and whose id was lost is taken once it is shown: until then it holds the slot', async () => {
    const archiver = await archiverAtMonthEnd();
    const { clock, faults, logs } = archiver.aws;
    faults.inject(tasksHiddenFor(60, clock.now), { of: 'DescribeExportTasks' });
    faults.inject(lostAnswer, { of: 'CreateExportTask', on: 'FIRST_CALL' });
    logs.exportTasks.arrange(ORDERS, { runningSeconds: 100 });
    const { run, course } = await courseOf(archiver);
    expect(course).toEqual({ outcomes: 'ARCHIVED ARCHIVED', creations: 7, looks: 36, seconds: 163, archived: ALL });
    expect(await makeGood(archiver, run)).toBe(0);
    expect(logs.exportTasks.describe({}).exportTasks).toHaveLength(2);
  });
});
