import { POLLING_SECONDS } from '@log-archiver/core';
import type { Clients } from './create-clients';

const SECOND_MS = 1_000;
/** Shortest pause between two polls. AWS allows five calls a second, for all users of the account. */
const MIN_PAUSE_MS = SECOND_MS;
/** Pause between two polls as a share of the task's age. It limits the time for which the slot stays idle. */
const PAUSE_SHARE = 0.01;
const MAX_PAUSE_MS = 9 * SECOND_MS;

/**
 * Polls of an export task within one invocation of a function. After them, the state machine retries the function.
 *
 * A retry costs as much as 15 s of a function of 128 MB, so a function that waits is cheaper while a task is young.
 * While a foreign task holds the slot, the function polls at any age: all items of the run wait for this one.
 */
export class SlotPolling {
  private readonly end: number;

  /** @param maxAgeMs - age of the task from which only the state machine waits */
  constructor(
    private readonly clients: Pick<Clients, 'now' | 'wait'>,
    private readonly maxAgeMs = Number.POSITIVE_INFINITY,
  ) {
    this.end = clients.now() + POLLING_SECONDS * SECOND_MS;
  }

  /** Waits until the next poll of a task. Returns false without waiting if the state machine should wait instead. */
  public async wait(createdAt: number): Promise<boolean> {
    const now = this.clients.now();
    const age = now - createdAt;
    const pause = Math.min(Math.max(MIN_PAUSE_MS, Math.round(age * PAUSE_SHARE)), MAX_PAUSE_MS);
    if (age >= this.maxAgeMs || now + pause > this.end) {
      return false;
    }
    await this.clients.wait(pause);
    return true;
  }
}
