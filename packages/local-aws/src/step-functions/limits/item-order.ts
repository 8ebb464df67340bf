import { createPrng } from '../../time/prng';

/** Returns the index of the item that starts next, given the number of waiting items of a Map. */
export type ItemOrder = (waiting: number) => number;

/** Order of the list. */
export const listOrder: ItemOrder = () => 0;

/** Returns a random order, because Step Functions guarantees none. The same seed gives the same order. */
export function shuffledOrder(seed: number): ItemOrder {
  return createPrng(seed);
}

/**
 * Creates the replacement for the package `p-limit` that the interpreter uses.
 *
 * It limits the number of concurrent works, starts them in the given order, and starts no more after a failure.
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
        // The interpreter passes all items before the first one starts.
        queueMicrotask(startMore);
      });
  };
}
