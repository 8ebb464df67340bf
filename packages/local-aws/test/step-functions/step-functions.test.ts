import {
  DescribeExecutionCommand,
  ListExecutionsCommand,
  type ListExecutionsCommandInput,
  SFNClient,
} from '@aws-sdk/client-sfn';
import { LocalAws, throttled } from '../../src';
import { StateMachine } from '../../src/step-functions/state-machine';
import { NOW, STATE_MACHINE_ARN } from './machine';

const DEFINITION = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 3_600, End: true } } };
const EXECUTION_ARN = STATE_MACHINE_ARN.replace(':stateMachine:', ':execution:');

function start() {
  const aws = new LocalAws({ now: NOW });
  const stateMachine = new StateMachine(STATE_MACHINE_ARN, DEFINITION, new Map(), aws.clock);
  aws.stepFunctions.add(stateMachine);
  const client = new SFNClient(aws.clientConfig);
  const list = (input: Partial<ListExecutionsCommandInput> = {}) =>
    client.send(new ListExecutionsCommand({ stateMachineArn: STATE_MACHINE_ARN, ...input }));
  const describe = (executionArn: string) => client.send(new DescribeExecutionCommand({ executionArn }));
  const startExecution = (name: string, input: object = {}) => stateMachine.startExecution(input, undefined, name);
  return { aws, list, describe, startExecution };
}

const listNames = ({ executions = [] }: Awaited<ReturnType<ReturnType<typeof start>['list']>>) =>
  executions.map(({ name }) => name);

describe('ListExecutions', () => {
  it('answers the newest first, with their statuses and times', async () => {
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

  it('answers those of one status', async () => {
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
  ])('answers pages of %p: %p', async (maxResults, expected) => {
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

  it('goes on after an execution that has ended since', async () => {
    const { list, startExecution } = start();
    const [, second] = ['first', 'second', 'third'].map((name) => startExecution(name));
    const { nextToken } = await list({ statusFilter: 'RUNNING', maxResults: 2 });
    second?.stop();
    await second?.result;

    expect(listNames(await list({ statusFilter: 'RUNNING', maxResults: 2, nextToken }))).toEqual(['first']);
  });

  it('refuses a state machine that is not there', async () => {
    await expect(start().list({ stateMachineArn: `${STATE_MACHINE_ARN}2` })).rejects.toMatchObject({
      name: 'StateMachineDoesNotExist',
      message: `State Machine Does Not Exist: '${STATE_MACHINE_ARN}2'`,
    });
  });

  it('refuses a token that it did not give', async () => {
    await expect(start().list({ nextToken: 'bm8' })).rejects.toMatchObject({
      name: 'InvalidToken',
      message: "Invalid Token: 'Invalid token'",
    });
  });

  it('refuses pages of more than 1,000', async () => {
    await expect(start().list({ maxResults: 1_001 })).rejects.toMatchObject({
      name: 'ValidationException',
      message:
        "1 validation error detected: Value '1001' at 'maxResults' failed to satisfy constraint: Member must have value less than or equal to 1000",
    });
  });

  it('meets faults like calls of the other services', async () => {
    const { aws, list } = start();
    aws.faults.injectNext('ListExecutions', throttled);

    await expect(list()).rejects.toMatchObject({ name: 'ThrottlingException' });
    expect(listNames(await list())).toEqual([]);
  });
});

describe('DescribeExecution', () => {
  it('answers the input, the status and the times', async () => {
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

  it('refuses an execution that is not there', async () => {
    await expect(start().describe(`${EXECUTION_ARN}:none`)).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
      message: `Execution Does Not Exist: '${EXECUTION_ARN}:none'`,
    });
  });
});

it('an operation that is not there is refused', () => {
  expect(() => start().aws.stepFunctions.call('StartExecution', {})).toThrow(
    expect.objectContaining({ name: 'UnknownOperationException' }),
  );
});
