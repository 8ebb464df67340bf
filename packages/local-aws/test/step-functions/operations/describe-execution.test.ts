import { EXECUTION_ARN, start } from '../local-step-functions';
import { NOW } from '../machine';

describe('DescribeExecution', () => {
  it('returns input, status and times', async () => {
    const { aws, describe, startExecution } = start();
    const { executionArn } = startExecution('first', { period: '2026-10' });

    expect(await describe(executionArn)).toMatchObject({
      executionArn,
      name: 'first',
      status: 'RUNNING',
      startDate: new Date(NOW),
      input: '{"period":"2026-10"}',
    });
    await aws.clock.moveTo('2026-11-01T19:00:00.000Z');
    expect(await describe(executionArn)).toMatchObject({
      status: 'SUCCEEDED',
      stopDate: new Date('2026-11-01T19:00:00.000Z'),
    });
  });

  it('rejects an unknown execution', async () => {
    await expect(start().describe(`${EXECUTION_ARN}:none`)).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${EXECUTION_ARN}:none'`,
    });
  });
});
