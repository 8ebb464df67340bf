import type { Execution } from '@log-archiver/local-aws';
import type { Archiver, Run } from '../archiver';

/** As much of a child execution's data as is looked at here. */
interface LogGroupData {
  task: { taskId: string | null };
}

/** The archiver's export tasks, oldest first; each of them has a name. */
export function exportTasksOfOurs({ aws, bucketName }: Archiver) {
  const { exportTasks } = aws.logs;
  const tasks: ReturnType<typeof exportTasks.describe>['exportTasks'] = [];
  let nextToken: string | undefined;
  do {
    const page = exportTasks.describe(nextToken === undefined ? {} : { nextToken });
    tasks.unshift(...page.exportTasks.reverse());
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return tasks.filter(({ destination }) => destination === bucketName);
}

/**
 * No task is asked for while there is one that does or did the same and has not failed; one that is not shown counts as
 * none. In the same instant two executions may ask, as neither has seen the other's.
 */
export function expectNoneTwice(archiver: Archiver, hiddenSeconds: number) {
  const tasks = exportTasksOfOurs(archiver);
  for (const { at, input } of archiver.callsOf('CreateExportTask')) {
    const now = Date.parse(at);
    const inTheWay = tasks.filter(({ taskName, status, executionInfo: { creationTime, completionTime } }) => {
      const wasShown = creationTime < now && creationTime + hiddenSeconds * 1_000 <= now;
      const hadFailed = status.code === 'FAILED' && Number(completionTime) <= now;
      return taskName === (input as { taskName: string }).taskName && wasShown && !hadFailed;
    });
    expect(inTheWay).toEqual([]);
  }
}

/** An export that was started is named by its run, whether or not anybody saw its end. */
export function expectStartedNamed({ events }: Execution, { outcomes }: Run) {
  const started = events
    .filter(({ type, state }) => type === 'StateExited' && state?.name === 'ExportLogToS3')
    .map(({ state }) => (state?.output as LogGroupData | undefined)?.task.taskId)
    .filter((taskId) => typeof taskId === 'string');
  expect(outcomes.map(({ taskId }) => taskId).filter((taskId) => taskId !== null)).toEqual(started);
}

/** What a task wrote is the archive's: it is named by the run that made it, or by one that found it. */
export function expectNoneLost(archiver: Archiver, runs: Run[], hiddenSeconds: number) {
  const named = new Set(runs.flatMap(({ outcomes }) => outcomes.map(({ taskId }) => taskId)));
  const tasks = exportTasksOfOurs(archiver);
  const lost = tasks.filter(({ taskId, taskName, status }, index) => {
    const hasSuccessor = tasks.slice(index + 1).some((later) => later.taskName === taskName);
    // One that was hidden when it was looked for has been made again, and nobody saw it any more.
    return status.code !== 'FAILED' && !named.has(taskId) && !(hiddenSeconds > 0 && hasSuccessor);
  });
  expect(lost).toEqual([]);
}
