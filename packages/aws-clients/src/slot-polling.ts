import { POLLING_SECONDS } from '@log-archiver/core';
import type { Clients } from './create-clients';

const SECOND_MS = 1_000;
/** Shortest pause between two polls. AWS allows five calls a second, for all users of the account. */
const MIN_PAUSE_MS = SECOND_MS;
/** Pause between two polls as a share of the task's age. It limits the time for which the slot stays idle. */
const PAUSE_SHARE = 0.01;
/** Age from which polling within an invocation costs more than the retries of the state machine. */
const MAX_AGE_MS = 15 * 60 * SECOND_MS;

/**
 * Polls of an export task within one invocation of a function. After them, the state machine retries the function.
 *
 * A retry costs as much as 15 s of a function of 128 MB, so a function that waits is cheaper while a task is young.
 */
export class SlotPolling {
  private readonly end: number;

  constructor(private readonly clients: Pick<Clients, 'now' | 'wait'>) {
    this.end = clients.now() + POLLING_SECONDS * SECOND_MS;
  }

  /** Waits until the next poll of a task. Returns false without waiting if the state machine should wait instead. */
  public async wait(createdAt: number): Promise<boolean> {
    const now = this.clients.now();
    const age = now - createdAt;
    const pause = Math.max(MIN_PAUSE_MS, Math.round(age * PAUSE_SHARE));
    if (age >= MAX_AGE_MS || now + pause > this.end) {
      return false;
    }
    await this.clients.wait(pause);
    return true;
  }
}
