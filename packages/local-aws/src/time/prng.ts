/** Returns a whole number from 0 to `limit` - 1. */
export type Prng = (limit: number) => number;

/** Creates a pseudo-random number generator (mulberry32), which returns the same numbers for the same seed. */
export function createPrng(seed: number): Prng {
  let state = seed;
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
