import type { Clients } from '@log-archiver/aws-clients/create-clients';
import type { ExportTask } from '@log-archiver/aws-clients/export-tasks';
import { createSlotError } from '../src/slot-error';

const DEADLINE = Date.parse('2026-11-04T03:00:01.000Z');
const WAITED = '; the run waited until 2026-11-04T03:00:01.000Z';
const HOLDER: ExportTask = { taskId: 'task-1', logGroupName: '/app/other', status: { code: 'RUNNING' } };
const HOLDER_TEXT = 'the export slot is held by task task-1 of log group /app/other, status RUNNING';

function clientsAt(now: number, send: () => Promise<{ exportTasks: ExportTask[] }>): Pick<Clients, 'logs' | 'now'> {
  return { logs: { send } as unknown as Clients['logs'], now: () => now };
}

/** Returns clients that find these export tasks. */
function clientsWith(now: number, ...exportTasks: ExportTask[]) {
  return clientsAt(now, async () => ({ exportTasks }));
}

it('returns ExportSlotBusy until a millisecond before the deadline', async () => {
  expect(await createSlotError(clientsWith(DEADLINE - 1, HOLDER), DEADLINE)).toMatchObject({
    name: 'ExportSlotBusy',
    message: HOLDER_TEXT,
  });
});

it.each([
  ['at', 0],
  ['after', 1],
])('returns ExportSlotUnavailable %s the deadline', async (_, late) => {
  expect(await createSlotError(clientsWith(DEADLINE + late, HOLDER), DEADLINE)).toMatchObject({
    name: 'ExportSlotUnavailable',
    message: HOLDER_TEXT + WAITED,
  });
});

it.each<[string, ExportTask[]]>([
  ['there is no task', []],
  ['all tasks have ended', [{ taskId: 'task-1', logGroupName: '/app/other', status: { code: 'COMPLETED' } }]],
])('reports that the holder has just ended when %s', async (_, tasks) => {
  const message = 'the export slot was held by a task that has just ended';

  expect(await createSlotError(clientsWith(DEADLINE - 1, ...tasks), DEADLINE)).toMatchObject({
    name: 'ExportSlotBusy',
    message,
  });
  expect(await createSlotError(clientsWith(DEADLINE, ...tasks), DEADLINE)).toMatchObject({
    name: 'ExportSlotUnavailable',
    message: message + WAITED,
  });
});

it('returns ExportSlotBusy although the lookup of the holder fails', async () => {
  const clients = clientsAt(DEADLINE - 1, async () => {
    throw Object.assign(new Error('Rate exceeded'), { name: 'ThrottlingException' });
  });

  expect(await createSlotError(clients, DEADLINE)).toMatchObject({
    name: 'ExportSlotBusy',
    message: 'the export slot is held by an unknown task; its lookup failed with ThrottlingException',
  });
});
