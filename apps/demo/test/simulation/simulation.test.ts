import fc from 'fast-check';
import { backfill, dayName, dayStart, logGroupNamesOf, type Played, play } from './play';
import { Archive, expectEveryTaskNamed, expectNothingSilent, expectTrueReceipts, reportOf } from './proof';
import { synthesizeArchiver } from './synthesize-archiver';
import type { World } from './world';
import { FAULTY_DAYS, world } from './world';

const WORLDS = Number(process.env.WORLDS ?? 2_000);
const daily = synthesizeArchiver();

/** Plays a world, heals it, and looks whether all that was promised holds. */
async function expectAllKept(world: World) {
  const played = await play(daily, world);
  const archive = new Archive(played);
  expectTrueReceipts(played, archive);
  await expectNothingSilent(played, archive);
  await expectEveryTaskNamed(played, archive);
  await expectHealed(played, world);
  await expectNothingGoesOn(played);
}

/** What nobody disturbs any more is complete: each log group and day has a receipt, or a reason why it has none. */
async function expectHealed(played: Played, world: World) {
  const execution = await backfill(played);
  const result = await execution.result;
  const archive = new Archive(played);
  expectTrueReceipts(played, archive);
  for (const logGroupName of logGroupNamesOf(world)) {
    for (let day = 0; day < FAULTY_DAYS; day += 1) {
      const period = dayName(day);
      const item = reportOf(archive, execution).items.find(
        (each) => each.logGroupName === logGroupName && each.period === period,
      );
      const isReceiptDue = item?.status === 'ARCHIVED' || item?.error === 'AlreadyArchived';
      expect(archive.receiptOf(logGroupName, period) !== undefined).toBe(isReceiptDue);
      expect(['ARCHIVED', 'SKIPPED']).toContain(item?.status);
    }
  }
  expect(result.status).toBe('SUCCEEDED');
}

async function expectNothingGoesOn({ aws }: Played) {
  const calls = aws.requestHandler.calls.length;
  await aws.clock.moveTo(aws.clock.now() + 7 * 24 * 3_600_000);
  expect(aws.requestHandler.calls).toHaveLength(calls);
  expect(dayStart(0)).toBeLessThan(aws.clock.now());
}

it(`keeps every promise in ${WORLDS} worlds`, async () => {
  const { stackTraceLimit } = Error;
  // Most of the time would go into the stacks of errors that are expected by the thousand.
  Error.stackTraceLimit = 0;
  try {
    await fc.assert(fc.asyncProperty(world, expectAllKept), { numRuns: WORLDS });
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}, 3_600_000);
