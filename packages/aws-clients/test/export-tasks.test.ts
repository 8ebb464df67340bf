import type { CloudWatchLogsClient, ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from '../src/create-clients';
import { findExportTasksSince, isActive } from '../src/export-tasks';

/** Tasks that were created one at each millisecond, the newest at 120, on pages of 50. */
function services() {
  const asked: (string | undefined)[] = [];
  const send = async ({ input: { nextToken } }: { input: { nextToken?: string } }) => {
    asked.push(nextToken);
    const newest = Number(nextToken ?? 120);
    const exportTasks = Array.from({ length: Math.min(50, newest) }, (_, index) => ({
      executionInfo: { creationTime: newest - index },
    }));
    return { exportTasks, nextToken: newest > 50 ? String(newest - 50) : undefined };
  };
  return { asked, services: { logs: { send } as unknown as CloudWatchLogsClient } as Clients };
}

it.each([
  [500, 50],
  [72, 50],
  [71, 100],
  [22, 100],
  [21, 120],
  [0, 120],
])('back to %p there are %p tasks to look at', async (instant, expected) => {
  const tasks = await findExportTasksSince(instant, services().services);

  expect(tasks.map(({ executionInfo }) => executionInfo?.creationTime)).toEqual(
    Array.from({ length: expected }, (_, index) => 120 - index),
  );
});

it.each([
  ['PENDING', true],
  ['RUNNING', true],
  ['PENDING_CANCEL', true],
  ['COMPLETED', false],
  ['FAILED', false],
  ['CANCELLED', false],
])('a task that is %s holds the slot: %p', (code, expected) => {
  expect(isActive({ status: { code } } as ExportTask)).toBe(expected);
});
