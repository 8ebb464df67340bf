import { writeToFunctionLog } from '../src/function-log';

const logError = console.error;
afterEach(() => {
  jest.restoreAllMocks();
  console.error = logError;
});

it('writes a line to standard output', () => {
  const write = jest.spyOn(process.stdout, 'write').mockReturnValue(true);

  writeToFunctionLog('{"level":"INFO"}');

  expect(write.mock.calls).toEqual([['{"level":"INFO"}\n']]);
});

it('keeps the runtime from logging the error that the function throws next', () => {
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  const logged: unknown[] = [];
  console.error = (error: unknown) => logged.push(error);

  writeToFunctionLog('{"level":"INFO"}');
  console.error(new Error('PENDING'));

  expect(logged).toEqual([]);
});
