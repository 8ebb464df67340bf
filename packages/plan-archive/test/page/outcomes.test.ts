import type { ExportTask } from '@log-archiver/aws-clients/export-tasks';
import { EXECUTION, NOW, OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import type { ArchiveItem, ArchiveOutcome } from '@log-archiver/core';
import { applyOutcomes } from '../../src/page/outcomes';
import { createOutcome } from '../world';

const API: ArchiveItem = { ...OCTOBER_ITEM, logGroupName: '/app/api' };
const DB: ArchiveItem = { ...OCTOBER_ITEM, logGroupName: '/app/db' };

const failWith = (item: ArchiveItem, error: string): ArchiveOutcome => ({
  ...createOutcome(item),
  ...{ status: 'FAILED', error, taskId: null, destinationPrefix: null },
});

function apply(items: ArchiveItem[], outcomes: (ArchiveOutcome | null)[], tasks: ExportTask[] = []) {
  const startedAt = Date.parse(EXECUTION.startedAt);
  return applyOutcomes(items, outcomes, tasks, {
    now: Date.parse(NOW),
    startedAt,
    bucketName: 'archive',
    slotTimeLeft: 1,
  });
}

it('retries, splits and reports items in the order of the page', () => {
  const outcomes = [
    failWith(DB, 'FAILED'),
    createOutcome(API),
    failWith({ ...API, to: 0 }, 'FAILED'),
    failWith(OCTOBER_ITEM, 'ExportTaskGivenUp'),
  ];

  expect(apply([OCTOBER_ITEM, API, DB], outcomes)).toMatchObject({
    next: [{ split: OCTOBER_ITEM, into: 'DAY' }, { retry: { ...DB, attempt: 2 } }],
    entries: [{ logGroupName: '/app/api', status: 'ARCHIVED' }],
    orphans: [],
  });
});

it('matches the outcomes of parts of a period by their ranges', () => {
  const rest = { ...OCTOBER_ITEM, from: OCTOBER_ITEM.from + 1 };

  expect(apply([rest, OCTOBER_ITEM], [createOutcome(OCTOBER_ITEM)]).entries.map(({ error }) => error)).toEqual([
    'NoOutcome',
    null,
  ]);
});

it('ignores results that are not outcomes', () => {
  const results = [null, {}, 'text', { ...createOutcome(OCTOBER_ITEM), status: 'RUNNING' }] as ArchiveOutcome[];

  expect(apply([OCTOBER_ITEM], results).entries).toMatchObject([{ status: 'FAILED', error: 'NoOutcome' }]);
});
