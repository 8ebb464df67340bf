import { disableStackTraces } from '../october-scenario';
import { prepareArchiver } from './falling-behind';

describe('three log groups whose days take 10 hours of export time each, and are kept for 7 days', () => {
  disableStackTraces();

  it('raise an alarm while a run is active for days, before anything is lost', async () => {
    const archiver = await prepareArchiver();
    const { clock } = archiver.aws;
    let day = Date.parse('2026-10-03T03:00:00Z');
    const start = day;
    // The schedule starts a run every day. Those that find an older one active end at once.
    while (!archiver.alarms.includes('LogGroupsAtRisk')) {
      archiver.start({ scheduledTime: new Date(day).toISOString() });
      day += 24 * 3_600_000;
      await clock.moveTo(new Date(day).toISOString());
    }
    expect((day - start) / (24 * 3_600_000)).toBeLessThanOrEqual(7);
    expect(archiver.alarmMessages).toContain('LogGroupsAtRisk ALARM');
    expect(archiver.periods.flatMap(({ losses }) => losses)).toEqual([]);
    expect(archiver.receipts.flatMap(({ losses }) => losses)).toEqual([]);
  });

  it('are forecast by a dry run, from the durations in recent receipts', async () => {
    const archiver = await prepareArchiver();
    await archiver.runOn('2026-10-03');
    const { report } = await archiver.run({ dryRun: true });
    expect(report?.plan).toMatchObject({ exports: 3, exportHours: expect.closeTo(30, 1) });
    expect(report?.forecast?.exportHoursPerDay).toBeCloseTo(30, 1);
  });
});
