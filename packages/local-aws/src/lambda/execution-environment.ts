import type { Caller } from '../iam/authorize';
import type { LocalAws } from '../local-aws';
import type { Sleep } from '../time/virtual-clock';

export interface Bundle {
  createHandler(dependencies: {
    requestHandler: object;
    /** Milliseconds since the epoch. */
    now: () => number;
    /** For functions that ask again in place. */
    wait: Sleep;
  }): (payload: unknown) => Promise<unknown>;
}

/** Where a function runs, one invocation at a time: time stands still while it does, but for what it waits for. */
export class ExecutionEnvironment {
  private readonly handler: (payload: unknown) => Promise<unknown>;
  private sleep: Sleep;

  constructor(
    bundle: Bundle,
    private readonly aws: Pick<LocalAws, 'requestHandler' | 'clock'>,
    caller?: Caller,
  ) {
    this.sleep = aws.clock.sleep;
    const wait: Sleep = (milliseconds) => this.sleep(milliseconds);
    this.handler = bundle.createHandler({
      requestHandler: aws.requestHandler.withSleep(wait, caller),
      now: aws.clock.now,
      wait,
    });
  }

  public invoke(payload: unknown): Promise<unknown> {
    return this.aws.clock.holdDuring((sleep) => {
      this.sleep = sleep;
      return this.handler(payload);
    });
  }
}
