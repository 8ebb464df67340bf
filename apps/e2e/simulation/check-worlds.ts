import { isEvaluatorInstalled } from '@log-archiver/local-aws';
import fc from 'fast-check';
import { ARCHIVERS } from './archivers';
import { checkWorld } from './check-world';
import { type World, world } from './world';

const DAY_SECONDS = 24 * 3_600;
const SEED = Number(process.env.SEED ?? 1);
/** All worlds, or those with an adversary. Without the evaluator of policies, those without one. */
const DRAWN = drawWorlds();

/** A share of the worlds, for a test file that runs beside the others. */
export interface Share {
  readonly index: number;
  readonly count: number;
}

/**
 * Defines a test that draws worlds and checks those of its share.
 *
 * The same seed draws the same worlds, in every share. `WORLDS=1000 SEED=5 npx jest simulation/worlds` draws others; with
 * `ADVERSARY=1`, only worlds with an adversary.
 */
export function checkWorlds(defaultWorlds: number, { index, count }: Share = { index: 0, count: 1 }) {
  const numRuns = Number(process.env.WORLDS ?? defaultWorlds);
  it(`keeps the invariants in ${numRuns} worlds, share ${index + 1} of ${count}`, async () => {
    const dealWorld = createDealer(count);
    let hasFailed = false;
    const everyWorld = fc.asyncProperty(DRAWN, async (each) => {
      // After a failure, fast-check shrinks the world: smaller worlds belong to this share also.
      if (!hasFailed && dealWorld(each) !== index) {
        return;
      }
      try {
        await checkWorld(each);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    });
    await fc.assert(everyWorld, { seed: SEED, numRuns });
  }, 86_400_000);
}

/** Returns a function that deals each world to the share with the least work so far, so that all shares end together. */
function createDealer(shares: number): (world: World) => number {
  const work: number[] = Array(shares).fill(0);
  return (each) => {
    const share = work.indexOf(Math.min(...work));
    work[share] = (work[share] ?? 0) + estimateWork(each);
    return share;
  };
}

/** Estimates the work of a world: a plain one is 1, and what multiplies it was measured. */
function estimateWork({ archivers, scriptedExports, foreignTasks }: World): number {
  const givenUp = scriptedExports.filter(({ runningSeconds }) => runningSeconds >= DAY_SECONDS).length;
  const blocked = foreignTasks.filter(({ seconds }) => seconds > DAY_SECONDS / 2).length;
  return ARCHIVERS[archivers].length * (1 + blocked + 5 * givenUp);
}

function drawWorlds() {
  const hasAdversary = ({ adversary }: World) => adversary !== undefined;
  if (!isEvaluatorInstalled()) {
    return world.filter((each) => !hasAdversary(each));
  }
  return process.env.ADVERSARY ? world.filter(hasAdversary) : world;
}
