import type { ArchiveItem, ArchiveOutcome } from '@log-archiver/core';
import { World, withInput } from '../world';

const DELETED = { status: 'SKIPPED' as const, error: 'LogGroupNotFound' };
const CANCELLED = { status: 'FAILED' as const, error: 'CANCELLED' };

/** Archives October in days, after AWS gave up the month, and returns each kind of entry of the report once. */
async function archiveInDays(endDay: (day: number, item: ArchiveItem) => Partial<ArchiveOutcome>, force = false) {
  const world = new World(['/app/web']);
  let day = 0;
  const { summary } = await world.run(withInput({ force }), (item) => {
    day += 1;
    return item.part === null ? { status: 'FAILED', error: 'ExportTaskGivenUp' } : endDay(day - 1, item);
  });
  const ends = world.readReport().items.map(({ status, error }) => error ?? status);
  return { ends: [...new Set(ends)], summary };
}

it('keeps archived parts that have a receipt', async () => {
  expect(await archiveInDays(() => ({}))).toMatchObject({ ends: ['ARCHIVED'], summary: { archived: 1, failed: 0 } });
});

it('fails archived parts without a receipt if no part failed', async () => {
  const { ends, summary } = await archiveInDays((day) => (day === 31 ? DELETED : {}));

  expect(ends).toEqual(['NoReceipt', 'LogGroupNotFound']);
  expect(summary).toMatchObject({ status: 'INCOMPLETE', archived: 0, skipped: 0, failed: 1 });
  expect(summary?.cause).toContain('"error":"NoReceipt"');
});

it('requires a receipt of its own from a forced run', async () => {
  expect(await archiveInDays(() => ({}), true)).toMatchObject({ ends: ['NoReceipt'], summary: { failed: 1 } });
});

it('expects no receipt if a part failed', async () => {
  expect(await archiveInDays((day) => (day === 31 ? CANCELLED : {}))).toMatchObject({
    ends: ['ARCHIVED', 'CANCELLED'],
    summary: { failed: 1 },
  });
});
