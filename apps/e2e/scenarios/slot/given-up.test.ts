import { disableStackTraces } from '../october-scenario';
import { prepareArchiver } from './given-up';

/** The deep test has the ends of a task after a day. */
describe('an export task', () => {
  disableStackTraces();

  it('that ends with CANCELLED after an hour fails its day', async () => {
    const archiver = await prepareArchiver({ pendingSeconds: 0, runningSeconds: 3_600, ends: 'CANCELLED' });
    const { end, entries, messages } = await archiver.runOn('2026-10-03');
    expect([end, entries.at(-1), messages.length]).toEqual(['ArchiveIncomplete', '2026-10-01 CANCELLED', 1]);
    expect(archiver.statuses['2026-10-01']).toBe('INCOMPLETE');
  });
});
