import { join } from 'node:path';
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

/** A Lambda function: the built bundle, loaded from its asset, in this process. */
export class LambdaFunction {
  private readonly handler: (payload: unknown) => Promise<unknown>;

  constructor(
    assetDirectory: string,
    dependencies: HandlerDependencies,
    private readonly clock: VirtualClock,
  ) {
    const bundle: Bundle = require(join(assetDirectory, 'index.js'));
    this.handler = bundle.createHandler(dependencies);
  }

  /** What travels is JSON, both ways. */
  public async invoke(payload: unknown): Promise<unknown> {
    try {
      return overTheWire(await this.clock.holdDuring(this.handler(overTheWire(payload))));
    } catch (error) {
      throw new LambdaError(error);
    }
  }
}

function overTheWire(value: unknown): unknown {
  return value === undefined ? null : JSON.parse(JSON.stringify(value));
}
