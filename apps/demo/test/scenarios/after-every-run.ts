import type { Execution } from '@log-archiver/local-aws';
import type { Archiver, Run } from '../archiver';

/** What holds after every run, whatever AWS did: nothing is silent, and nothing of ours goes on. */
export async function expectNothingSilent(archiver: Archiver, { result, outcomes }: Run, logGroupNames: string[]) {
  const failed = outcomes.filter(({ status }) => status === 'FAILED');
  if (result.status === 'SUCCEEDED') {
    expect(failed).toEqual([]);
  } else {
    expect(result).toMatchObject({ error: 'ArchiveIncomplete' });
    expect(failed.length).toBeGreaterThan(0);
    for (const { logGroupName } of failed) {
      expect(result).toMatchObject({ cause: expect.stringContaining(`"${logGroupName}"`) });
    }
  }
  expect(outcomes.map(({ logGroupName }) => logGroupName).sort()).toEqual([...logGroupNames].sort());
  for (const { status, error, taskId } of outcomes) {
    const [task] = archiver.aws.logs.exportTasks.describe({ taskId: taskId ?? 'none' }).exportTasks;
    expect(status === 'ARCHIVED').toBe(error === null);
    expect(status === 'ARCHIVED' ? task?.status.code : 'COMPLETED').toBe('COMPLETED');
  }
}

/** Lets a week pass, in which an execution that has ended does nothing any more. */
export async function expectNothingGoesOn(archiver: Archiver, executions: Execution[]) {
  const calls = archiver.aws.requestHandler.calls.length;
  const events = executions.map((execution) => execution.events.length);
  await archiver.aws.clock.moveTo(archiver.aws.clock.now() + 7 * 24 * 3_600_000);
  expect(archiver.aws.requestHandler.calls).toHaveLength(calls);
  expect(executions.map((execution) => execution.events.length)).toEqual(events);
}
