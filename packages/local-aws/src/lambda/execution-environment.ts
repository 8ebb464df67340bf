import type { Caller } from '../iam/authorize';
import type { Sleep } from '../time/virtual-clock';
import type { LambdaHost } from './lambda-host';

/** Creates the handler of a function. */
export type CreateHandler = (dependencies: {
  requestHandler: object;
  /** Signer of the requests. */
  signer: object;
  /** Environment variables of the function. */
  environment: Record<string, string>;
  /** Milliseconds since the epoch. */
  now: () => number;
  /** Waits between retries in place. */
  wait: Sleep;
  /** Writes a line to the function's log. */
  log: (line: string) => void;
}) => (payload: unknown) => Promise<unknown>;

/** Leaves requests unsigned: nothing verifies a signature in-process, and signing takes a fifth of a simulation's time. */
const UNSIGNED = { sign: async (request: unknown) => request };

/**
 * Environment that runs one invocation of a function at a time.
 *
 * Time stands still during an invocation, except while it waits.
 */
export class ExecutionEnvironment {
  private readonly handler: (payload: unknown) => Promise<unknown>;
  private sleep: Sleep;

  constructor(
    createHandler: CreateHandler,
    private readonly host: Pick<LambdaHost, 'requestHandler' | 'clock'>,
    { environment, log }: { environment: Record<string, string>; log: (line: string) => void },
    caller?: Caller,
  ) {
    this.sleep = host.clock.sleep;
    const wait: Sleep = (milliseconds) => this.sleep(milliseconds);
    this.handler = createHandler({
      requestHandler: host.requestHandler.withSleep(wait, caller),
      signer: UNSIGNED,
      environment,
      now: host.clock.now,
      wait,
      log,
    });
  }

  public invoke(payload: unknown): Promise<unknown> {
    return this.host.clock.holdDuring((sleep) => {
      this.sleep = sleep;
      return this.handler(payload);
    });
  }
}
