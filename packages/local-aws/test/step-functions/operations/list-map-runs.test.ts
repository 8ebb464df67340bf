import { EXECUTION_ARN, start, TWO_MAPS } from '../local-step-functions';
import { NOW, STATE_MACHINE_ARN } from '../machine';

const HOUR_MS = 3_600_000;
const after = (hours: number) => new Date(Date.parse(NOW) + hours * HOUR_MS);

/** Starts an execution with two Maps of two items, which takes four hours. */
function startMaps() {
  const aws = start(TWO_MAPS);
  const execution = aws.startExecution('first', { items: ['a', 'b'] });
  const passTo = (hours: number) =>
    aws.aws.clock.passUntil(aws.aws.clock.sleep(after(hours).getTime() - aws.aws.clock.now()));
  return { ...aws, ...execution, executionArn: execution.executionArn, passTo };
}

describe('ListMapRuns', () => {
  it('returns the Map runs with their times', async () => {
    const { executionArn, listMapRuns, passTo } = startMaps();
    await passTo(1);
    expect((await listMapRuns(executionArn)).mapRuns).toEqual([
      {
        executionArn,
        stateMachineArn: STATE_MACHINE_ARN,
        mapRunArn: expect.stringMatching(
          /^arn:aws:states:ap-northeast-1:123456789012:mapRun:Machine\/One:[0-9a-f-]{36}$/,
        ),
        startDate: after(0),
      },
    ]);
    await passTo(3);
    const { mapRuns = [] } = await listMapRuns(executionArn);
    expect(mapRuns.map(({ startDate, stopDate }) => [startDate, stopDate])).toEqual([
      [after(2), undefined],
      [after(0), after(2)],
    ]);
  });

  it('returns pages', async () => {
    const { executionArn, listMapRuns, passTo } = startMaps();
    await passTo(3);
    const first = await listMapRuns(executionArn, { maxResults: 1 });
    const second = await listMapRuns(executionArn, { maxResults: 1, nextToken: first.nextToken });
    expect([first.mapRuns?.length, second.mapRuns?.length, second.nextToken]).toEqual([1, 1, undefined]);
    expect(first.mapRuns).not.toEqual(second.mapRuns);
  });

  it('ends a Map run with its execution', async () => {
    const { aws, startExecution, listMapRuns } = start(TWO_MAPS);
    const execution = startExecution('first', { items: ['a'] });
    await aws.clock.passUntil(aws.clock.sleep(HOUR_MS / 2));
    execution.stop();
    await aws.waitFor(execution);
    expect((await listMapRuns(execution.executionArn)).mapRuns).toMatchObject([{ stopDate: after(0.5) }]);
  });

  it('rejects an unknown execution', async () => {
    await expect(start().listMapRuns(`${EXECUTION_ARN}:none`)).rejects.toMatchObject({
      name: 'ExecutionDoesNotExist',
    });
  });
});

describe('ListExecutions of a Map run', () => {
  it('returns the child executions, newest first', async () => {
    const { executionArn, describe, listChildren, listMapRuns, passTo } = startMaps();
    await passTo(1.5);
    const [mapRun] = (await listMapRuns(executionArn)).mapRuns ?? [];
    const { executions = [] } = await listChildren(mapRun?.mapRunArn);
    expect(executions).toMatchObject([
      { status: 'RUNNING', startDate: after(1), mapRunArn: mapRun?.mapRunArn },
      { status: 'SUCCEEDED', startDate: after(0), stopDate: after(1), stateMachineArn: `${STATE_MACHINE_ARN}/One` },
    ]);
    const child = executions[0]?.executionArn ?? '';
    expect(child).toMatch(/:execution:Machine\/One:[0-9a-f-]{36}$/);
    expect(await describe(child)).toMatchObject({ status: 'RUNNING', input: '"b"', mapRunArn: mapRun?.mapRunArn });
  });

  it('rejects an unknown Map run', async () => {
    await expect(
      start().listChildren('arn:aws:states:ap-northeast-1:123456789012:mapRun:Machine/One:none'),
    ).rejects.toMatchObject({
      name: 'ResourceNotFound',
    });
  });

  it('rejects a state machine and a Map run at once, and neither', () => {
    const { stepFunctions } = start().aws;
    for (const input of [{}, { stateMachineArn: STATE_MACHINE_ARN, mapRunArn: 'a' }]) {
      expect(() => stepFunctions.call('ListExecutions', input)).toThrow('exactly one of stateMachineArn and mapRunArn');
    }
  });
});
