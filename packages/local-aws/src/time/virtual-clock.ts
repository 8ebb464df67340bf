import { createClock } from '@sinonjs/fake-timers';
import type { Clock } from './clock';

/** Waits on a clock. */
export type Sleep = (milliseconds: number) => Promise<void>;

/** Something in flight, and how many of its calls wait on the clock. */
interface Hold {
  sleeping: number;
}

/**
 * Time that passes only when nothing else is left to do: timers fire in due order, one at a time, and only while no
 * invocation is in flight. Two days of waiting take a second.
 */
export class VirtualClock implements Clock {
  /** `Date`, `setTimeout` and `clearTimeout` on this clock, for code that takes them. */
  public readonly timers: ReturnType<typeof createClock>;
  private readonly holds = new Set<Hold>();

  constructor(now: string | number) {
    this.timers = createClock(new Date(now).getTime());
  }

  /** Milliseconds since the epoch. */
  public readonly now = (): number => this.timers.now;

  /** Moves on to an instant, firing what is due until then. */
  public async moveTo(instant: string | number) {
    const target = new Date(instant).getTime();
    if (!(target >= this.timers.now)) {
      throw new RangeError(
        `the clock moves forward only: it is ${new Date(this.timers.now).toISOString()}, got ${instant}`,
      );
    }
    await this.timers.tickAsync(target - this.timers.now);
  }

  /**
   * Holds time still until `work` is done: what runs outside this clock, such as a Lambda function, takes none. Work
   * that is given as a function is given a `sleep` of its own, which lets time pass until it is over.
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

  /** Waits on this clock, of which it holds nothing. */
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
          throw new Error('nothing is left to wait for, and the work is not done');
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

/** Resolves after all promises that can go on without waiting have gone on. */
function runPendingTasks(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
