import { EXECUTION, OCTOBER_ITEM, PARAMETERS } from '@log-archiver/aws-clients/testing';
import type { ArchiveItem, PlanArchiveRequest } from '@log-archiver/core';
import { type ExportStop, PageBuilder } from '../../src/page/page-builder';
import { REQUEST } from '../world';

const MAX_BYTES = 262_144;
const countBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const KEY = `2026/10/31/${'x'.repeat(453)}`;
const PREFIX = 'x'.repeat(453);
const longName = (index: number) => `/${String(index).padStart(511, 'a')}`;
/** The longest possible item. */
const LONGEST: ArchiveItem = {
  ...OCTOBER_ITEM,
  logGroupName: longName(0),
  s3Prefix: PREFIX,
  period: '2026-10-31',
  destinationPrefix: KEY,
  adoptAfter: OCTOBER_ITEM.from,
  retentionInDays: 3_653,
  daysLost: 3_653,
  part: 'HOUR',
  slotDeadline: OCTOBER_ITEM.to,
};
const OUTCOME = {
  ...{ logGroupName: longName(0), period: '2026-10-31', from: LONGEST.from, to: LONGEST.to, status: 'ARCHIVED' },
  ...{
    error: 'Lambda.TooManyRequestsException',
    taskId: '01234567-0123-0123-0123-0123456789ab',
    destinationPrefix: KEY,
  },
  leftover: 'another run wrote the receipt first: 01234567-0123-0123-0123-0123456789ab',
};

function requestWith(targets: number): PlanArchiveRequest {
  const logGroups = Array.from({ length: targets }, (_, index) => ({
    logGroupName: longName(index),
    s3Prefix: PREFIX,
  }));
  return { ...REQUEST, input: { logGroups } };
}

function countFitting(request: PlanArchiveRequest, item: ArchiveItem = LONGEST): number {
  const page = new PageBuilder(request, { exportStop: null, slotDeadline: item.slotDeadline });
  while (page.items.length < 1_000 && page.add(item, null) === 'ADDED') {}
  return page.items.length;
}

it('holds 40 items', () => {
  expect(countFitting(REQUEST)).toBe(40);
  expect(countFitting(REQUEST, OCTOBER_ITEM)).toBe(40);
});

it('holds 40 of the longest items with 100 of the longest log groups in the input, within 256 KiB', () => {
  const request = requestWith(100);
  const state = {
    ...{ input: request.input, execution: EXECUTION, parameters: PARAMETERS },
    page: { next: 'ARCHIVE', number: 1_000, items: Array(40).fill(LONGEST), waitUntil: null, summary: null },
    outcomes: Array(40).fill(OUTCOME),
  };

  expect(countFitting(request)).toBe(40);
  expect(countBytes(state)).toBe(220_990);
  expect(countBytes({ ...request, outcomes: state.outcomes })).toBeLessThan(MAX_BYTES);
});

it.each([110, 150, 180, 200, 230])('holds as many items as fit beside %p log groups in the input', (targets) => {
  const request = requestWith(targets);
  const count = countFitting(request);
  const countPageBytes = (items: number) =>
    countBytes({ ...request, items: Array(items).fill(LONGEST), outcomes: Array(items).fill(OUTCOME) });

  expect(countPageBytes(count)).toBeLessThan(MAX_BYTES);
  expect(count < 40 ? countPageBytes(count + 8) : MAX_BYTES).toBeGreaterThanOrEqual(MAX_BYTES);
});

it('reserves enough for the longest outcome', () => {
  const { logGroupName, destinationPrefix } = LONGEST;

  expect(countBytes(OUTCOME)).toBeLessThanOrEqual(countBytes({ logGroupName, destinationPrefix }) + 500);
});

it('always holds the first item, so that a run ends', () => {
  expect(countFitting(requestWith(300))).toBe(1);
});

it('sets the slot deadline of an item that it adds', () => {
  const page = new PageBuilder(REQUEST, { exportStop: null, slotDeadline: 17 });

  expect(page.add(OCTOBER_ITEM, null)).toBe('ADDED');
  expect(page.items).toEqual([{ ...OCTOBER_ITEM, slotDeadline: 17 }]);
  expect(page.entries).toEqual([]);
});

it.each<[ExportStop, object]>([
  ['DRY_RUN', { status: 'PLANNED', error: null, destinationPrefix: '2026/10/app/web' }],
  ['RunFull', { status: 'FAILED', error: 'RunFull', destinationPrefix: null }],
  ['ExportSlotUnavailable', { status: 'FAILED', error: 'ExportSlotUnavailable', destinationPrefix: null }],
])('reports an item instead of adding it after %s', (exportStop, expected) => {
  const page = new PageBuilder(REQUEST, { exportStop, slotDeadline: 17 });

  expect(page.add(OCTOBER_ITEM, 5)).toBe('REPORTED');
  expect(page.items).toEqual([]);
  expect(page.entries).toMatchObject([{ logGroupName: '/app/web', storedBytes: 5, ...expected }]);
});

it('returns the items for which it has no room, in order', () => {
  const page = new PageBuilder(REQUEST, { exportStop: null, slotDeadline: 17 });
  const items = Array.from({ length: 43 }, (_, from) => ({ ...OCTOBER_ITEM, from }));

  expect(page.addAll(items)).toEqual(items.slice(40));
  expect(page.add(OCTOBER_ITEM, null)).toBe('FULL');
});
