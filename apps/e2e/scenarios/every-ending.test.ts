import { cancelByHand, type LocalAws, lostAnswer, tasksHiddenFor } from '@log-archiver/local-aws';
import { Archiver, ORDERS, PAYMENTS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';
import { archiverAtMonthEnd, courseOf, makeGood, SCHEDULED, TWO, withoutStacks } from './run-of-october';

const HOUR = 3_600;
const ALL = 'orders payments';

describe('an export task that ends badly', () => {
  withoutStacks();

  const fails = { ends: 'FAILED' } as const;
  const takesTooLong = { runningSeconds: 25 * HOUR };
  const endings = {
    fails: ({ logs }: LocalAws, logGroupName: string) => logs.exportTasks.arrange(logGroupName, fails),
    'fails twice': ({ logs }: LocalAws, logGroupName: string) => logs.exportTasks.arrange(logGroupName, fails, fails),
    'is cancelled by hand': cancelByHand,
    'takes 24 hours and is given up': ({ logs }: LocalAws, logGroupName: string) =>
      logs.exportTasks.arrange(logGroupName, takesTooLong),
  };
  type Row = [
    ending: keyof typeof endings,
    of: string[],
    runs: number,
    /** With a `*`: the outcome names the task. */
    outcomes: string,
    creations: number,
    looks: number,
    seconds: number,
    archived: string,
    /** Export tasks that the same input makes once more. */
    again: number,
  ];
  const rows: Row[] = [
    ['fails', [ORDERS], 1, 'ARCHIVED ARCHIVED', 3, 35, 81, ALL, 0],
    ['fails', [ORDERS, PAYMENTS], 1, 'ARCHIVED ARCHIVED', 4, 46, 109, ALL, 0],
    ['fails twice', [ORDERS], 1, 'FAILED* ARCHIVED', 3, 35, 81, 'payments', 1],
    ['fails twice', [ORDERS, PAYMENTS], 2, 'FAILED* FAILED*', 4, 46, 109, '', 2],
    ['is cancelled by hand', [ORDERS], 1, 'CANCELLED* ARCHIVED', 2, 18, 36, 'payments', 1],
    ['is cancelled by hand', [ORDERS, PAYMENTS], 2, 'CANCELLED* CANCELLED*', 2, 13, 19, '', 2],
    ['takes 24 hours and is given up', [ORDERS], 1, 'ARCHIVED ARCHIVED', 3, 1_493, 86_513, ALL, 0],
    ['takes 24 hours and is given up', [ORDERS, PAYMENTS], 1, 'ARCHIVED ARCHIVED', 4, 2_962, 172_971, ALL, 0],
  ];

  it.each(rows)('%s, of %j, in each of %s runs, ends %s and is made good', async (ending, of, runs, ...expected) => {
    const [outcomes, creations, looks, seconds, archived, again] = expected;
    const archiver = await archiverAtMonthEnd();
    const runOnce = async () => {
      for (const logGroupName of of) {
        endings[ending](archiver.aws, logGroupName);
      }
      const { run, course } = await courseOf(archiver);
      expect(course).toEqual({ outcomes, creations, looks, seconds, archived });
      return run;
    };
    for (let before = 1; before < runs; before += 1) {
      await runOnce();
    }
    expect(await makeGood(archiver, await runOnce())).toBe(again);
  });
});

describe('a month that takes more than the 24 hours of an export task', () => {
  withoutStacks();

  it('is archived in days, and a day that takes as long in hours, with every event once', async () => {
    const archiver = new Archiver(synthesizeSample({}), '2026-09-30T00:00:00Z');
    const { clock, logs } = archiver.aws;
    const takesTooLong = { runningSeconds: 25 * HOUR };
    // The month; then its first day in time, and its second not.
    logs.exportTasks.arrange(ORDERS, takesTooLong, {}, takesTooLong);
    const put = ['2026-09-30T15:00', '2026-10-01T15:00', '2026-10-02T03:30', '2026-10-20T03:00'];
    for (const instant of put) {
      await clock.moveTo(`${instant}:00.000Z`);
      await archiver.put(ORDERS, `${instant}:00.000Z`);
    }
    await clock.moveTo(SCHEDULED);
    const execution = archiver.start({ period: '2026-10', logGroups: TWO.slice(0, 1) });
    const run = await archiver.runToEnd(execution);
    await expectNothingGoesOn(archiver, [execution]);
    expect(run.result).toMatchObject({ status: 'SUCCEEDED', output: { archived: 1 } });
    expectNothingSilent(archiver, run, [ORDERS]);
    expect(run.report?.leftovers).toHaveLength(2);
    const [receipt] = archiver.receipts;
    const tasks = receipt?.tasks ?? [];
    expect(tasks).toHaveLength(30 + 24);
    expect(tasks.map(({ from }) => Date.parse(from)).slice(1)).toEqual(
      tasks.map(({ to }) => Date.parse(to) + 1).slice(0, -1),
    );
    expect([tasks[0]?.from, tasks.at(-1)?.to]).toEqual([receipt?.from, receipt?.to]);
    expect(tasks.filter(({ objects }) => objects > 0).map(({ from }) => from)).toEqual([
      '2026-09-30T15:00:00.000Z',
      '2026-10-01T15:00:00.000Z',
      '2026-10-02T03:00:00.000Z',
      '2026-10-19T15:00:00.000Z',
    ]);
  });
});

describe('an export task that AWS does not show', () => {
  withoutStacks();

  it.each<[when: string, seconds: number, outcomes: string, looks: number, took: number]>([
    ['at the first look is looked for again', 1, 'ARCHIVED ARCHIVED', 21, 48],
    ['at the first two looks is looked for again', 6, 'ARCHIVED ARCHIVED', 21, 51],
    ['for 10 minutes is named, and taken', 600, 'ExportTaskNotFound* ExportTaskNotFound*', 77, 360],
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
    expect(course).toEqual({ outcomes: 'ARCHIVED ARCHIVED', creations: 7, looks: 37, seconds: 163, archived: ALL });
    expect(await makeGood(archiver, run)).toBe(0);
    expect(logs.exportTasks.describe({}).exportTasks).toHaveLength(2);
  });
});
