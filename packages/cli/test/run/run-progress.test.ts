import type { ExportCount } from '../../src/run/export-counter';
import { type Estimate, formatDuration, formatProgress } from '../../src/run/run-progress';

const MINUTE_MS = 60_000;
const NOW = 100 * MINUTE_MS;
const CURRENT = { logGroupName: '/shop/cart', period: '2026-10', startedAt: NOW - 2 * MINUTE_MS };
const TEN = { exports: 10, exportHours: null };

test.each<[string, ExportCount, Estimate, string]>([
  ['no duration is known', { done: 0, doneMs: 0 }, TEN, '0 of 10 exports done'],
  [
    'only receipts show durations',
    { done: 0, doneMs: 0 },
    { ...TEN, exportHours: 5 },
    '0 of 10 exports done, about 5 h 0 min left',
  ],
  [
    'exports have ended',
    { done: 4, doneMs: 40 * MINUTE_MS, current: CURRENT },
    { ...TEN, exportHours: 5 },
    '4 of 10 exports done, about 58 min left, now 2026-10 /shop/cart',
  ],
  [
    'an export takes longer than those before',
    { done: 4, doneMs: 4 * MINUTE_MS, current: CURRENT },
    TEN,
    '4 of 10 exports done, about 5 min left, now 2026-10 /shop/cart',
  ],
  [
    'an export waits for the slot',
    { done: 0, doneMs: 0, current: { ...CURRENT, slotWait: 'the export slot is held by task 1' } },
    TEN,
    '0 of 10 exports done, 2026-10 /shop/cart waits: the export slot is held by task 1',
  ],
  [
    'an export is repeated that was not planned again',
    { done: 10, doneMs: 50 * MINUTE_MS, current: CURRENT },
    TEN,
    '10 of 11 exports done, about 3 min left, now 2026-10 /shop/cart',
  ],
])('formats the progress when %s', (_, count, estimate, expected) => {
  expect(formatProgress(count, estimate, NOW)).toBe(expected);
});

test.each([
  [0, '1 min'],
  [59.5, '1 h 0 min'],
  [125, '2 h 5 min'],
  [1_439, '23 h 59 min'],
  [3_001, '2 d 2 h'],
])('formats %d minutes', (minutes, expected) => {
  expect(formatDuration(minutes * MINUTE_MS)).toBe(expected);
});
