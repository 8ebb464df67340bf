import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
// Import the compiled package, because the function's process loads one of its files.
import { LambdaRuntime, type LambdaRuntimeOptions, VirtualClock } from '@log-archiver/local-aws';
import { temporaryFolder } from '../temporary-folder';

const NOW = '2026-11-01T18:00:00.000Z';
let running: LambdaRuntime | undefined;

afterEach(async () => {
  await running?.stop();
});

async function start(source: string, options: Partial<LambdaRuntimeOptions> = {}): Promise<LambdaRuntime> {
  const taskRoot = temporaryFolder();
  writeFileSync(join(taskRoot, 'index.js'), source);
  running = await LambdaRuntime.start(
    { taskRoot, handler: 'index.handler', timeoutSeconds: 3, environment: {}, ...options },
    new VirtualClock(NOW),
  );
  return running;
}

/** Returns the name of an invocation's error, and the JSON in its message. */
const catchError = (invocation: Promise<unknown>) =>
  invocation.then(
    (answer) => answer,
    ({ name, message }: Error) => ({ name, ...JSON.parse(message) }),
  );

const request = 'RequestId: [0-9a-f-]{36} Error: ';

describe('a function under the Lambda runtime', () => {
  it('answers with JSON, and keeps its process', async () => {
    const lambda = await start('let n = 0; exports.handler = async (event) => event && { event, n: n++ }');
    expect([await lambda.invoke('a'), await lambda.invoke('b'), await lambda.invoke(null)]).toEqual([
      { event: 'a', n: 0 },
      { event: 'b', n: 1 },
      null,
    ]);
  });

  it('has only its own environment variables', async () => {
    const lambda = await start('exports.handler = async () => Object.keys(process.env)', {
      environment: { MINE: 'yes' },
    });
    const names = (await lambda.invoke({})) as string[];
    expect(names.filter((name) => !/^(AWS_|LAMBDA_|_)/.test(name))).toEqual(['MINE']);
  });

  it('fails with the name, message and trace of an error that it throws', async () => {
    const lambda = await start(`exports.handler = async () => { throw new RangeError('too far') }`);
    expect(await catchError(lambda.invoke({}))).toEqual({
      name: 'RangeError',
      errorType: 'RangeError',
      errorMessage: 'too far',
      trace: expect.arrayContaining(['RangeError: too far']),
    });
  });

  it('fails with the error of a bundle that does not load', async () => {
    const lambda = await start(`throw new SyntaxError('not a bundle')`);
    expect(await catchError(lambda.invoke({}))).toMatchObject({
      name: 'Runtime.UserCodeSyntaxError',
      errorMessage: 'SyntaxError: not a bundle',
    });
  });

  it('fails with Runtime.HandlerNotFound without a handler', async () => {
    const lambda = await start('exports.main = async () => 1');
    expect(await catchError(lambda.invoke({}))).toMatchObject({
      name: 'Runtime.HandlerNotFound',
      errorMessage: 'index.handler is undefined or not exported',
    });
  });

  it('fails with Runtime.ExitError when it exits, and is restarted', async () => {
    const source = 'exports.handler = async (event) => (event === "exit" ? process.exit(7) : "alive")';
    const lambda = await start(source);
    expect(await catchError(lambda.invoke('exit'))).toEqual({
      name: 'Runtime.ExitError',
      errorType: 'Runtime.ExitError',
      errorMessage: expect.stringMatching(`^${request}Runtime exited with error: exit status 7$`),
    });
    expect(await lambda.invoke('stay')).toBe('alive');
  });

  const WRITES =
    'exports.handler = async () => { process.stdout.write("{\\"raw\\":1}\\n"); console.info("hello"); throw new RangeError("too far"); }';

  it('writes to its log: lines as they are, messages of the console and the error that it throws as JSON', async () => {
    const lambda = await start(WRITES, { logFormat: 'JSON' });
    await catchError(lambda.invoke({}));

    const [raw, message, error] = lambda.lines.map((line) => JSON.parse(line));
    const written = { timestamp: expect.any(String), requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) };
    expect(lambda.lines).toHaveLength(3);
    expect(raw).toEqual({ raw: 1 });
    expect(message).toEqual({ ...written, level: 'INFO', message: 'hello' });
    expect(error).toMatchObject({ ...written, level: 'ERROR' });
  });

  it('does not write the error that it throws if its log level is FATAL', async () => {
    const lambda = await start(WRITES, { logFormat: 'JSON', applicationLogLevel: 'FATAL' });
    await catchError(lambda.invoke({}));

    expect(lambda.lines).toEqual(['{"raw":1}']);
  });

  it('leaves no process behind when it is stopped during an invocation', async () => {
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
