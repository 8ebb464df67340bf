import { LogGroupSelection } from 'cdk-log-archiver';
import { APP, ScheduledArchiver, synthesizeArchiver } from '../scheduled-archiver';

const named = synthesizeArchiver();
const selecting = synthesizeArchiver([], { selections: [LogGroupSelection.byPrefix('/none/')] });

const LAST_THREE = ['2026-08', '2026-09', '2026-10'];
const ALL_EMPTY = Object.fromEntries(LAST_THREE.map((period) => [period, 'EMPTY']));

describe('an archiver of a log group whose name has a typo', () => {
  it('succeeds with EMPTY periods, and warns once', async () => {
    const archiver = new ScheduledArchiver(named, '2026-11-01T00:00:00Z');
    await archiver.createLogGroup('/ap');
    const first = await archiver.runOn('2026-11-02');
    expect(first.end).toBe('SUCCEEDED');
    expect(first.entries).toEqual(LAST_THREE.map((period) => `${period} LogGroupNotFound`));
    const warning = {
      type: 'LogGroupNeverSeen',
      subject: APP,
      message: 'the log group does not exist, and no run has ever seen it; check its name',
    };
    expect(first.result).toMatchObject({ output: { status: 'COMPLETE', warnings: [warning] } });
    expect(first.report?.warnings).toEqual([warning]);
    expect(first.messages).toEqual([
      expect.stringContaining(`Warnings (reported once):\n  LogGroupNeverSeen: ${warning.message}: ${APP}`),
    ]);
    expect(archiver.findPeriod('2026-10')).toMatchObject({
      ...{ status: 'EMPTY', complete: false, archived: 0, skipped: { LogGroupNotFound: 1 } },
      warnings: [warning],
    });

    const second = await archiver.runOn('2026-11-03');
    expect([second.end, second.report?.warnings, second.messages]).toEqual(['SUCCEEDED', [], []]);
    // The warning still applies.
    expect(archiver.findPeriod('2026-10')).toMatchObject({ status: 'EMPTY', warnings: [warning] });
  });

  it('withdraws the warning when the log group exists', async () => {
    const archiver = new ScheduledArchiver(named, '2026-11-01T00:00:00Z');
    await archiver.runOn('2026-11-02');
    await archiver.createLogGroup(APP);
    const existing = await archiver.runOn('2026-11-03');
    expect([existing.end, existing.messages]).toEqual(['SUCCEEDED', []]);
    expect(archiver.findPeriod('2026-10')).toMatchObject({
      ...{ status: 'COMPLETE', complete: true, archived: 0, skipped: { CreatedLater: 1 } },
      warnings: [],
    });
  });
});

describe('an archiver whose selection finds nothing', () => {
  it('succeeds with EMPTY periods, and warns once', async () => {
    const archiver = new ScheduledArchiver(selecting, '2026-11-01T00:00:00Z');
    const first = await archiver.runOn('2026-11-02');
    expect([first.end, first.entries]).toEqual(['SUCCEEDED', []]);
    expect(first.report?.warnings).toMatchObject([
      {
        type: 'EmptySelection',
        subject: expect.stringContaining('/none/'),
        message: 'the selection finds no log group',
      },
    ]);
    expect(first.messages).toEqual([expect.stringContaining('EmptySelection: the selection finds no log group')]);
    expect(archiver.statuses).toEqual(ALL_EMPTY);

    const second = await archiver.runOn('2026-11-03');
    expect([second.end, second.messages]).toEqual(['SUCCEEDED', []]);
    expect(archiver.statuses).toEqual(ALL_EMPTY);
  });
});

describe('a month that an earlier run archived', () => {
  it('reads the same after a second run that finds nothing to do', async () => {
    const archiver = new ScheduledArchiver(named, '2026-10-01T00:00:00Z');
    await archiver.createLogGroup(APP);
    await archiver.putEvents(APP, '2026-10-01T00:00:00.000Z');
    await archiver.runOn('2026-11-02');
    const { asOf: _, execution: __, reportKey: ___, ...october } = archiver.findPeriod('2026-10') ?? {};
    expect(october).toMatchObject({ status: 'COMPLETE', complete: true, archived: 1, objects: 1, skipped: {} });
    await archiver.runOn('2026-11-03');
    expect(archiver.findPeriod('2026-10')).toMatchObject(october);
  });
});
