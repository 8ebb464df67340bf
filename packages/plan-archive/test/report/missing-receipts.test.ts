import type { ArchiveItem, ArchiveOutcome } from '@log-archiver/core';
import { World, withInput } from '../world';

const GONE = { status: 'SKIPPED' as const, error: 'LogGroupNotFound' };
const BROKEN = { status: 'FAILED' as const, error: 'CANCELLED' };

/** October, which AWS gives up, in days that come to what `outcomeOf` says; answers the lines of the report, each kind once. */
async function linesOf(outcomeOf: (day: number, item: ArchiveItem) => Partial<ArchiveOutcome>, force = false) {
  const world = new World(['/app/web']);
  let day = 0;
  const { summary } = await world.run(withInput({ force }), (item) => {
    day += 1;
    return item.part === null ? { status: 'FAILED', error: 'ExportTaskGivenUp' } : outcomeOf(day - 1, item);
  });
  const lines = world.report().items.map(({ status, error }) => error ?? status);
  return { lines: [...new Set(lines)], summary };
}

it('parts that came to a receipt are archived', async () => {
  expect(await linesOf(() => ({}))).toMatchObject({ lines: ['ARCHIVED'], summary: { archived: 1, failed: 0 } });
});

it('parts that came to none are FAILED, though each of them was exported or could not be', async () => {
  const { lines, summary } = await linesOf((day) => (day === 31 ? GONE : {}));

  expect(lines).toEqual(['NoReceipt', 'LogGroupNotFound']);
  expect(summary).toMatchObject({ status: 'INCOMPLETE', archived: 0, skipped: 0, failed: 1 });
  expect(summary?.cause).toContain('"error":"NoReceipt"');
});

it('the receipt of an earlier run is none of one by force', async () => {
  expect(await linesOf(() => ({}), true)).toMatchObject({ lines: ['NoReceipt'], summary: { failed: 1 } });
});

it('where a part has FAILED the others are said to be archived: there is no receipt to be expected', async () => {
  expect(await linesOf((day) => (day === 31 ? BROKEN : {}))).toMatchObject({
    lines: ['ARCHIVED', 'CANCELLED'],
    summary: { failed: 1 },
  });
});
