import { EXECUTION_ARN, listNames, start } from '../local-step-functions';
import { NOW, STATE_MACHINE_ARN } from '../machine';

describe('ListExecutions', () => {
  it('returns the newest first, with statuses and times', async () => {
    const { aws, list, startExecution } = start();
    startExecution('first');
    await aws.clock.moveTo('2026-11-01T18:30:00.500Z');
    const second = startExecution('second');
    await aws.clock.moveTo('2026-11-01T19:15:00.000Z');
    second.stop();
    await second.result;

    expect((await list()).executions).toEqual([
      {
        executionArn: `${EXECUTION_ARN}:second`,
        stateMachineArn: STATE_MACHINE_ARN,
        name: 'second',
        status: 'ABORTED',
        startDate: new Date('2026-11-01T18:30:00.500Z'),
        stopDate: new Date('2026-11-01T19:15:00.000Z'),
      },
      {
        executionArn: `${EXECUTION_ARN}:first`,
        stateMachineArn: STATE_MACHINE_ARN,
        name: 'first',
        status: 'SUCCEEDED',
        startDate: new Date(NOW),
        stopDate: new Date('2026-11-01T19:00:00.000Z'),
      },
    ]);
  });

  it('filters by status', async () => {
    const { aws, list, startExecution } = start();
    const first = startExecution('first');
    startExecution('second');
    first.stop();
    await first.result;

    expect(listNames(await list({ statusFilter: 'RUNNING' }))).toEqual(['second']);
    expect(listNames(await list({ statusFilter: 'ABORTED' }))).toEqual(['first']);
    expect(listNames(await list({ statusFilter: 'FAILED' }))).toEqual([]);
    expect(aws.requestHandler.calls[0]).toEqual({
      at: NOW,
      operation: 'ListExecutions',
      input: { stateMachineArn: STATE_MACHINE_ARN, statusFilter: 'RUNNING' },
    });
  });

  it.each([
    [undefined, [100, 30]],
    [0, [100, 30]],
    [65, [65, 65]],
    [1_000, [130]],
  ])('returns, for maxResults %p, pages of %p', async (maxResults, expected) => {
    const { list, startExecution } = start();
    const names = Array.from({ length: 130 }, (_, index) => startExecution(`run-${index}`).name);
    const pages: (string | undefined)[][] = [];
    let nextToken: string | undefined;
    do {
      const page = await list({ maxResults, nextToken });
      pages.push(listNames(page));
      nextToken = page.nextToken;
    } while (nextToken);

    expect(pages.map(({ length }) => length)).toEqual(expected);
    expect(pages.flat()).toEqual(names.reverse());
  });

  it('continues after an execution that has ended since the token was issued', async () => {
    const { list, startExecution } = start();
    const [, second] = ['first', 'second', 'third'].map((name) => startExecution(name));
    const { nextToken } = await list({ statusFilter: 'RUNNING', maxResults: 2 });
    second?.stop();
    await second?.result;

    expect(listNames(await list({ statusFilter: 'RUNNING', maxResults: 2, nextToken }))).toEqual(['first']);
  });

  it('rejects an unknown state machine', async () => {
    await expect(start().list({ stateMachineArn: `${STATE_MACHINE_ARN}2` })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${STATE_MACHINE_ARN}2'`,
    });
  });

  it('rejects a token that it did not issue', async () => {
    await expect(start().list({ nextToken: 'bm8' })).rejects.toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
  });

  it('rejects pages of more than 1,000', async () => {
    await expect(start().list({ maxResults: 1_001 })).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
  });
});
