/** A Lambda function has 15 minutes at most, and one page more takes seconds. */
const MOST_MILLISECONDS = 5 * 60_000;
const MOST_PAGES = 2_000;

/** What one invocation may do; it is asked again for the rest. */
export class Budget {
  private pages = 0;
  private readonly end: number;

  constructor(private readonly now: () => number) {
    this.end = now() + MOST_MILLISECONDS;
  }

  public takePage(): boolean {
    this.pages += 1;
    return this.pages <= MOST_PAGES && this.now() < this.end;
  }
}

/**
 * Takes page after page until there is none left, or as far as it gets: an error ends it, but takes away nothing of what
 * was done before. It comes back to whoever goes on from there, as the first thing that happens.
 */
export async function pageByPage<T>(
  start: T,
  isThere: (position: T) => boolean,
  takePage: (position: T) => Promise<T>,
  budget: Budget,
): Promise<T> {
  let position = start;
  while (!isThere(position) && budget.takePage()) {
    try {
      position = await takePage(position);
    } catch (error) {
      if (position === start) {
        throw error;
      }
      return position;
    }
  }
  return position;
}
