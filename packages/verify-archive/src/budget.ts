import { INVOCATION_BUDGET_MS } from '@log-archiver/core';

/** Time that one invocation may use. The state machine invokes the function again for the rest. */
export class Budget {
  private readonly end: number;

  constructor(private readonly now: () => number) {
    this.end = now() + INVOCATION_BUDGET_MS;
  }

  public get isUsed(): boolean {
    return this.now() >= this.end;
  }
}
