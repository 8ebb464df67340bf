import { type ScriptedExport, serviceError } from '@log-archiver/local-aws';
import { expectArchivedByHour, prepareArchiver, START, TAKES_TOO_LONG } from './given-up';
import { disableStackTraces } from './october-scenario';

const HOUR_MS = 3_600_000;

describe('an export task', () => {
  disableStackTraces();

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
