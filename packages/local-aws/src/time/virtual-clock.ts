import { createClock } from '@sinonjs/fake-timers';
import type { Clock } from './clock';

/** Waits on a clock. */
export type Sleep = (milliseconds: number) => Promise<void>;

/** Work in flight, which holds time still unless it sleeps. */
interface Hold {
  /** Number of its calls that wait on the clock. */
  sleeping: number;
}

/**
 * Clock whose time passes only when no work is left to do.
 *
 * Timers fire in due order, one at a time, and only while no invocation is in flight. Two days of waiting take a second.
 */
export class VirtualClock implements Clock {
  /** `Date`, `setTimeout` and `clearTimeout` on this clock, for code that accepts them. */
  public readonly timers: ReturnType<typeof createClock>;
  private readonly holds = new Set<Hold>();

  constructor(now: string | number) {
    this.timers = createClock(new Date(now).getTime());
  }

  /** Returns milliseconds since the epoch. */
  public readonly now = (): number => this.timers.now;

  /** Moves forward to an instant, and fires the timers that are due by then. */
  public async moveTo(instant: string | number) {
    const target = new Date(instant).getTime();
    if (!(target >= this.timers.now)) {
      throw new RangeError(
        `the clock must not go back from ${new Date(this.timers.now).toISOString()}, got ${instant}`,
      );
    }
    await this.timers.tickAsync(target - this.timers.now);
  }

  /**
   * Holds time still until `work` is done.
   *
   * Work outside this clock, such as a Lambda function, takes no virtual time. Pass a function to get a `sleep` that lets
   * time pass while it waits.
   */
  public async holdDuring<T>(work: Promise<T> | ((sleep: Sleep) => Promise<T>)): Promise<T> {
    const hold: Hold = { sleeping: 0 };
    this.holds.add(hold);
    try {
      return await (typeof work === 'function' ? work((milliseconds) => this.sleepDuring(hold, milliseconds)) : work);
    } finally {
      this.holds.delete(hold);
    }
  }

  /** Waits on this clock without holding time still. */
  public readonly sleep: Sleep = (milliseconds) => this.sleepDuring({ sleeping: 0 }, milliseconds);

  /** Lets time pass until `work` is done. */
  public async passUntil<T>(work: Promise<T>): Promise<T> {
    let isDone = false;
    const done = () => {
      isDone = true;
    };
    work.then(done, done);
    for (;;) {
      await runPendingTasks();
      if (isDone) {
        return work;
      }
      if (!this.isHeld()) {
        if (this.timers.countTimers() === 0) {
          throw new Error('the work is not done, and no timer is left to wait for');
        }
        this.timers.next();
      }
    }
  }

  private async sleepDuring(hold: Hold, milliseconds: number) {
    hold.sleeping += 1;
    await new Promise<void>((resolve) => {
      this.timers.setTimeout(() => {
        hold.sleeping -= 1;
        resolve();
      }, milliseconds);
    });
  }

  private isHeld(): boolean {
    return [...this.holds].some(({ sleeping }) => sleeping === 0);
  }
}

/** Resolves once all pending microtasks have run. */
function runPendingTasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
