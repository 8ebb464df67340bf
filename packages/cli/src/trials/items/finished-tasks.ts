import { DescribeExportTasksCommand, type ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import { tryExport } from '../exports';
import { type AutomatedTrial, inconclusive, type TrialAnswer } from '../trial';
import type { TrialAccount } from '../trial-account';

const DAY_MS = 24 * 3_600_000;

/** Runs two exports, and lists all tasks of the account. */
export const finishedTasks: AutomatedTrial = {
  number: 3,
  title: 'Finished tasks',
  prepare: async (account) => async () => {
    await tryExport(account, { number: 3 });
    await tryExport(account, { number: 3 });
    const tasks = await listTasks(account);
    return judge(tasks, account);
  },
};

async function listTasks({ logs }: TrialAccount): Promise<ExportTask[]> {
  const tasks: ExportTask[] = [];
  let nextToken: string | undefined;
  do {
    const page = await logs.send(new DescribeExportTasksCommand({ nextToken }));
    tasks.push(...(page.exportTasks ?? []));
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return tasks;
}

function judge(tasks: readonly ExportTask[], { names, now }: TrialAccount): TrialAnswer {
  const own = tasks
    .filter(({ destination }) => destination === names.bucket)
    .map(({ executionInfo }) => executionInfo?.creationTime ?? 0);
  const oldest = Math.min(...tasks.map(({ executionInfo }) => executionInfo?.creationTime ?? Number.POSITIVE_INFINITY));
  // The names of other tasks are not for an issue.
  const evidence = {
    creationTimesOfOwnTasks: own,
    otherTasks: tasks.length - own.length,
    daysSinceTheOldestTask: tasks.length === 0 ? null : Math.round((now() - oldest) / DAY_MS),
  };
  if (own.length < 2) {
    return inconclusive('fewer than two finished tasks are listed', evidence);
  }
  const sorted = own.toSorted((a, b) => a - b);
  const isSorted = (list: readonly number[]) => list.every((time, index) => time === own[index]);
  const answer = isSorted(sorted.toReversed()) ? 'NEWEST_FIRST' : isSorted(sorted) ? 'OLDEST_FIRST' : 'UNORDERED';
  const note = `the oldest listed task is ${evidence.daysSinceTheOldestTask} days old`;
  return { answer, holds: answer === 'NEWEST_FIRST', note, evidence };
}
