import type { ClientContext } from '../aws/create-client';
import type { CommandContext } from '../context';

/** Ends the trials at their next call or wait after a signal. The removal goes on. */
export class Interruption {
  private readonly controller = new AbortController();
  private readonly interrupted: Promise<never>;
  private isIgnored = false;

  constructor(private readonly context: CommandContext) {
    const { signal } = this.controller;
    this.interrupted = new Promise((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason));
    });
    // While nothing waits, the rejection would be unhandled.
    this.interrupted.catch(() => undefined);
  }

  public get isInterrupted(): boolean {
    return this.controller.signal.aborted;
  }

  public interrupt(): void {
    this.controller.abort();
  }

  /** Allows calls and waits again, for the removal. */
  public ignore(): void {
    this.isIgnored = true;
  }

  public readonly throwIfInterrupted = (): void => {
    if (!this.isIgnored) {
      this.controller.signal.throwIfAborted();
    }
  };

  /** Returns a context whose calls and waits end with an interruption. */
  public createContext(): ClientContext & Pick<CommandContext, 'now' | 'wait'> {
    const { clientConfig, now, wait } = this.context;
    return {
      clientConfig,
      now,
      wait: (milliseconds) => {
        const waiting = wait(milliseconds);
        return this.isIgnored ? waiting : Promise.race([waiting, this.interrupted]);
      },
      beforeCall: this.throwIfInterrupted,
    };
  }
}
