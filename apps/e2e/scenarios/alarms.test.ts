import { APP, ScheduledArchiver, synthesizeArchiver } from './scheduled-archiver';

const synthesized = synthesizeArchiver();

/** Deploys an archiver at noon of the first of October. Its first run is due at 03:00 of the second. */
function deployArchiver(): ScheduledArchiver {
  return new ScheduledArchiver(synthesized, '2026-10-01T12:00:00Z');
}

describe('the alarms of a new archiver', () => {
  it('are quiet before its first run is due', async () => {
    const archiver = deployArchiver();
    await archiver.aws.clock.moveTo('2026-10-02T03:00:00Z');
    expect([archiver.alarms, archiver.alarmMessages]).toEqual([[], []]);
  });

  it('are quiet while it runs every day', async () => {
    const archiver = deployArchiver();
    await archiver.createLogGroup(APP);
    for (const day of ['2026-10-02', '2026-10-03', '2026-10-04', '2026-10-05', '2026-10-06']) {
      await archiver.runOn(day);
      await archiver.reportDueRun(day);
    }
    await archiver.aws.clock.moveTo('2026-10-07T03:00:00Z');
    expect([archiver.alarms, archiver.alarmMessages]).toEqual([[], []]);
  });

  it('report within three days of its first due run that it never runs', async () => {
    const archiver = deployArchiver();
    for (const day of ['2026-10-02', '2026-10-03', '2026-10-04']) {
      await archiver.reportDueRun(day);
    }
    await archiver.aws.clock.moveTo('2026-10-05T03:00:00Z');
    expect([archiver.alarms, archiver.alarmMessages]).toEqual([['NoSuccess'], ['NoSuccess ALARM']]);
  });
});

describe('the alarms of an archiver that stops running', () => {
  /** Runs on two days, then not for two. */
  async function stopRunning(): Promise<ScheduledArchiver> {
    const archiver = deployArchiver();
    for (const day of ['2026-10-02', '2026-10-03']) {
      await archiver.runOn(day);
      await archiver.reportDueRun(day);
    }
    for (const day of ['2026-10-04', '2026-10-05']) {
      await archiver.reportDueRun(day);
    }
    return archiver;
  }

  it('report it within three days', async () => {
    const archiver = await stopRunning();
    await archiver.aws.clock.moveTo('2026-10-06T03:00:00Z');
    expect([archiver.alarms, archiver.alarmMessages]).toEqual([['NoSuccess'], ['NoSuccess ALARM']]);
  });

  it('report its recovery', async () => {
    const archiver = await stopRunning();
    await archiver.aws.clock.moveTo('2026-10-06T02:00:00Z');
    await archiver.runOn('2026-10-06');
    await archiver.reportDueRun('2026-10-06');
    await archiver.aws.clock.moveTo('2026-10-07T03:00:00Z');
    expect([archiver.alarms, archiver.alarmMessages]).toEqual([[], ['NoSuccess ALARM', 'NoSuccess OK']]);
  });
});

describe('the alarm for failures that a run cannot report', () => {
  it('is raised once by an execution that ends with an error of Step Functions, and ends with the next success', async () => {
    const archiver = deployArchiver();
    await archiver.createLogGroup(APP);
    const planArchive = Object(archiver.stack.stateMachine.definition.States.PlanArchive);
    const { ResultPath } = planArchive;
    planArchive.ResultPath = '$.nowhere[0].page';
    const run = await archiver.runOn('2026-10-02');
    expect(run.end).toMatch(/^States\./);
    await archiver.aws.clock.moveTo('2026-10-02T04:00:00Z');
    expect([archiver.alarms, archiver.alarmMessages]).toEqual([['Untold'], ['Untold ALARM']]);
    planArchive.ResultPath = ResultPath;
    await archiver.runOn('2026-10-03');
    await archiver.aws.clock.moveTo('2026-10-03T04:00:00Z');
    expect(archiver.alarmMessages).toEqual(['Untold ALARM', 'Untold OK']);
  });
});
