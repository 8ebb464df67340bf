import { accessDenied, refuses } from '@log-archiver/local-aws';
import { APP, ScheduledArchiver, synthesizeArchiver } from '../scheduled-archiver';

const synthesized = synthesizeArchiver();

const CREATED = '2026-10-31T12:00:00Z';
const OCTOBER = '2026-11-02';
const LEAVES_ALL_OUT = { leavesOut: 'ALL' } as const;

async function prepareArchiver(logGroupClass = 'STANDARD'): Promise<ScheduledArchiver> {
  const archiver = new ScheduledArchiver(synthesized, CREATED);
  archiver.aws.logs.call('CreateLogGroup', { logGroupName: APP, logGroupClass });
  return archiver;
}

/** Expects that October failed, and that an operator is notified of the reason. */
async function expectFailed(archiver: ScheduledArchiver, error: string, message: string) {
  const run = await archiver.runOn(OCTOBER);
  expect([run.end, run.entries.at(-1)]).toEqual(['ArchiveIncomplete', `2026-10 ${error}`]);
  expect(run.outcomes.at(-1)?.cause).toContain(message);
  expect(run.messages).toEqual([expect.stringContaining(`2026-10  ${APP}  ${error}: `)]);
  expect(archiver.findPeriod('2026-10')).toMatchObject({ status: 'INCOMPLETE', complete: false, failed: 1 });
  expect(archiver.receipts).toEqual([]);
  return run;
}

describe('an export without objects', () => {
  it('is archived with the evidence NO_EVENTS if the log group has no event', async () => {
    const archiver = await prepareArchiver();
    expect((await archiver.runOn(OCTOBER)).entries.at(-1)).toBe('2026-10 ARCHIVED');
    expect(archiver.receipts).toMatchObject([{ evidence: 'NO_EVENTS', tasks: [{ objects: 0 }] }]);
  });

  it.each([
    ['an SCP denies the search', accessDenied, 'AccessDeniedException'],
    ['the key is disabled', refuses('KMSDisabledException', 'The key is disabled.'), 'The key is disabled.'],
    ['the class cannot be searched', refuses('InvalidOperationException', 'not supported'), 'not supported'],
  ])('is FAILED with EvidenceRefused if %s, and archived by the next run', async (_, refusal, message) => {
    const archiver = await prepareArchiver();
    archiver.aws.faults.inject(refusal, { of: 'FilterLogEvents', until: archiver.aws.clock.now() + 3 * 86_400_000 });
    await expectFailed(archiver, 'EvidenceRefused', message);
    await archiver.aws.clock.moveTo('2026-11-04T00:00:00Z');
    expect((await archiver.runOn('2026-11-04')).end).toBe('SUCCEEDED');
    expect(archiver.receipts).toMatchObject([{ evidence: 'NO_EVENTS' }]);
  });

  it('is LOST if the log group is deleted before the search', async () => {
    const archiver = await prepareArchiver();
    await archiver.runOn('2026-11-01');
    archiver.aws.clock.timers.setTimeout(
      () => archiver.deleteLogGroup(APP),
      Date.parse('2026-11-02T03:00:22Z') - archiver.aws.clock.now(),
    );
    const run = await archiver.runOn(OCTOBER);
    expect([run.end, run.entries.at(-1)]).toEqual(['ArchiveLoss', '2026-10 LogGroupDeleted']);
    expect(archiver.receipts).toEqual([]);
  });
});

