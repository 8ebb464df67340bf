import { ExportTaskNotCompleted, MAX_MESSAGE_CHARACTERS, RecordingUnfinished } from '@log-archiver/core';
import { type CallSubject, runHandler } from '../src/run-handler';

const SUBJECT: CallSubject = { execution: 'arn:execution', logGroupName: '/app/web', period: '2026-10' };
const FIELDS = { timestamp: '2026-11-02T03:00:05.000Z', function: 'check-export-task', ...SUBJECT };

let lines: string[];
beforeEach(() => {
  lines = [];
});

function run(handle: () => Promise<string>, subject = SUBJECT): Promise<string> {
  const clients = { log: (line: string) => lines.push(line), now: () => Date.parse(FIELDS.timestamp) };
  return runHandler('check-export-task', subject, handle, clients);
}

const throws = (error: unknown) => () => Promise.reject(error);
const written = () => lines.map((line) => JSON.parse(line));
const awsError = (name: string) => Object.assign(new Error('Rate exceeded'), { name, $metadata: {} });

it('returns the response, and writes one line', async () => {
  expect(await run(async () => 'response')).toBe('response');

  expect(lines).toEqual([
    '{"timestamp":"2026-11-02T03:00:05.000Z","level":"INFO","function":"check-export-task","execution":"arn:execution",' +
      '"logGroupName":"/app/web","period":"2026-10","result":"COMPLETED"}',
  ]);
});

it('omits the fields that a call does not have', async () => {
  await run(async () => 'response', { execution: 'arn:execution', logGroupName: undefined, page: 2 });

  expect(written()).toEqual([
    {
      timestamp: FIELDS.timestamp,
      level: 'INFO',
      function: 'check-export-task',
      execution: 'arn:execution',
      page: 2,
      result: 'COMPLETED',
    },
  ]);
});

it.each([
  ['the contract', new ExportTaskNotCompleted('RUNNING', 'Rate exceeded'), 'RUNNING'],
  ['AWS', awsError('ThrottlingException'), 'ThrottlingException'],
])('writes a line of level INFO when an error of %s is thrown', async (_, error, name) => {
  await expect(run(throws(error))).rejects.toBe(error);

  expect(written()).toEqual([{ ...FIELDS, level: 'INFO', result: name, message: 'Rate exceeded' }]);
});

it('writes a line of level ERROR with the stack when an unexpected error is thrown', async () => {
  const error = new TypeError('no');
  const { stack } = error;
  await expect(run(throws(error))).rejects.toBe(error);

  expect(written()).toEqual([{ ...FIELDS, level: 'ERROR', result: 'TypeError', message: 'no', stack }]);
  expect(stack).toContain('run-handler.test.ts');
});

it('throws a value that is not an error as an error', async () => {
  await expect(run(throws('no'))).rejects.toMatchObject({ name: 'Error', message: 'no', stack: '' });
  expect(written()).toMatchObject([{ level: 'ERROR', result: 'Error', message: 'no' }]);
});

it('throws the error with its name and without its stack', async () => {
  await expect(run(throws(awsError('ThrottlingException')))).rejects.toMatchObject({
    name: 'ThrottlingException',
    message: 'Rate exceeded',
    stack: '',
  });
});

it.each([
  ['keeps', MAX_MESSAGE_CHARACTERS, 'x'.repeat(MAX_MESSAGE_CHARACTERS)],
  ['cuts', MAX_MESSAGE_CHARACTERS + 1, `${'x'.repeat(MAX_MESSAGE_CHARACTERS - 1)}…`],
])('%s a message of %d characters', async (_, length, message) => {
  await expect(run(throws(new Error('x'.repeat(length))))).rejects.toMatchObject({ message });

  expect(written()).toMatchObject([{ message }]);
});

it('keeps the whole message of RecordingUnfinished, which the next call parses', async () => {
  const message = 'x'.repeat(5_000);
  await expect(run(throws(new RecordingUnfinished(message)))).rejects.toMatchObject({ message });

  expect(written()).toEqual([{ ...FIELDS, level: 'INFO', result: 'RecordingUnfinished', message }]);
});
