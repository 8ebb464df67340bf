import type { Definition } from '../../../src/step-functions/interpreter/definition';
import { EXECUTION_ARN, start } from '../local-step-functions';
import { distributedMap, FunctionFailure, NOW } from '../machine';
import { createFailing } from '../retrying-task';

const PUBLISH = 'arn:aws:states:::sns:publish';
const PASS = { Type: 'Pass', End: true };

/** Runs a state machine whose function throws `RUNNING` once before it answers. */
async function run(states: object) {
  const States = states as Definition['States'];
  const fail = createFailing(1);
  const refuse = async () => {
    throw new FunctionFailure('SNS.AuthorizationErrorException', 'no');
  };
  const resources = new Map([
    ['fn', { invoke: async () => fail() }],
    [PUBLISH, { invoke: refuse }],
  ]);
  const aws = start({ StartAt: String(Object.keys(States)[0]), States }, resources);
  const execution = aws.startExecution('first', { items: [1] });
  const { status } = await aws.aws.clock.passUntil(execution.result);
  const { executionArn, history } = execution;
  return { getHistory: aws.getHistory, executionArn, length: history, status };
}

const Work = { Type: 'Task', Resource: 'fn', End: true };
const Retry = [{ ErrorEquals: ['RUNNING'], IntervalSeconds: 5 }];
const Catch = [{ ErrorEquals: ['States.ALL'], Next: 'Done' }];
const RETRIED = { Work: { ...Work, Retry } };

describe('GetExecutionHistory', () => {
  it.each<[string, object, string[]]>([
    [
      'a function that is retried',
      RETRIED,
      [
        ...['TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionFailed'],
        ...['LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionSucceeded', 'TaskStateExited'],
        'ExecutionSucceeded',
      ],
    ],
    [
      'a function whose error is caught',
      { Work: { ...Work, Catch }, Done: PASS },
      [
        ...['TaskStateEntered', 'LambdaFunctionScheduled', 'LambdaFunctionStarted', 'LambdaFunctionFailed'],
        ...['TaskStateExited', 'PassStateEntered', 'PassStateExited', 'ExecutionSucceeded'],
      ],
    ],
    [
      'a service that fails',
      { Work: { ...Work, Resource: PUBLISH } },
      ['TaskStateEntered', 'TaskScheduled', 'TaskStarted', 'TaskFailed', 'ExecutionFailed'],
    ],
    [
      'a Map',
      { Each: distributedMap({ Pass: PASS }) },
      [
        ...['MapStateEntered', 'MapStateStarted', 'MapRunStarted'],
        ...['MapRunSucceeded', 'MapStateSucceeded', 'MapStateExited', 'ExecutionSucceeded'],
      ],
    ],
    ['a Fail', { Fail: { Type: 'Fail', Error: 'Gone', Cause: 'gone' } }, ['FailStateEntered', 'ExecutionFailed']],
  ])('lists the events of %s', async (_, states, types) => {
    const { getHistory, executionArn, length } = await run(states);
    const { events = [], nextToken } = await getHistory(executionArn);
    expect(events.map(({ type }) => type)).toEqual(['ExecutionStarted', ...types]);
    expect(events.map(({ id }) => id)).toEqual(Array.from({ length }, (_, index) => index + 1));
    expect(nextToken).toBeUndefined();
  });

  it('returns details with the times of the events', async () => {
    const { getHistory, executionArn } = await run(RETRIED);
    const { events = [] } = await getHistory(executionArn);
    const later = new Date(Date.parse(NOW) + 5_000);
    expect(events[0]).toEqual({
      ...{ id: 1, previousEventId: 0, type: 'ExecutionStarted', timestamp: new Date(NOW) },
      executionStartedEventDetails: { input: '{"items":[1]}' },
    });
    expect(events[1]?.stateEnteredEventDetails).toEqual({ name: 'Work', input: '{"items":[1]}' });
    expect(events[4]).toEqual({
      ...{ id: 5, previousEventId: 4, type: 'LambdaFunctionFailed', timestamp: new Date(NOW) },
      lambdaFunctionFailedEventDetails: { error: 'RUNNING', cause: 'RUNNING' },
    });
    expect(events[5]).toMatchObject({ type: 'LambdaFunctionScheduled', timestamp: later });
    expect(events.at(-1)?.executionSucceededEventDetails).toEqual({ output: 'null' });
  });

  it('returns the error of a service with the name of the resource', async () => {
    const { getHistory, executionArn } = await run({ Work: { ...Work, Resource: PUBLISH } });
    const failure = { error: 'SNS.AuthorizationErrorException', cause: 'no' };
    expect((await getHistory(executionArn, { reverseOrder: true })).events).toMatchObject([
      { executionFailedEventDetails: failure },
      { taskFailedEventDetails: { ...failure, resourceType: 'sns', resource: 'publish' } },
      ...[{ id: 4 }, { id: 3 }, { id: 2 }, { id: 1 }],
    ]);
  });

  it('leaves out input and output if the caller does not want them', async () => {
    const { getHistory, executionArn } = await run(RETRIED);
    const { events = [] } = await getHistory(executionArn, { includeExecutionData: false });
    expect(events[1]?.stateEnteredEventDetails).toEqual({ name: 'Work' });
    expect(JSON.stringify(events)).not.toMatch(/"(input|output)"/);
  });

  it('returns pages in the requested order', async () => {
    const { getHistory, executionArn } = await run({ Pass: PASS });
    const first = await getHistory(executionArn, { maxResults: 3, reverseOrder: true });
    expect(first.events?.map(({ id }) => id)).toEqual([4, 3, 2]);
    const second = await getHistory(executionArn, { nextToken: first.nextToken, reverseOrder: true });
    expect(second.events?.map(({ id }) => id)).toEqual([1]);
  });

  it('rejects an unknown execution, and an unknown token', async () => {
    const { getHistory, executionArn } = await run({ Pass: PASS });
    await expect(getHistory(`${EXECUTION_ARN}:none`)).rejects.toMatchObject({ name: 'ExecutionDoesNotExist' });
    await expect(getHistory(executionArn, { nextToken: 'none' })).rejects.toMatchObject({ name: 'InvalidToken' });
  });
});
