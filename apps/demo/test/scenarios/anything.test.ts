import type { Execution } from '@log-archiver/local-aws';
import fc from 'fast-check';
import { type Archiver, CHECKOUT, ORDERS, PAYMENTS, type Run } from '../archiver';
import { expectNothingGoesOn, expectNothingSilent } from './after-every-run';
import { archiverIn, healedAt, type PlannedRun, runsIn } from './archiver-in-world';
import { expectNoneLost, expectNoneTwice, expectStartedNamed } from './export-tasks-of-ours';
import { isRiddenOut, type World, world } from './world';

const RUNS = Number(process.env.RUNS ?? 500);
/** Of a failure that is to be seen again. */
const SEED = process.env.SEED === undefined ? {} : { seed: Number(process.env.SEED) };
const LOG_GROUPS = [ORDERS, CHECKOUT, PAYMENTS];

/** Runs the executions of a world beside each other. */
async function runAll(archiver: Archiver, planned: PlannedRun[], faulty: World): Promise<Run[]> {
  const { clock } = archiver.aws;
  const starting = planned.map(async ({ input, startAt }) => {
    if (startAt > clock.now()) {
      await new Promise<void>((resolve) => {
        clock.timers.setTimeout(() => resolve(), startAt - clock.now());
      });
    }
    return archiver.start(input);
  });
  const executions: Execution[] = [];
  const runs: Run[] = [];
  for (const [index, start] of starting.entries()) {
    const execution = await clock.passUntil(start);
    const run = await archiver.runToEnd(execution);
    await expectNothingSilent(archiver, run, LOG_GROUPS);
    expectStartedNamed(execution, run);
    if (isRiddenOut(faulty)) {
      expectOutcomes(run, planned[index] as PlannedRun);
    }
    executions.push(execution);
    runs.push(run);
  }
  // All that is left is the stranger's next export.
  expect(clock.timers.countTimers()).toBeLessThanOrEqual(faulty.strangerSeconds > 24 * 3_600 ? 1 : 0);
  await expectNothingGoesOn(archiver, executions);
  return runs;
}

function expectOutcomes({ outcomes }: Run, { healed: expected }: PlannedRun) {
  const inOrder = LOG_GROUPS.map((name) => outcomes.find(({ logGroupName }) => logGroupName === name));
  expect(inOrder).toMatchObject(expected);
}

/** The same input once more, and again for each export that was arranged to fail and had not been started yet. */
async function healed(archiver: Archiver, planned: PlannedRun, { courses }: World): Promise<Run[]> {
  const runs: Run[] = [];
  for (let tries = 0; tries <= courses.length; tries += 1) {
    const run = await archiver.run(planned.input);
    await expectNothingSilent(archiver, run, LOG_GROUPS);
    runs.push(run);
    if (run.outcomes.every(({ error }) => error !== 'FAILED')) {
      break;
    }
  }
  const last = runs.at(-1) as Run;
  expectOutcomes(last, planned);
  for (const { status, taskId, destinationPrefix } of last.outcomes) {
    const objects = archiver.aws.files.listObjects(archiver.bucketName, `${destinationPrefix}/${taskId}/`);
    expect(objects).toHaveLength(status === 'ARCHIVED' ? 1 : 0);
  }
  return runs;
}

describe('whatever goes wrong', () => {
  // Most of the time would go into the stacks of errors that are expected by the thousand.
  const { stackTraceLimit } = Error;
  beforeAll(() => {
    Error.stackTraceLimit = 0;
  });
  afterAll(() => {
    Error.stackTraceLimit = stackTraceLimit;
  });

  it(`is never silent, and is made good by the same input once it is over: ${RUNS} worlds`, async () => {
    await fc.assert(
      fc.asyncProperty(world, async (faulty) => {
        const planned = runsIn(faulty);
        const archiver = await archiverIn(faulty, planned);
        const runs = await runAll(archiver, planned, faulty);
        expectNoneTwice(archiver, faulty.tasksHiddenSeconds);
        await archiver.aws.clock.moveTo(healedAt(planned));
        for (const run of planned) {
          runs.push(...(await healed(archiver, run, faulty)));
        }
        expectNoneTwice(archiver, faulty.tasksHiddenSeconds);
        expectNoneLost(archiver, runs, faulty.tasksHiddenSeconds);
      }),
      { numRuns: RUNS, ...SEED },
    );
  }, 3_600_000);
});