describe('a log group of class INFREQUENT_ACCESS', () => {
  it('without events is archived by a query of Logs Insights', async () => {
    const archiver = await prepareArchiver('INFREQUENT_ACCESS');
    expect((await archiver.runOn(OCTOBER)).entries.at(-1)).toBe('2026-10 ARCHIVED');
    expect(archiver.receipts).toMatchObject([
      { evidence: 'NO_EVENTS', logGroup: { logGroupClass: 'INFREQUENT_ACCESS' } },
    ]);
    expect(archiver.findCalls('StartQuery')).toHaveLength(1);
    expect(archiver.findCalls('FilterLogEvents')).toEqual([]);
  });

  it('is FAILED with ArchiveEmpty if the query finds an event', async () => {
    const archiver = await prepareArchiver('INFREQUENT_ACCESS');
    await archiver.putEvents(APP, '2026-10-31T12:00:00.000Z');
    archiver.aws.logs.exportTasks.script(APP, LEAVES_ALL_OUT, LEAVES_ALL_OUT);
    await expectFailed(archiver, 'ArchiveEmpty', 'wrote no object');
  });

  it('is FAILED with EvidenceRefused if the query is denied', async () => {
    const archiver = await prepareArchiver('INFREQUENT_ACCESS');
    archiver.aws.faults.inject(accessDenied, { of: 'StartQuery' });
    await expectFailed(archiver, 'EvidenceRefused', 'AccessDeniedException');
  });
});

describe('an export that leaves a log stream out', () => {
  const [FIRST, SECOND] = ['2026-10-31T12:00:00.000Z', '2026-10-31T12:00:01.000Z'];
  const PARTIAL = { leavesOut: ['stream/2026-10-31T12.00.01.000Z'] };

  async function preparePartial(...scripts: object[]) {
    const archiver = await prepareArchiver();
    await archiver.putEvents(APP, FIRST, SECOND);
    archiver.aws.logs.exportTasks.script(APP, ...scripts);
    return archiver;
  }

  it('once is exported again, and archived with every event once', async () => {
    const archiver = await preparePartial(PARTIAL);
    const { end, report } = await archiver.runOn(OCTOBER);
    expect(end).toBe('SUCCEEDED');
    expect(archiver.findCalls('CreateExportTask')).toHaveLength(2);
    expect(archiver.archivedEvents).toEqual([`at ${FIRST}`, `at ${SECOND}`]);
    expect(report?.leftovers).toMatchObject([
      { logGroupName: APP, why: expect.stringContaining('the receipt lists another') },
    ]);
  });

  it('twice is FAILED with ArchivePartial, and archived by the next run', async () => {
    const archiver = await preparePartial(PARTIAL, PARTIAL);
    await expectFailed(archiver, 'ArchivePartial', 'wrote no object for log stream stream/2026-10-31T12.00.01.000Z');
    expect((await archiver.runOn('2026-11-03')).end).toBe('SUCCEEDED');
    expect(archiver.archivedEvents).toEqual([`at ${FIRST}`, `at ${SECOND}`]);
  });
});

describe('an export of log streams that share a folder', () => {
  async function prepareShared(overwrites: boolean) {
    const archiver = await prepareArchiver();
    archiver.aws.logs.exportTasks.overwritesInSharedFolders = overwrites;
    for (const [logStreamName, hour] of [
      ['web/1', '12'],
      ['web-1', '13'],
    ] as const) {
      const timestamp = Date.parse(`2026-10-31T${hour}:00:00Z`);
      await archiver.aws.clock.moveTo(Math.max(timestamp, archiver.aws.clock.now()));
      archiver.aws.logs.logStreams.create({ logGroupName: APP, logStreamName });
      archiver.aws.logs.logEvents.put({ logGroupName: APP, logStreamName, logEvents: [{ timestamp, message: hour }] });
    }
    return archiver;
  }

  it('is archived with every event if their objects are numbered consecutively', async () => {
    const archiver = await prepareShared(false);
    expect((await archiver.runOn(OCTOBER)).end).toBe('SUCCEEDED');
    expect(archiver.archivedEvents).toEqual(['12', '13']);
  });

  it('is FAILED with ArchivePartial if they overwrite each other', async () => {
    const archiver = await prepareShared(true);
    await expectFailed(archiver, 'ArchivePartial', 'wrote no object for log stream web');
  });
});
