import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  crashes,
  crashesAfterItsCall,
  LocalAws,
  serviceError,
  timesOut,
  timesOutAfterItsCall,
  tooManyInvocations,
} from '../../src';
import { LambdaFunction } from '../../src/lambda/lambda-function';
import { temporaryFolder } from '../temporary-folder';

const TIMED_OUT =
  '{"errorType":"Sandbox.Timedout","errorMessage":"RequestId: local Error: Task timed out after 30.00 seconds"}';
const EXITED =
  'The cause could not be determined because Lambda did not return an error type. Returned payload: {"errorMessage":"RequestId: local Process exited before completing request"}';

/** Creates a function that calls `now`, and returns its payload. */
function createFunction() {
  const aws = new LocalAws({ now: 0 });
  const { clock, functionFaults: faults } = aws;
  const assetDirectory = temporaryFolder();
  writeFileSync(
    join(assetDirectory, 'index.js'),
    'exports.createHandler = ({ now, log }) => async (payload) => { now(); log(`called ${payload.a}`); if (payload.fails) throw new TypeError("bad"); return payload; };',
  );
  const now = jest.spyOn(clock, 'now');
  const props = { functionName: 'Echo', assetDirectory, timeoutSeconds: 30 };
  const echo = new LambdaFunction(props, aws);
  return { echo, clock, faults, now, logs: aws.functionLogs };
}

describe('an invocation', () => {
  it('writes lines to the log of the function', async () => {
    const { echo, clock, logs } = createFunction();
    await echo.invoke({ a: 1 });
    await clock.moveTo(500);
    await echo.invoke({ a: 2 });

    const written = { functionName: 'Echo', logGroupName: '/aws/lambda/Echo' };
    expect(logs.lines).toEqual([
      { ...written, line: 'called 1', writtenAt: 0 },
      { ...written, line: 'called 2', writtenAt: 500 },
    ]);
  });

  it.each([
    ['crashes', crashes, 'Lambda.Unknown', EXITED, 0, 0],
    ['crashes after its call', crashesAfterItsCall, 'Lambda.Unknown', EXITED, 1, 0],
    ['times out', timesOut, 'Sandbox.Timedout', TIMED_OUT, 0, 30_000],
    ['times out after its call', timesOutAfterItsCall, 'Sandbox.Timedout', TIMED_OUT, 1, 30_000],
    [
      'exceeds the concurrency limit',
      tooManyInvocations,
      'Lambda.TooManyRequestsException',
      'Rate Exceeded. (Service: Lambda, Status Code: 429)',
      0,
      0,
    ],
    [
      'meets a service error',
      serviceError,
      'Lambda.ServiceException',
      'Service is unavailable. (Service: Lambda, Status Code: 500)',
      0,
      0,
    ],
  ])('fails when it %s, and succeeds afterwards', async (_, fault, name, message, calls, milliseconds) => {
    const { echo, clock, faults, now } = createFunction();
    faults.inject(fault, { of: 'Echo', on: 'FIRST_CALL' });
    await expect(clock.passUntil(echo.invoke({}))).rejects.toMatchObject({ name, message });
    expect(now).toHaveBeenCalledTimes(calls);
    expect(clock.now()).toBe(milliseconds);
    await expect(echo.invoke({ a: 1 })).resolves.toEqual({ a: 1 });
  });

  it('crashes even if the function itself would fail', async () => {
    const { echo, faults } = createFunction();
    faults.inject(crashesAfterItsCall, { on: 'FIRST_CALL' });
    await expect(echo.invoke({ fails: true })).rejects.toMatchObject({ name: 'Lambda.Unknown' });
    await expect(echo.invoke({ fails: true })).rejects.toMatchObject({
      name: 'TypeError',
      message: expect.stringContaining('{"errorType":"TypeError","errorMessage":"bad","trace":['),
    });
  });
});

describe('a bundle', () => {
  /** Creates a function from a bundle with this code. */
  function create(code: string, handler?: string) {
    const assetDirectory = temporaryFolder();
    writeFileSync(join(assetDirectory, 'main.js'), code);
    writeFileSync(join(assetDirectory, 'index.js'), code);
    const props = { functionName: 'Echo', assetDirectory, timeoutSeconds: 30, handler };
    return new LambdaFunction(props, new LocalAws({ now: 0 }));
  }

  it('can contain several handlers', async () => {
    const echo = create('exports.createPlanHandler = () => async () => "planned";', 'main.planHandler');
    expect(await echo.invoke({})).toBe('planned');
  });

  it('must export a function that creates its handler', () => {
    expect(() => create('exports.handler = async () => {};')).toThrow(
      'must export createHandler, which local-aws calls instead of handler',
    );
  });
});
