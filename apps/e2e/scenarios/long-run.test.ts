import { Granularity } from 'cdk-log-archiver';
import { Archiver, ORDERS } from '../archiver';
import { synthesizeSample } from '../synthesize';

const DAY = 24 * 3_600_000;
const daily = synthesizeSample({ granularity: Granularity.DAILY });
/** 03:00 on the 1st of November in Tokyo, and of the days that follow. */
const scheduledTime = (day: number) => new Date(Date.parse('2026-10-31T18:00:00Z') + day * DAY).toISOString();

it('a run that takes longer than lookback reaches leaves no day out, though the runs of those days stood aside', async () => {
  const archiver = new Archiver(daily, '2026-10-29T16:00:00Z');
  const { clock, logs } = archiver.aws;
  const startAt = async (day: number) => {
    await clock.moveTo(scheduledTime(day));
    return archiver.start({ scheduledTime: scheduledTime(day) });
  };
  await archiver.put(ORDERS, '2026-10-29T16:00:00.000Z');
  // AWS gives the first export up, and of its hours ten take five each.
  logs.exportTasks.arrange(ORDERS, { runningSeconds: 25 * 3_600 }, ...Array(10).fill({ runningSeconds: 5 * 3_600 }));
  const long = await startAt(0);
  const others = [];
  for (const day of [1, 2, 3]) {
    others.push(await startAt(day));
  }
  const { result } = await archiver.runToEnd(long);
  expect(result.status).toBe('SUCCEEDED');
  expect(clock.now()).toBeGreaterThan(Date.parse(scheduledTime(3)));
  for (const other of others) {
    expect((await archiver.runToEnd(other)).result).toMatchObject({
      output: { standsAsideFor: long.executionArn },
    });
  }

  const next = await archiver.runToEnd(await startAt(5));
  expect(next.result).toMatchObject({ status: 'SUCCEEDED', output: { periods: ['2026-10-31', '2026-11-04'] } });
  expect(archiver.periods.map(({ period, complete }) => [period, complete])).toEqual(
    ['10-28', '10-29', '10-30', '10-31', '11-01', '11-02', '11-03', '11-04'].map((day) => [`2026-${day}`, true]),
  );
});
