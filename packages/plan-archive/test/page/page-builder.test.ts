import { OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import { exportTaskName, type PlanArchiveRequest } from '@log-archiver/core';
import { type ExportStop, PageBuilder } from '../../src/page/page-builder';
import { REQUEST } from '../world';

const longName = (index: number) => `/${String(index).padStart(511, 'a')}`;

/** Creates a request whose input has log groups with the longest names and prefixes. */
function requestWith(targets: number): PlanArchiveRequest {
  const logGroups = Array.from({ length: targets }, (_, index) => ({
    logGroupName: longName(index),
    s3Prefix: 'x'.repeat(453),
  }));
  return { ...REQUEST, input: { logGroups } };
}

function countFitting(request: PlanArchiveRequest): number {
  const page = new PageBuilder(request, { exportStop: null, slotDeadline: 17, taskSecret: 'secret' });
  while (page.items.length < 1_000 && page.add(OCTOBER_ITEM, null) === 'ADDED') {}
  return page.items.length;
}

it('holds 25 items, and fewer if their results do not fit beside the input', () => {
  expect([0, 20, 100, 200].map((targets) => countFitting(requestWith(targets)))).toEqual([25, 25, 15, 3]);
});

it('always holds the first item, so that a run ends', () => {
  expect(countFitting(requestWith(300))).toBe(1);
});

it('sets the slot deadline and the name of the task of an item that it adds', () => {
  const page = new PageBuilder(REQUEST, { exportStop: null, slotDeadline: 17, taskSecret: 'secret' });

  expect(page.add(OCTOBER_ITEM, null)).toBe('ADDED');
  const taskName = exportTaskName(OCTOBER_ITEM, 'archive', 'secret');
  expect(page.items).toEqual([{ ...OCTOBER_ITEM, taskName, slotDeadline: 17 }]);
  expect(page.entries).toEqual([]);
});

it.each<[ExportStop, object]>([
  ['DRY_RUN', { status: 'PLANNED', error: null, cause: null, destinationPrefix: '2026/10/app/web' }],
  [
    'RunFull',
    {
      status: 'FAILED',
      error: 'RunFull',
      cause: 'the run has its maximum number of pages; the next run continues',
      destinationPrefix: null,
    },
  ],
  [
    'ExportSlotUnavailable',
    {
      status: 'FAILED',
      error: 'ExportSlotUnavailable',
      cause:
        'foreign export tasks held the export slot for 48 hours, and one of them still does; the next run tries again',
      destinationPrefix: null,
    },
  ],
])('reports an item instead of adding it after %s', (exportStop, expected) => {
  const page = new PageBuilder(REQUEST, { exportStop, slotDeadline: 17, taskSecret: 'secret' });

  expect(page.add(OCTOBER_ITEM, 5)).toBe('REPORTED');
  expect(page.items).toEqual([]);
  expect(page.entries).toMatchObject([{ logGroupName: '/app/web', storedBytes: 5, ...expected }]);
});

it('returns the items for which it has no room, in order', () => {
  const page = new PageBuilder(REQUEST, { exportStop: null, slotDeadline: 17, taskSecret: 'secret' });
  const items = Array.from({ length: 31 }, (_, from) => ({ ...OCTOBER_ITEM, from }));

  expect(page.addAll(items)).toEqual(items.slice(25));
  expect(page.add(OCTOBER_ITEM, null)).toBe('FULL');
});
