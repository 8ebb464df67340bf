/** Which of so many waiting items of a Map is started next. */
export type ItemOrder = (waiting: number) => number;

export const listOrder: ItemOrder = () => 0;

/** Step Functions promises no order: this one differs from the list's, and is the same for the same seed (mulberry32). */
export function shuffledOrder(seed: number): ItemOrder {
  let state = seed;
  return (waiting) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % waiting;
  };
}

/**
 * What the interpreter takes for the package `p-limit`: at most so many works at a time, started in the given order, and
 * none any more after one has failed.
 */
export function createLimiter(order: ItemOrder) {
  return (concurrency: number) => {
    const waiting: (() => Promise<void>)[] = [];
    let running = 0;
    let hasFailed = false;
    const startMore = () => {
      while (running < concurrency && waiting.length > 0 && !hasFailed) {
        const [start] = waiting.splice(order(waiting.length), 1);
        running += 1;
        void start?.();
      }
    };
    return <T>(work: () => Promise<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        waiting.push(async () => {
          try {
            resolve(await work());
          } catch (error) {
            hasFailed = true;
            reject(error);
          } finally {
            running -= 1;
            startMore();
          }
        });
        // All items are handed over before the first is started.
        queueMicrotask(startMore);
      });
  };
}
