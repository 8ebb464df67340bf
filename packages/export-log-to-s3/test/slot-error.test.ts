import type { CloudWatchLogsClient, ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import { slotIsTaken } from '../src/export-slot';

const DEADLINE = Date.parse('2026-11-04T03:00:01.000Z');
const WAITED = '; the run waited for it until 2026-11-04T03:00:01.000Z';
const HOLDER: ExportTask = { taskId: 'task-1', logGroupName: '/app/other', status: { code: 'RUNNING' } };
const HOLDER_TEXT = 'the export slot is held by task task-1 of log group /app/other, status RUNNING';

function whoSees(...exportTasks: ExportTask[]): CloudWatchLogsClient {
  return { send: async () => ({ exportTasks }) } as unknown as CloudWatchLogsClient;
}

it('the slot is busy until a millisecond before the deadline', async () => {
  expect(await slotIsTaken(whoSees(HOLDER), DEADLINE, DEADLINE - 1)).toMatchObject({
    name: 'ExportSlotBusy',
    message: HOLDER_TEXT,
  });
});

it.each([
  ['at', 0],
  ['after', 1],
])('the slot is unavailable %s the deadline', async (_, late) => {
  expect(await slotIsTaken(whoSees(HOLDER), DEADLINE, DEADLINE + late)).toMatchObject({
    name: 'ExportSlotUnavailable',
    message: HOLDER_TEXT + WAITED,
  });
});

it.each<[string, ExportTask[]]>([
  ['there is no task', []],
  ['all tasks have ended', [{ taskId: 'task-1', logGroupName: '/app/other', status: { code: 'COMPLETED' } }]],
])('the holder has just ended when %s', async (_, tasks) => {
  const message = 'the export slot was held by a task that has just ended';

  expect(await slotIsTaken(whoSees(...tasks), DEADLINE, DEADLINE - 1)).toMatchObject({
    name: 'ExportSlotBusy',
    message,
  });
  expect(await slotIsTaken(whoSees(...tasks), DEADLINE, DEADLINE)).toMatchObject({
    name: 'ExportSlotUnavailable',
    message: message + WAITED,
  });
});

it('the slot is busy although its holder cannot be looked up', async () => {
  const logs = {
    send: async () => {
      throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    },
  } as unknown as CloudWatchLogsClient;

  expect(await slotIsTaken(logs, DEADLINE, DEADLINE - 1)).toMatchObject({
    name: 'ExportSlotBusy',
    message: 'the export slot is held by a task that could not be looked up: ThrottlingException',
  });
});
