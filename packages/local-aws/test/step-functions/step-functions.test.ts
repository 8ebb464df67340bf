import { throttled } from '../../src';
import { listNames, start } from './local-step-functions';

it('meets faults like the other services', async () => {
  const { aws, list } = start();
  aws.faults.injectNext('ListExecutions', throttled);

  await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException' });
  expect(listNames(await list())).toEqual([]);
});

it('rejects an unsupported operation', () => {
  expect(() => start().aws.stepFunctions.call('StopExecution', {})).toThrow(
    expect.objectContaining({ name: 'UnknownOperationException' }),
  );
});
