import { Archiver, ORDERS } from '../../archiver';
import { synthesizeSample } from '../../synthesize';
import { expectEverythingReported, expectIdle } from '../completeness/after-every-run';
import { disableStackTraces, SCHEDULED, TWO } from '../october-scenario';

const HOUR = 3_600;

describe('a month whose export takes more than 24 hours', () => {
  disableStackTraces();

  it('is archived by day, and a day of the same kind by hour, with every event once', async () => {
    const archiver = new Archiver(synthesizeSample({}), '2026-09-30T00:00:00Z');
    const { clock, logs } = archiver.aws;
    const takesTooLong = { runningSeconds: 25 * HOUR };
    // The month takes too long, its first day does not, and its second day does.
    logs.exportTasks.script(ORDERS, takesTooLong, {}, takesTooLong);
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
