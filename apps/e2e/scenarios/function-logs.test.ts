import { refuses } from '@log-archiver/local-aws';
import { APP, ScheduledArchiver, synthesizeArchiver } from './scheduled-archiver';

const synthesized = synthesizeArchiver();

async function prepareArchiver(): Promise<ScheduledArchiver> {
  const archiver = new ScheduledArchiver(synthesized, '2026-10-31T12:00:00Z');
  await archiver.createLogGroup(APP);
  await archiver.putEvents(APP, '2026-10-31T12:00:00.000Z');
  return archiver;
}

/** Returns the lines of a function, without those of metrics. */
const readLines = ({ aws }: ScheduledArchiver, name: string) =>
  aws.functionLogs
    .of(name)
    .map((line) => JSON.parse(line))
    .filter((line) => !('_aws' in line));

describe('the log of a function', () => {
  it('has one INFO line per call, with execution, log group, period and result', async () => {
    const archiver = await prepareArchiver();
    const { report } = await archiver.runOn('2026-11-02');
    const subject = { execution: report?.execution, logGroupName: APP, period: '2026-10' };
    const ends = (name: string) =>
      readLines(archiver, name).map(({ level, result, execution, logGroupName, period }) => {
        expect({ execution, logGroupName, period }).toEqual(subject);
        return `${level} ${result}`;
      });
    expect(ends('ExportLogToS3')).toEqual(['INFO COMPLETED']);
    expect(ends('CheckExportTask')).toEqual(['INFO COMPLETED']);
    expect(ends('RecordArchive')).toEqual(['INFO COMPLETED']);
    expect(readLines(archiver, 'PlanArchive')).toMatchObject([
      { level: 'INFO', execution: report?.execution, page: 0, result: 'COMPLETED' },
      { level: 'INFO', execution: report?.execution, page: 1, result: 'COMPLETED' },
    ]);
  });

  it('has no ERROR line for a poll, nor for an error of AWS', async () => {
    const archiver = await prepareArchiver();
    archiver.aws.faults.inject(refuses('AccessDeniedException', 'no'), { of: 'CreateExportTask' });
    await archiver.runOn('2026-11-02');
    expect(archiver.aws.functionLogs.lines.filter(({ line }) => line.includes('ERROR'))).toEqual([]);
    expect(readLines(archiver, 'ExportLogToS3')).toMatchObject([
      { level: 'INFO', result: 'AccessDeniedException', message: 'no' },
    ]);
  });

  it('names the class of an error, and not the name to which a bundler shortens it', async () => {
    const archiver = await prepareArchiver();
    await archiver.run({ period: 'October' });
    expect(readLines(archiver, 'PlanArchive')).toMatchObject([
      { level: 'INFO', result: 'InvalidArchiveRequest', message: expect.stringContaining('"October"') },
    ]);
  });

  it('has the metrics of the run', async () => {
    const archiver = await prepareArchiver();
    await archiver.runOn('2026-11-02');
    const metrics = archiver.aws.functionLogs
      .of('PlanArchive')
      .map((line) => JSON.parse(line))
      .filter((line) => '_aws' in line);
    expect(metrics).toMatchObject([
      {
        OldestIncompleteHours: 0,
        Backlog: 0,
        LogGroupsAtRisk: 0,
        Losses: 0,
        SlotWaitSeconds: 0,
        SlotUse: expect.any(Number),
      },
    ]);
    expect(metrics[0].ArchivedBytes).toBe(archiver.findPeriod('2026-10')?.bytes);
  });
});
