import type { SynthesizedStack } from '@log-archiver/local-aws';
import { backfill, dayName, logGroupNamesOf, type Played, play } from './play';
import { Archive, expectEveryTaskNamed, expectNothingSilent, expectTrueReceipts, reportOf } from './proof';
import { FAULTY_DAYS, type World } from './world';

const WEEK = 7 * 24 * 3_600_000;

/** Plays a world to its end, and looks whether all that was promised holds. */
export async function expectAllKept(synthesized: SynthesizedStack, world: World) {
  const played = await play(synthesized, world);
  const archive = new Archive(played);
  expectTrueReceipts(played, archive);
  await expectNothingSilent(played, archive);
  await expectEveryTaskNamed(played, archive);
  await expectAllHealed(played, world);
  await expectNothingGoesOn(played);
}

/** What nobody disturbs any more is complete: each log group and day has a receipt, or a reason why it has none. */
async function expectAllHealed(played: Played, world: World) {
  const execution = await backfill(played);
  expect(await execution.result).toMatchObject({ status: 'SUCCEEDED', output: { status: 'COMPLETE' } });
  const archive = new Archive(played);
  expectTrueReceipts(played, archive);
  const { items } = reportOf(archive, execution);
  for (const logGroupName of logGroupNamesOf(world)) {
    for (let day = 0; day < FAULTY_DAYS; day += 1) {
      const period = dayName(day);
      const found = items.filter((item) => item.logGroupName === logGroupName && item.period === period);
      expect(found).toHaveLength(1);
      const isArchived = found[0]?.status === 'ARCHIVED' || found[0]?.error === 'AlreadyArchived';
      expect(archive.receiptOf(logGroupName, period) !== undefined).toBe(isArchived);
    }
  }
}

async function expectNothingGoesOn({ aws }: Played) {
  const calls = aws.requestHandler.calls.length;
  await aws.clock.moveTo(aws.clock.now() + WEEK);
  expect(aws.requestHandler.calls).toHaveLength(calls);
  expect(aws.clock.timers.countTimers()).toBe(0);
}
