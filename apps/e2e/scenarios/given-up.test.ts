import { expectArchivedByHour, prepareArchiver, TAKES_TOO_LONG } from './given-up';
import { disableStackTraces } from './october-scenario';

const HOUR_MS = 3_600_000;

/** The deep test has the other ends of a task after a day. */
describe('an export task', () => {
  disableStackTraces();

  it('that would run on after 24 hours is cancelled after 23.5 hours, and its day archived by hour', async () => {
    const archiver = await prepareArchiver({ ...TAKES_TOO_LONG, after24Hours: 'RUNNING' });
    await expectArchivedByHour(archiver);
    expect(archiver.findCalls('CancelExportTask')).toHaveLength(1);

    // The next days are planned in parts from the start.
    const before = archiver.findCalls('CreateExportTask').length;
    await archiver.runOn('2026-10-05');
    const created = archiver.findCalls('CreateExportTask').slice(before);
    expect(created).toHaveLength(48);
    const hours = created.map(({ input }) => (Object(input).to - Object(input).from) / HOUR_MS);
    expect(new Set(hours)).toEqual(new Set([1]));
    expect(archiver.receipts.slice(1).map(({ period, tasks }) => [period, tasks.length])).toEqual([
      ['2026-10-02', 24],
      ['2026-10-03', 24],
    ]);
  });

  it('that ends with CANCELLED after an hour fails its day', async () => {
    const archiver = await prepareArchiver({ pendingSeconds: 0, runningSeconds: 3_600, ends: 'CANCELLED' });
    const { end, entries, messages } = await archiver.runOn('2026-10-03');
    expect([end, entries.at(-1), messages.length]).toEqual(['ArchiveIncomplete', '2026-10-01 CANCELLED', 1]);
    expect(archiver.statuses['2026-10-01']).toBe('INCOMPLETE');
  });
});
