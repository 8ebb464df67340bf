import fc from 'fast-check';
import { expectAllKept } from './promises';
import { world } from './world';

const WORLDS = Number(process.env.WORLDS ?? 2_000);
const SEED = Number(process.env.SEED ?? 1);
/** As many test files: they run side by side. */
const SHARES = 2;

/** A test of one share of the worlds, the same ones each time; `WORLDS=50000 SEED=5 npx jest simulation` plays others. */
export function simulateShare(share: number) {
  const numRuns = Math.ceil(WORLDS / SHARES);
  it(`keeps every promise in ${numRuns} worlds`, async () => {
    const everyWorld = fc.asyncProperty(world, async (each) => {
      await expectAllKept(each);
    });
    await fc.assert(everyWorld, { seed: SEED * SHARES + share, numRuns });
  }, 86_400_000);
}
