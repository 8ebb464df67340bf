import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import type { VirtualClock } from '../time/virtual-clock';

/** The compiled file, also if this one runs from its source: the process of a function has nothing that transforms sources. */
const RAPID_CLIENT = join(__dirname, '..', '..', 'lib', 'lambda', 'rapid-client.js');

export interface LambdaRuntimeOptions {
  /** Folder of the bundle. */
  readonly taskRoot: string;
  /** `<file>.<export>` */
  readonly handler: string;
  /** Timeout on the virtual clock: it passes only when the clock moves. */
  readonly timeoutSeconds: number;
  /** Environment variables of the function, in addition to Lambda's own. */
  readonly environment: Record<string, string>;
  /** @default 'Text' */
  readonly logFormat?: 'JSON' | 'Text';
  /** Lowest level that the function logs. It requires the log format JSON. @default - all levels */
  readonly applicationLogLevel?: string;
}

interface Invocation {
  readonly id: string;
  readonly payload: string;
  readonly succeed: (answer: string) => void;
  readonly fail: (errorType: string, body: string) => void;
}

/** A bundle in a separate process, on AWS's own runtime (aws-lambda-ric). It runs one invocation at a time. */
export class LambdaRuntime {
  /** Lines that the function and its runtime have written to the log. */
  public readonly lines: string[] = [];
  private readonly server = createServer((request, response) => void this.answer(request, response));
  private readonly exits: Promise<void>[] = [];
  private sandbox?: ChildProcess;
  private invocation?: Invocation;
  private next?: ServerResponse;

  private constructor(
    private readonly options: LambdaRuntimeOptions,
    private readonly clock: VirtualClock,
  ) {}

  public static async start(options: LambdaRuntimeOptions, clock: VirtualClock): Promise<LambdaRuntime> {
    const runtime = new LambdaRuntime(options, clock);
    await once(runtime.server.listen(0, '127.0.0.1'), 'listening');
    return runtime;
  }

  /** Returns the function's answer. An error has the name and the JSON that Step Functions uses as Error and Cause. */
  public async invoke(payload: unknown): Promise<unknown> {
    const id = randomUUID();
    const { timeoutSeconds } = this.options;
    this.sandbox ??= this.startSandbox();
    const answer = new Promise<string>((succeed, reject) => {
      const fail = (name: string, body: string) => reject(Object.assign(new Error(body), { name }));
      this.invocation = { id, payload: JSON.stringify(payload), succeed, fail };
    });
    const timeout = this.clock.timers.setTimeout(() => {
      this.fail('Sandbox.Timedout', `Task timed out after ${timeoutSeconds.toFixed(2)} seconds`);
      this.kill();
    }, timeoutSeconds * 1000);
    this.deliverInvocation();
    try {
      return JSON.parse(await answer);
    } finally {
      // Reads what the function wrote before it answered.
      await new Promise((resolve) => setImmediate(resolve));
      this.clock.timers.clearTimeout(timeout);
      this.invocation = undefined;
    }
  }

  /** Ends the process and the server. */
  public async stop() {
    this.fail('Runtime.ExitError', 'Runtime exited with error: SIGKILL');
    this.kill();
    await Promise.all(this.exits);
    this.server.close();
    this.server.closeAllConnections();
  }

  private startSandbox(): ChildProcess {
    const { environment, handler, taskRoot, logFormat = 'Text', applicationLogLevel } = this.options;
    const { port } = this.server.address() as AddressInfo;
    const sandbox = spawn(process.execPath, ['--require', RAPID_CLIENT, require.resolve('aws-lambda-ric')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...environment,
        _HANDLER: handler,
        LAMBDA_TASK_ROOT: taskRoot,
        AWS_LAMBDA_LOG_FORMAT: logFormat,
        ...(applicationLogLevel === undefined ? {} : { AWS_LAMBDA_LOG_LEVEL: applicationLogLevel }),
        AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`,
        AWS_LAMBDA_FUNCTION_NAME: 'function',
        AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
        AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
        AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/function',
        AWS_LAMBDA_LOG_STREAM_NAME: 'stream',
      },
    });
    for (const stream of [sandbox.stdout, sandbox.stderr]) {
      createInterface(stream).on('line', (line) => this.lines.push(line));
    }
    const exited = once(sandbox, 'exit').then(([code, signal]) => {
      if (this.sandbox === sandbox) {
        this.fail('Runtime.ExitError', `Runtime exited with error: ${signal ?? `exit status ${code}`}`);
        this.kill();
      }
    });
    this.exits.push(exited);
    return sandbox;
  }

  private kill() {
    this.sandbox?.kill('SIGKILL');
    this.sandbox = undefined;
    this.next = undefined;
  }

  private fail(errorType: string, error: string) {
    const errorMessage = `RequestId: ${this.invocation?.id} Error: ${error}`;
    this.invocation?.fail(errorType, JSON.stringify({ errorType, errorMessage }));
  }

  /** Handles a request to the Runtime API: https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html */
  private async answer(request: IncomingMessage, response: ServerResponse) {
    const [, path] = request.url?.split('/2018-06-01/runtime/') ?? [];
    if (path === 'invocation/next') {
      this.next = response;
      this.deliverInvocation();
      return;
    }
    const body = await text(request);
    if (path === `invocation/${this.invocation?.id}/response`) {
      this.invocation?.succeed(body);
    } else {
      this.invocation?.fail(JSON.parse(body).errorType, body);
    }
    if (path === 'init/error') {
      this.kill();
    }
    response.writeHead(202).end('{}');
  }

  /** Passes the invocation to the runtime once both are ready. */
  private deliverInvocation() {
    if (this.invocation && this.next) {
      const { id, payload } = this.invocation;
      this.next.writeHead(200, {
        'Lambda-Runtime-Aws-Request-Id': id,
        'Lambda-Runtime-Deadline-Ms': this.clock.now() + this.options.timeoutSeconds * 1000,
        'Lambda-Runtime-Invoked-Function-Arn': 'arn:aws:lambda:ap-northeast-1:123456789012:function:function',
      });
      this.next.end(payload);
      this.next = undefined;
    }
  }
}
