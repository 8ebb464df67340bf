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
      output: '{"period":"2026-10"}',
    });
  });

  it('returns the error and cause of a failed execution', async () => {
    const failure = { Type: 'Fail', Error: 'ArchiveIncomplete', Cause: '1 of 2 failed' };
    const { aws, describe, startExecution } = start({ StartAt: 'Fail', States: { Fail: failure } });
    const execution = startExecution('first');
    await aws.waitFor(execution);

    const described = await describe(execution.executionArn);
    expect(described).toMatchObject({ status: 'FAILED', error: 'ArchiveIncomplete', cause: '1 of 2 failed' });
    expect(described.output).toBeUndefined();
  });

  it('rejects an unknown execution', async () => {
    await expect(start().describe(`${EXECUTION_ARN}:none`)).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${EXECUTION_ARN}:none'`,
    });
  });
});
