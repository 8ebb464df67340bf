import { lostAnswer, tasksHiddenFor } from '@log-archiver/local-aws';
import { Archiver, ORDERS } from '../archiver';
import { synthesizeSample } from '../synthesize';
import { expectEverythingReported, expectIdle } from './after-every-run';
import { checkEnding, ENDING_CASES, ENDINGS } from './ending-cases';
import { disableStackTraces, prepareMonthEnd, recover, runScenario, SCHEDULED, TWO } from './october-scenario';

const HOUR = 3_600;
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

describe('a month whose export takes more than 24 hours', () => {
  disableStackTraces();

  it('is archived by day, and a day of the same kind by hour, with every event once', async () => {
    const archiver = new Archiver(synthesizeSample({}), '2026-09-30T00:00:00Z');
    const { clock, logs } = archiver.aws;
    const takesTooLong = { runningSeconds: 25 * HOUR };
    // The month takes too long, its first day does not, and its second day does.
    logs.exportTasks.arrange(ORDERS, takesTooLong, {}, takesTooLong);
    const instants = ['2026-09-30T15:00', '2026-10-01T15:00', '2026-10-02T03:30', '2026-10-20T03:00'];
    for (const instant of instants) {
      await clock.moveTo(`${instant}:00.000Z`);
      await archiver.putEvents(ORDERS, `${instant}:00.000Z`);
    }
    await clock.moveTo(SCHEDULED);
    const execution = archiver.start({ period: '2026-10', logGroups: TWO.slice(0, 1) });
    const run = await archiver.waitFor(execution);
    await expectIdle(archiver, [execution]);
    expect(run.result).toMatchObject({ status: 'SUCCEEDED', output: { archived: 1 } });
    expectEverythingReported(archiver, run, [ORDERS]);
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

describe('an export task that AWS hides', () => {
  disableStackTraces();

  it.each<[when: string, seconds: number, outcomes: string, looks: number, took: number]>([
    ['is found if hidden at the first look', 1, 'ARCHIVED ARCHIVED', 21, 48],
    ['is found if hidden at the first two looks', 6, 'ARCHIVED ARCHIVED', 21, 51],
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
    logs.exportTasks.arrange(ORDERS, { runningSeconds: 100 });
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({
      outcomes: 'ARCHIVED ARCHIVED',
      creations: 7,
      looks: 37,
      seconds: 163,
      archived: ALL,
    });
    expect(await recover(archiver, run)).toBe(0);
    expect(logs.exportTasks.describe({}).exportTasks).toHaveLength(2);
  });
});
