import type { ArchiveItem, PlanArchiveRequest } from '@log-archiver/core';
import { PageRoom } from '../../src/page/page-room';
import { OCTOBER_ITEM } from '../october-item';
import { EXECUTION, PARAMETERS, REQUEST } from '../world';

const MAX_BYTES = 262_144;
const bytesOf = (value: unknown) => Buffer.byteLength(JSON.stringify(value));

const KEY = `2026/10/31/${'x'.repeat(453)}`;
const PREFIX = 'x'.repeat(453);
const longName = (index: number) => `/${String(index).padStart(511, 'a')}`;
/** The longest that is possible. */
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
  leftover: "another run's receipt was there first: 01234567-0123-0123-0123-0123456789ab",
};

function requestWith(targets: number): PlanArchiveRequest {
  const logGroups = Array.from({ length: targets }, (_, index) => ({
    logGroupName: longName(index),
    s3Prefix: PREFIX,
  }));
  return { ...REQUEST, input: { logGroups } };
}

function fitting(request: PlanArchiveRequest, item: ArchiveItem = LONGEST): number {
  const room = new PageRoom(request);
  let count = 0;
  while (count < 1_000 && room.take(item)) {
    count += 1;
  }
  return count;
}

it('a page has 40 items', () => {
  expect(fitting(REQUEST)).toBe(40);
  expect(fitting(REQUEST, OCTOBER_ITEM)).toBe(40);
});

it('40 of the longest items, their outcomes and 100 of the longest log groups of an input are within 256 KiB', () => {
  const request = requestWith(100);
  const state = {
    ...{ input: request.input, execution: EXECUTION, parameters: PARAMETERS },
    page: { next: 'ARCHIVE', number: 1_000, items: Array(40).fill(LONGEST), waitUntil: null, summary: null },
    outcomes: Array(40).fill(OUTCOME),
  };

  expect(fitting(request)).toBe(40);
  expect(bytesOf(state)).toBe(221_072);
  expect(bytesOf({ ...request, outcomes: state.outcomes })).toBeLessThan(MAX_BYTES);
});

it.each([110, 150, 180, 200, 230])(
  'with %p log groups in the request a page has as many items as there is room for',
  (targets) => {
    const request = requestWith(targets);
    const count = fitting(request);
    const pages = (items: number) =>
      bytesOf({ ...request, items: Array(items).fill(LONGEST), outcomes: Array(items).fill(OUTCOME) });

    expect(pages(count)).toBeLessThan(MAX_BYTES);
    expect(count < 40 ? pages(count + 8) : MAX_BYTES).toBeGreaterThanOrEqual(MAX_BYTES);
  },
);

it('an outcome of the longest takes no more than is kept for it', () => {
  const { logGroupName, destinationPrefix } = LONGEST;

  expect(bytesOf(OUTCOME)).toBeLessThanOrEqual(bytesOf({ logGroupName, destinationPrefix }) + 500);
});

it('the first item always has room, so that a run ends', () => {
  expect(fitting(requestWith(300))).toBe(1);
});
