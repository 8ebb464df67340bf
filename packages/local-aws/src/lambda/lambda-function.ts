import { join } from 'node:path';
import { InvocationError, NO_ANSWER } from '../faults/failed-invocations';
import type { Faults } from '../faults/faults';
import type { VirtualClock } from '../virtual-clock';

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

/** What a bundle is given in place of the network and the clock. */
export interface HandlerDependencies {
  requestHandler: object;
  now: () => number;
}

interface Bundle {
  createHandler(dependencies: HandlerDependencies): (payload: unknown) => Promise<unknown>;
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
}

/** A Lambda function: the built bundle, loaded from its asset, in this process. */
export class LambdaFunction {
  private readonly handler: (payload: unknown) => Promise<unknown>;

  constructor(
    private readonly props: LambdaFunctionProps,
    dependencies: HandlerDependencies,
    private readonly clock: VirtualClock,
    private readonly faults: Faults<unknown>,
  ) {
    const bundle: Bundle = require(join(props.assetDirectory, 'index.js'));
    this.handler = bundle.createHandler(dependencies);
  }

  /** What travels is JSON, both ways. */
  public async invoke(payload: unknown): Promise<unknown> {
    const { functionName } = this.props;
    const answer = await this.faults.around(functionName, payload, () => this.run(payload));
    return answer === NO_ANSWER ? this.timeOut() : answer;
  }

  private async run(payload: unknown): Promise<unknown> {
    try {
      return overTheWire(await this.clock.holdDuring(() => this.handler(overTheWire(payload))));
    } catch (error) {
      throw new LambdaError(error);
    }
  }

  private async timeOut(): Promise<never> {
    const { timeoutSeconds } = this.props;
    await new Promise<void>((resolve) => {
      this.clock.timers.setTimeout(() => resolve(), timeoutSeconds * 1_000);
    });
    const errorMessage = `RequestId: local Error: Task timed out after ${timeoutSeconds.toFixed(2)} seconds`;
    throw new InvocationError('Sandbox.Timedout', JSON.stringify({ errorType: 'Sandbox.Timedout', errorMessage }));
  }
}

function overTheWire(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
