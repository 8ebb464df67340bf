import { INVOCATION_BUDGET_MS } from '@log-archiver/core';

const MAX_PAGES = 2_000;

/** Time and pages that one invocation may use. The state machine invokes the function again for the rest. */
export class InvocationBudget {
  private pages = 0;
  private readonly end: number;

  constructor(private readonly now: () => number) {
    this.end = now() + INVOCATION_BUDGET_MS;
  }

  /** Takes one page from the budget. Returns false if nothing is left. */
  public takePage(): boolean {
    this.pages += 1;
    return this.pages <= MAX_PAGES && this.now() < this.end;
  }
}

/**
 * Reads page after page until the last one or the end of the budget, and returns the position reached.
 *
 * An error after the first page ends the loop but keeps the pages before it. If the error persists, the next invocation
 * meets it on its first page and throws it.
 */
export async function forEachPage<T>(
  start: T,
  isLast: (position: T) => boolean,
  readPage: (position: T) => Promise<T>,
  budget: InvocationBudget,
): Promise<T> {
  let position = start;
  while (!isLast(position) && budget.takePage()) {
    try {
      position = await readPage(position);
    } catch (error) {
      if (position === start) {
        throw error;
      }
      return position;
    }
  }
  return position;
}
