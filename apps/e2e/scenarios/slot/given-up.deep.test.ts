import { type ScriptedExport, serviceError } from '@log-archiver/local-aws';
import { disableStackTraces } from '../october-scenario';
import { expectArchivedByHour, prepareArchiver, START, TAKES_TOO_LONG } from './given-up';

const HOUR_MS = 3_600_000;

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

  it.each<ScriptedExport['after24Hours']>(['FAILED', 'CANCELLED'])(
    'that would be %s after 24 hours is cancelled after 23.5 hours, and its day archived by hour',
    async (after24Hours) => {
      const archiver = await prepareArchiver({ ...TAKES_TOO_LONG, after24Hours });
      await expectArchivedByHour(archiver);
      expect(archiver.findCalls('CancelExportTask')).toHaveLength(1);
    },
  );

  it.each<ScriptedExport['ends']>(['FAILED', 'CANCELLED'])(
    'that ended with %s after 23.6 hours, without a poll since 23.4 hours, is archived by hour',
    async (ends) => {
      const archiver = await prepareArchiver({ pendingSeconds: 0, runningSeconds: 23.6 * 3_600, ends });
      const [from, until] = [23.4, 23.7].map((hours) => START + hours * HOUR_MS);
      archiver.aws.functionFaults.inject(serviceError, { of: 'CheckExportTask', from, until });
      await expectArchivedByHour(archiver);
      expect(archiver.findCalls('CancelExportTask')).toEqual([]);
    },
  );
});
