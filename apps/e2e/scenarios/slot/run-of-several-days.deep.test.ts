import { Granularity } from 'cdk-log-archiver';
import { Archiver, ORDERS } from '../../archiver';
import { synthesizeSample } from '../../synthesize';

const DAY_MS = 24 * 3_600_000;
const daily = synthesizeSample({ granularity: Granularity.DAILY });
/** Returns 03:00 in Tokyo, on the 1st of November or a number of days later. */
const getScheduledTime = (day: number) => new Date(Date.parse('2026-10-31T18:00:00Z') + day * DAY_MS).toISOString();

it('archives every day after a run that takes longer than the lookback, although the runs of those days yielded', async () => {
  const archiver = new Archiver(daily, '2026-10-29T16:00:00Z');
  const { clock, logs } = archiver.aws;
  const startAt = async (day: number) => {
    await clock.moveTo(getScheduledTime(day));
    return archiver.start({ scheduledTime: getScheduledTime(day) });
  };
  await archiver.putEvents(ORDERS, '2026-10-29T16:00:00.000Z');
  // AWS gives up the first export. Ten of its hourly parts take five hours each.
  logs.exportTasks.script(ORDERS, { runningSeconds: 25 * 3_600 }, ...Array(10).fill({ runningSeconds: 5 * 3_600 }));
  const longRun = await startAt(0);
  const others = [];
  for (const day of [1, 2, 3]) {
    others.push(await startAt(day));
  }
  const { result } = await archiver.waitFor(longRun);
  expect(result.status).toBe('SUCCEEDED');
  expect(clock.now()).toBeGreaterThan(Date.parse(getScheduledTime(3)));
  for (const other of others) {
    expect((await archiver.waitFor(other)).result).toMatchObject({
      output: { standsAsideFor: longRun.executionArn },
    });
  }

  const next = await archiver.waitFor(await startAt(5));
  expect(next.result).toMatchObject({ status: 'SUCCEEDED', output: { periods: ['2026-10-31', '2026-11-04'] } });
  expect(archiver.periods.map(({ period, complete }) => [period, complete])).toEqual(
    ['10-28', '10-29', '10-30', '10-31', '11-01', '11-02', '11-03', '11-04'].map((day) => [`2026-${day}`, true]),
  );
});
