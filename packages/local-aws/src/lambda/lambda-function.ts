import { join } from 'node:path';
import type { LocalAws } from '../local-aws';
import { type Bundle, ExecutionEnvironment } from './execution-environment';
import { InvocationError, NO_ANSWER } from './failed-invocations';

/** What Lambda puts into the environment of a function, as far as the SDK reads it; here for the whole process. */
export function provideEnvironment(region: string) {
  Object.assign(process.env, {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    // Functions run on a newer Node than the one that local-aws may be running on.
    AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
  });
}

/** An error of a function, as Step Functions sees it: the name, and a Cause in JSON. */
export class LambdaError extends Error {
  constructor(error: unknown) {
    const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
    super(JSON.stringify({ errorType: name, errorMessage: message, trace: stack?.split('\n') ?? [] }));
    this.name = name;
  }
}

export interface LambdaFunctionProps {
  functionName: string;
  assetDirectory: string;
  timeoutSeconds: number;
  /** Under which its calls are made. @default - they may do everything */
  roleArn?: string;
}

/** A Lambda function: the built bundle, loaded from its asset, in this process. */
export class LambdaFunction {
  private readonly bundle: Bundle;
  /** As on AWS each runs one invocation at a time, and is used again. */
  private readonly idleEnvironments: ExecutionEnvironment[] = [];

  constructor(
    private readonly props: LambdaFunctionProps,
    private readonly aws: Pick<LocalAws, 'requestHandler' | 'clock' | 'functionFaults'>,
  ) {
    this.bundle = require(join(props.assetDirectory, 'index.js'));
  }

  /** What travels is JSON, both ways. */
  public async invoke(payload: unknown): Promise<unknown> {
    const { functionName } = this.props;
    const answer = await this.aws.functionFaults.around(functionName, payload, () => this.run(payload));
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
    const { functionName: sessionName, roleArn } = this.props;
    return new ExecutionEnvironment(
      this.bundle,
      this.aws,
      roleArn === undefined ? undefined : { roleArn, sessionName },
    );
  }

  private async timeOut(): Promise<never> {
    const { timeoutSeconds } = this.props;
    await new Promise<void>((resolve) => {
      this.aws.clock.timers.setTimeout(() => resolve(), timeoutSeconds * 1_000);
    });
    const errorMessage = `RequestId: local Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    throw new InvocationError('Sandbox.Timedout', JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }));
  }
}

function roundTripJson(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
