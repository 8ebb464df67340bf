import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
// Compiled, as the function's process loads a file of this package too.
import { LambdaRuntime, VirtualClock } from '@log-archiver/local-aws';
import { temporaryFolder } from '../temporary-folder';

const NOW = '2026-11-01T18:00:00.000Z';
let running: LambdaRuntime | undefined;

afterEach(async () => {
  await running?.stop();
});

async function start(source: string, environment: Record<string, string> = {}): Promise<LambdaRuntime> {
  const taskRoot = temporaryFolder();
  writeFileSync(join(taskRoot, 'index.js'), source);
  running = await LambdaRuntime.start(
    { taskRoot, handler: 'index.handler', timeoutSeconds: 3, environment },
    new VirtualClock(NOW),
  );
  return running;
}

/** A promise's error: its name, and the JSON in its message. */
const catchError = (invocation: Promise<unknown>) =>
  invocation.then(
    (answer) => answer,
    ({ name, message }: Error) => ({ name, ...JSON.parse(message) }),
  );

const request = 'RequestId: [0-9a-f-]{36} Error: ';

describe('a function under the Lambda runtime', () => {
  it('answers JSON, of nothing null, and keeps its process', async () => {
    const lambda = await start('let n = 0; exports.handler = async (event) => event && { event, n: n++ }');
    expect([await lambda.invoke('a'), await lambda.invoke('b'), await lambda.invoke(null)]).toEqual([
      { event: 'a', n: 0 },
      { event: 'b', n: 1 },
      null,
    ]);
  });

  it('sees no environment but its own', async () => {
    const lambda = await start('exports.handler = async () => Object.keys(process.env)', { MINE: 'yes' });
    const names = (await lambda.invoke({})) as string[];
    expect(names.filter((name) => !/^(AWS_|LAMBDA_|_)/.test(name))).toEqual(['MINE']);
  });

  it('that throws fails by the name, the text and the trace of its error', async () => {
    const lambda = await start(`exports.handler = async () => { throw new RangeError('too far') }`);
    expect(await catchError(lambda.invoke({}))).toEqual({
      name: 'RangeError',
      errorType: 'RangeError',
      errorMessage: 'too far',
      trace: expect.arrayContaining(['RangeError: too far']),
    });
  });

  it('that does not load fails by the error of its loading', async () => {
    const lambda = await start(`throw new SyntaxError('not a bundle')`);
    expect(await catchError(lambda.invoke({}))).toMatchObject({
      name: 'Runtime.UserCodeSyntaxError',
      errorMessage: 'SyntaxError: not a bundle',
    });
  });

  it('that has no handler fails by Runtime.HandlerNotFound', async () => {
    const lambda = await start('exports.main = async () => 1');
    expect(await catchError(lambda.invoke({}))).toMatchObject({
      name: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });

  it('that dies fails by Runtime.ExitError, and is started again', async () => {
    const source = 'exports.handler = async (event) => (event === "die" ? process.exit(7) : "alive")';
    const lambda = await start(source);
    expect(await catchError(lambda.invoke('die'))).toEqual({
      name: 'Runtime.ExitError',
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(`^${request}Runtime exited with error: exit status 7$`),
    });
    expect(await lambda.invoke('live')).toBe('alive');
  });

  it('leaves no process behind when it is stopped in the middle of an invocation', async () => {
    const lambda = await start(
      'exports.handler = (event) => event === "pid" ? Promise.resolve(process.pid) : new Promise(() => {})',
    );
    const pid = (await lambda.invoke('pid')) as number;
    const invocation = lambda.invoke('hang').catch(({ name }: Error) => name);
    await lambda.stop();
    expect(await invocation).toBe('Runtime.ExitError');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});
