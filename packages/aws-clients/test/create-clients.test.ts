import { setTimeout } from 'node:timers/promises';
import { createLogsClient, createRecordClients } from '../src/create-clients';
import { writeToFunctionLog } from '../src/function-log';

it('uses the clock, the timers and the log of the function by default', () => {
  expect(createRecordClients({})).toMatchObject({ now: Date.now, wait: setTimeout, log: writeToFunctionLog });
});

it('uses the given clock, timers and log', () => {
  const options = { now: () => 0, wait: async () => {}, log: () => {} };

  expect(createRecordClients(options)).toMatchObject(options);
});

it('creates only a client of CloudWatch Logs for functions that need no other', () => {
  expect(Object.keys(createLogsClient({})).sort()).toEqual(['log', 'logs', 'now', 'wait']);
});
