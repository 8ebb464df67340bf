import { FunctionLogs } from '../../src/lambda/function-logs';

const LINE = { functionName: 'Stack-Plan1', logGroupName: '/aws/lambda/Stack-Plan1', line: 'planned' };

it('keeps the lines with the time, and passes them on', () => {
  const onLine = jest.fn();
  const logs = new FunctionLogs(() => 42, onLine);
  logs.write(LINE);

  expect(logs.lines).toEqual([{ ...LINE, writtenAt: 42 }]);
  expect(onLine.mock.calls).toEqual([[{ ...LINE, writtenAt: 42 }]]);
});

it('finds lines by a part of the name of the function', () => {
  const logs = new FunctionLogs(() => 42);
  logs.write(LINE);
  logs.write({ ...LINE, functionName: 'Stack-Export1', line: 'exported' });

  expect([logs.of('Plan'), logs.of('Stack'), logs.of('Check')]).toEqual([['planned'], ['planned', 'exported'], []]);
});
