import { basename, dirname, join } from 'node:path';
import { type CreateHandler, ExecutionEnvironment } from './execution-environment';
import { InvocationError, NO_ANSWER } from './failed-invocations';
import type { LambdaHost } from './lambda-host';

/** Sets the environment variables of Lambda that the SDK reads, for the whole process. */
export function provideEnvironment(region: string) {
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // On AWS, functions run on a newer Node than local-aws may use.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

/** An error that a function threw, as Step Functions receives it: the name, and a Cause in JSON. */
export class LambdaError extends Error {
  constructor(error: unknown) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    super(JSON.stringify({ errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] }));
    this.name = name;
  }
}

export interface LambdaFunctionProps {
  functionName: string;
  /** @default - Lambda's own: `/aws/lambda/<function name>` */
  logGroupName?: string;
  assetDirectory: string;
  /** `<file>.<export>` of the handler. Its bundle must also export `create<Export>`. @default 'index.handler' */
  handler?: string;
  timeoutSeconds: number;
  /** Environment variables of the function. @default - none */
  environment?: Record<string, string>;
  /** Role of the function's AWS calls. @default - the calls are not authorized */
  roleArn?: string;
}

/** Bundles by the names of their asset and file. */
const bundles = new Map<string, Record<string, unknown>>();

/** Loads a bundle. The same asset of another cloud assembly, whose name contains its hash, is not loaded again. */
function loadBundle(path: string): Record<string, unknown> {
  const asset = basename(dirname(path));
  if (!asset.startsWith('asset.')) {
    return require(path);
  }
  const name = join(asset, basename(path));
  const bundle = bundles.get(name) ?? require(path);
  bundles.set(name, bundle);
  return bundle;
}

/** A Lambda function, whose bundle is loaded from its asset into this process. */
export class LambdaFunction {
  private readonly createHandler: CreateHandler;
  /** Environments to reuse: as on AWS, each runs one invocation at a time. */
  private readonly idleEnvironments: ExecutionEnvironment[] = [];

  constructor(
    private readonly props: LambdaFunctionProps,
    private readonly host: LambdaHost,
  ) {
    const [file, name = ''] = (props.handler ?? 'index.handler').split('.');
    const path = join(props.assetDirectory, `${file}.js`);
    const create = `create${name.charAt(0).toUpperCase()}${name.slice(1)}`;
    this.createHandler = loadBundle(path)[create] as CreateHandler;
    if (typeof this.createHandler !== 'function') {
      throw new Error(`${path} must export ${create}, which local-aws calls instead of ${name}`);
    }
  }

  /** Invokes the function. Payload and answer are converted to JSON and back, as on AWS. */
  public async invoke(payload: unknown): Promise<unknown> {
    const { functionName } = this.props;
    const answer = await this.host.functionFaults.around(functionName, payload, () => this.run(payload));
    return answer === NO_ANSWER ? this.timeOut() : answer;
  }

  private async run(payload: unknown): Promise<unknown> {
    const environment = this.idleEnvironments.pop() ?? this.newEnvironment();
    try {
      return roundTripJson(await environment.invoke(roundTripJson(payload)));
    } catch (error) {
      throw new LambdaError(error);
    } finally {
      this.idleEnvironments.push(environment);
    }
  }

  private newEnvironment(): ExecutionEnvironment {
    const { functionName, logGroupName = `/aws/lambda/${functionName}`, environment = {}, roleArn } = this.props;
    const log = (line: string) => this.host.functionLogs.write({ functionName, logGroupName, line });
    return new ExecutionEnvironment(
      this.createHandler,
      this.host,
      { environment, log },
      roleArn === undefined ? undefined : { roleArn, sessionName: functionName },
    );
  }

  private async timeOut(): Promise<never> {
    const { timeoutSeconds } = this.props;
    await new Promise<void>((resolve) => {
      this.host.clock.timers.setTimeout(() => resolve(), timeoutSeconds * 1_000);
    });
    const errorMessage = `RequestId: local Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    throw new InvocationError('Sandbox.Timedout', JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }));
  }
}

function roundTripJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
