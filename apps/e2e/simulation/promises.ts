import { Archive } from './archive';
import type { ArchiverTraits } from './archivers';
import { backfill, type Played, play } from './play';
import { expectEveryTaskNamed, expectNothingSilent, expectReceiptsOfReports, expectTrueReceipts } from './proof';
import type { World } from './world';

const WEEK = 7 * 24 * 3_600_000;

/** Plays a world to its end, and looks whether all that was promised holds. */
export async function expectAllKept(world: World): Promise<Played> {
  const { stackTraceLimit } = Error;
  // Most of the time would go into the stacks of errors that are expected by the thousand.
  Error.stackTraceLimit = 0;
  try {
    return await prove(world);
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

async function prove(world: World): Promise<Played> {
  const played = await play(world);
  await expectProof(played, world);
  for (const archiver of played.archivers) {
    await expectAllHealed(played, archiver, world);
  }
  await expectProof(played, world);
  await expectNothingGoesOn(played);
  return played;
}

async function expectProof(played: Played, world: World) {
  const archive = new Archive(played);
  expectTrueReceipts(played, archive);
  expectReceiptsOfReports(played, archive);
  await expectNothingSilent(played, archive);
  await expectEveryTaskNamed(played, archive, world.tasksHiddenSeconds);
}

/** What nobody disturbs any more is complete: each log group and period has a receipt, or a reason why it has none. */
async function expectAllHealed(played: Played, { traits, stateMachine }: Played['archivers'][number], world: World) {
  const execution = await backfill(played, stateMachine);
  const result = await execution.result;
  const archive = new Archive(played);
  const receipts = archive.receiptsOf(traits);
  const { items, status } = archive.reportOf(execution);
  const failed = items.filter((item) => item.status === 'FAILED');
  // AWS refuses them, and it is to be seen every day.
  expect(failed.map(({ logGroupName }) => logGroupName).filter((name) => !isRefused(name, world))).toEqual([]);
  expect([result.status, status]).toEqual(failed.length > 0 ? ['FAILED', 'INCOMPLETE'] : ['SUCCEEDED', 'COMPLETE']);
  for (const logGroupName of selectedBy(traits, played, world)) {
    for (const period of played.days.periods) {
      const ofBoth = (each: { logGroupName: string; period: string }) =>
        each.logGroupName === logGroupName && each.period === period;
      const found = items.filter(ofBoth);
      expect(found).toHaveLength(1);
      const isArchived = found[0]?.status === 'ARCHIVED' || found[0]?.error === 'AlreadyArchived';
      expect(receipts.some(ofBoth)).toBe(isArchived);
    }
  }
}

function isRefused(logGroupName: string, { logGroups, isEssentialsExported }: World): boolean {
  const { logGroupClass } = logGroups.find(({ name }) => name === logGroupName) ?? {};
  return logGroupClass === 'ESSENTIALS' && !isEssentialsExported;
}

function selectedBy({ selects }: ArchiverTraits, { aws }: Played, { logGroups }: World): string[] {
  const names = logGroups.map(({ name }) => name);
  return names.filter((name) => name.startsWith(selects) && aws.logs.logGroups.has(name));
}

async function expectNothingGoesOn({ aws }: Played) {
  const calls = aws.requestHandler.calls.length;
  await aws.clock.moveTo(aws.clock.now() + WEEK);
  expect(aws.requestHandler.calls).toHaveLength(calls);
  expect(aws.clock.timers.countTimers()).toBe(0);
}
