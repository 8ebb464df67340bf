import type { ExportTaskStatusCode } from '@aws-sdk/client-cloudwatch-logs';
import type { ExportTask } from '@log-archiver/aws-clients/export-tasks';
import { measureSlotUse } from '../../src/page/export-slot';

const SINCE = 100_000;
const NOW = 200_000;

function task(
  code: ExportTaskStatusCode,
  creationTime: number,
  completionTime?: number,
  taskName?: string,
): ExportTask {
  const executionInfo = { creationTime, completionTime };
  return { taskId: 'theirs', logGroupName: '/their/log', taskName, status: { code }, executionInfo };
}

it.each<[string, ExportTask, number, boolean]>([
  ['runs all the time', task('RUNNING', 50_000), 100_000, true],
  ['is pending', task('PENDING', 190_000), 10_000, true],
  ['is being cancelled', task('PENDING_CANCEL', 190_000), 10_000, true],
  ['ran in between', task('COMPLETED', 110_000, 150_000), 40_000, false],
  ['ended after the start', task('FAILED', 50_000, 101_000), 1_000, false],
  ['was cancelled', task('CANCELLED', 110_000, 111_000), 1_000, false],
  ['ended before the start', task('COMPLETED', 50_000, 99_000), 0, false],
  ['ended at an unknown time', task('CANCELLED', 110_000), 0, false],
  ['began after now by the clock of AWS', task('RUNNING', 200_001), 0, true],
  ['has a name that only contains ours', task('RUNNING', 50_000, undefined, 'nightly log-archiver '), 100_000, true],
])('measures the time of a task that %s', (_, theirs, milliseconds, isHeld) => {
  expect(measureSlotUse([theirs], SINCE, NOW)).toEqual({
    usedMilliseconds: 0,
    heldMilliseconds: milliseconds,
    holders:
      milliseconds === 0 ? [] : [{ taskId: 'theirs', logGroupName: '/their/log', seconds: milliseconds / 1_000 }],
    isHeld,
  });
});

it('adds up the times of several tasks', () => {
  const tasks = [task('RUNNING', 190_000), task('COMPLETED', 120_000, 150_000)];

  expect(measureSlotUse(tasks, SINCE, NOW)).toMatchObject({ heldMilliseconds: 40_000, isHeld: true });
});

it('measures the time of a task of an archiver, which does not hold the slot', () => {
  const tasks = [
    task('RUNNING', 190_000, undefined, 'log-archiver 2026-10 /app/web abc'),
    task('COMPLETED', 50_000, 120_000, 'log-archiver 2026-10 /app/api abc'),
  ];

  expect(measureSlotUse(tasks, SINCE, NOW)).toEqual({
    usedMilliseconds: 30_000,
    ...{ heldMilliseconds: 0, holders: [], isHeld: false },
  });
});
