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
  for (const { logGroupName, status, error, taskId, destinationPrefix } of outcomes) {
    expect(status === 'ARCHIVED').toBe(error === null);
    expect(status === 'SKIPPED').toBe(error === 'LogGroupNotFound');
    const [task] = taskId ? archiver.aws.logs.exportTasks.describe({ taskId }).exportTasks : [];
    if (taskId !== null) {
      expect(task).toMatchObject({ logGroupName, destinationPrefix, destination: archiver.bucketName });
    }
    if (status === 'ARCHIVED') {
      expect(task).toMatchObject({ status: { code: 'COMPLETED' } });
    }
  }
}

/** Lets a week pass, in which an execution that has ended does nothing any more. */
export async function expectNothingGoesOn(archiver: Archiver, executions: Execution[]) {
  const { clock, requestHandler } = archiver.aws;
  const calls = requestHandler.calls.length;
  const events = executions.map((execution) => execution.events.length);
  await clock.moveTo(clock.now() + 7 * 24 * 3_600_000);
  expect(requestHandler.calls).toHaveLength(calls);
  expect(executions.map((execution) => execution.events.length)).toEqual(events);
  expect(clock.timers.countTimers()).toBe(0);
  for (const execution of executions.flatMap((parent) => [parent, ...parent.childExecutions])) {
    expect(await Promise.race([execution.result, 'goes on'])).not.toBe('goes on');
  }
}
