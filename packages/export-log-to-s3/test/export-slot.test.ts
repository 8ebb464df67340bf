import type { CloudWatchLogsClient, ExportTask } from '@aws-sdk/client-cloudwatch-logs';
import { slotIsTaken } from '../src/export-slot';

const STARTED_AT = '2026-11-02T03:00:01Z';
const HOLDER: ExportTask = { taskId: 'task-1', logGroupName: '/app/other', status: { code: 'RUNNING' } };
const HOLDER_TEXT = 'the export slot is held by task task-1 of log group /app/other, status RUNNING';

function whoSees(...exportTasks: ExportTask[]): CloudWatchLogsClient {
  return { send: async () => ({ exportTasks }) } as unknown as CloudWatchLogsClient;
}

it.each([
  ['at its start', '2026-11-02T03:00:01.000Z'],
  ['before its start, by another clock', '2026-11-02T03:00:00.000Z'],
  ['a millisecond before 48 hours', '2026-11-04T03:00:00.999Z'],
])('the slot is busy for a run %s', async (_, now) => {
  expect(await slotIsTaken(whoSees(HOLDER), STARTED_AT, Date.parse(now))).toMatchObject({
    name: 'ExportSlotBusy',
    message: HOLDER_TEXT,
  });
});

it.each([
  ['48', '2026-11-04T03:00:01.000Z'],
  ['48', '2026-11-04T04:00:00.999Z'],
  ['49', '2026-11-04T04:00:01.000Z'],
])('the slot is unavailable for a run of %s hours, at %s', async (hours, now) => {
  expect(await slotIsTaken(whoSees(HOLDER), STARTED_AT, Date.parse(now))).toMatchObject({
    name: 'ExportSlotUnavailable',
    message: `${HOLDER_TEXT}; the run has been going for ${hours} hours`,
  });
});

it.each<[string, ExportTask[]]>([
  ['there is no task', []],
  ['all tasks have ended', [{ taskId: 'task-1', logGroupName: '/app/other', status: { code: 'COMPLETED' } }]],
])('the holder has just ended when %s', async (_, tasks) => {
  const message = 'the export slot was held by a task that has just ended';

  expect(await slotIsTaken(whoSees(...tasks), STARTED_AT, Date.parse('2026-11-02T03:00:05Z'))).toMatchObject({
    name: 'ExportSlotBusy',
    message,
  });
  expect(await slotIsTaken(whoSees(...tasks), STARTED_AT, Date.parse('2026-11-04T03:00:01Z'))).toMatchObject({
    name: 'ExportSlotUnavailable',
    message: `${message}; the run has been going for 48 hours`,
  });
});

it('the slot is busy although its holder cannot be looked up', async () => {
  const logs = {
    send: async () => {
      throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
    },
  } as unknown as CloudWatchLogsClient;

  expect(await slotIsTaken(logs, STARTED_AT, Date.parse('2026-11-02T03:00:05Z'))).toMatchObject({
    name: 'ExportSlotBusy',
    message: 'the export slot is held by a task that could not be looked up: ThrottlingException',
  });
});
