import { mergeParts } from '@log-archiver/core';
import { Archive } from './archive';
import type { ArchiverTraits } from './archivers';
import { expectInvariants } from './invariants';
import { expectEventsReadBack } from './read-back';
import { expectNoSilentLoss } from './silent-loss';
import { backfill, type Simulation, simulate } from './simulate';
import type { World } from './world';

const WEEK_MS = 7 * 24 * 3_600_000;

/** Simulates a world, checks the invariants before and after the archivers have recovered, and reads its archive back. */
export async function checkWorld(world: World): Promise<Simulation> {
  const { stackTraceLimit } = Error;
  // Most of the time would go into the stack traces of the thousands of errors that are expected.
  Error.stackTraceLimit = 0;
  try {
    const simulation = await simulate(world, (current) => expectNoSilentLoss(current, new Archive(current)));
    await expectInvariants(simulation, world);
    for (const archiver of simulation.archivers) {
      await expectRecovery(simulation, archiver, world);
    }
    await expectInvariants(simulation, world);
    await expectEventsReadBack(simulation, new Archive(simulation));
    await expectIdle(simulation);
    return simulation;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}

/** Expects that a backfill without faults completes every period: each item gets a receipt, or a reason why not. */
async function expectRecovery(
  simulation: Simulation,
  { traits, stateMachine }: Simulation['archivers'][number],
  world: World,
) {
  const execution = await backfill(simulation, stateMachine);
  const result = await execution.result;
  const archive = new Archive(simulation);
  const receipts = archive.findReceipts(traits);
  const { items, status, newLosses } = archive.findReport(execution);
  const failed = items.filter((item) => item.status === 'FAILED');
  // AWS refuses to export these log groups. They must fail in every run.
  expect(failed.map(({ logGroupName }) => logGroupName).filter((name) => !isRefused(name, world))).toEqual([]);
  const withoutFailure = newLosses.length > 0 ? ['FAILED', 'LOSS'] : ['SUCCEEDED', 'COMPLETE'];
  expect([result.status, status]).toEqual(failed.length > 0 ? ['FAILED', 'INCOMPLETE'] : withoutFailure);
  for (const logGroupName of listSelected(traits, simulation, world)) {
    for (const period of simulation.days.periods) {
      const isItem = (each: { logGroupName: string; period: string }) =>
        each.logGroupName === logGroupName && each.period === period;
      const found = mergeParts(items.filter(isItem));
      expect(found).toHaveLength(1);
      const isArchived = found[0]?.status === 'ARCHIVED';
      expect(receipts.some(isItem)).toBe(isArchived);
    }
  }
}

function isRefused(logGroupName: string, { logGroups, isEssentialsExported }: World): boolean {
  const { logGroupClass } = logGroups.find(({ name }) => name === logGroupName) ?? {};
  return logGroupClass === 'ESSENTIALS' && !isEssentialsExported;
}

function listSelected({ selects }: ArchiverTraits, { aws }: Simulation, { logGroups }: World): string[] {
  const names = logGroups.map(({ name }) => name);
  return names.filter((name) => name.startsWith(selects) && aws.logs.logGroups.has(name));
}

/** Expects that nothing happens any more, for a week. */
async function expectIdle({ aws }: Simulation) {
  const calls = aws.requestHandler.calls.length;
  await aws.clock.moveTo(aws.clock.now() + WEEK_MS);
  expect(aws.requestHandler.calls).toHaveLength(calls);
  expect(aws.clock.timers.countTimers()).toBe(0);
}
