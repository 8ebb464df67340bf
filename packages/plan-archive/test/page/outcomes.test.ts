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

function apply(items: ArchiveItem[], outcomes: unknown[], tasks: ExportTask[] = []) {
  const startedAt = Date.parse(EXECUTION.startedAt);
  return applyOutcomes(items, outcomes, tasks, {
    now: Date.parse(NOW),
    startedAt,
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

it.each<[string, unknown[], string]>([
  ['nothing', [], "the item's execution ended without an outcome"],
  ['other values', [null, {}, 'text', { Error: 1 }], "the item's execution ended without an outcome"],
  [
    'an outcome with an unknown status',
    [{ ...createOutcome(OCTOBER_ITEM), status: 'RUNNING' }],
    "the item's execution ended without an outcome",
  ],
  ['an error', [{ Status: 'TIMED_OUT', Error: 'States.Timeout' }], "the item's execution ended with States.Timeout"],
  [
    'errors with causes',
    [
      { Status: 'FAILED', Error: 'States.Runtime', Cause: 'No.' },
      { Status: 'FAILED', Error: 'States.Runtime', Cause: 'No.' },
      { Status: 'ABORTED', Error: 'Aborted' },
    ],
    "the item's execution ended with States.Runtime: No., or with Aborted",
  ],
])('fails an item when its execution returned %s', (_, results, cause) => {
  expect(apply([OCTOBER_ITEM], results).entries).toMatchObject([{ status: 'FAILED', error: 'NoOutcome', cause }]);
});

it('shortens the cause of a crash', () => {
  const [entry] = apply([OCTOBER_ITEM], [{ Error: 'X', Cause: 'x'.repeat(32_768) }]).entries;

  expect(entry?.cause).toHaveLength(1_000);
});
