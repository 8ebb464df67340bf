import { OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, type ArchiveOutcome, DAY_MS, HOUR_MS } from '@log-archiver/core';
import { nextAttempt } from '../../src/page/next-attempt';

const NOW = Date.parse('2026-11-02T03:00:05.000Z');
const { logGroupName, period, from, to, destinationPrefix } = OCTOBER_ITEM;

function outcome(changes: Partial<ArchiveOutcome>): ArchiveOutcome {
  return {
    ...{ logGroupName, period, from, to, status: 'FAILED', error: null },
    ...{ taskId: null, destinationPrefix: null, leftover: null },
    ...changes,
  };
}

function after(error: string, item: Partial<ArchiveItem> = {}, slotTimeLeft = 1) {
  return nextAttempt({ ...OCTOBER_ITEM, ...item }, outcome({ error }), { now: NOW, slotTimeLeft });
}

const DAY_ITEM = { period: '2026-10-31' };
/** Retains what is from an hour after the start of October on. */
const RETAINING = { retentionInDays: Math.floor((NOW - from) / DAY_MS) };
const RETAINED_FROM = NOW - RETAINING.retentionInDays * DAY_MS;

it.each<[string, Partial<ArchiveItem>, object]>([
  ['FAILED', {}, { attempt: 2 }],
  ['FAILED', { part: 'DAY' }, { attempt: 2, part: 'DAY' }],
  ['ArchiveEmpty', {}, { attempt: 2, adoptAfter: NOW }],
  ['ExportSlotUnavailable', {}, { attempt: 2 }],
  [
    'InvalidParameterException',
    { ...RETAINING, daysLost: 1 },
    { attempt: 2, from: RETAINED_FROM + HOUR_MS, daysLost: 1, ...RETAINING },
  ],
  // Nothing was lost when the page was planned.
  [
    'InvalidParameterException',
    { ...RETAINING, daysLost: null },
    { attempt: 2, from: RETAINED_FROM + HOUR_MS, daysLost: 1, ...RETAINING },
  ],
])('retries after %s an item with %j, with %j', (error, item, changes) => {
  expect(after(error, item)).toEqual({ retry: { ...OCTOBER_ITEM, ...item, ...changes } });
});

it.each<[Partial<ArchiveItem>, 'DAY' | 'HOUR']>([
  [{}, 'DAY'],
  [{ attempt: 2 }, 'DAY'],
  [{ part: 'DAY' }, 'HOUR'],
  [DAY_ITEM, 'HOUR'],
])('splits an item with %j into parts of a %s after AWS gave up its task', (item, splitInto) => {
  expect(after('ExportTaskGivenUp', item)).toEqual({ splitInto });
});

it.each<[string, Partial<ArchiveItem>, number?]>([
  ['FAILED', { attempt: 2 }],
  ['CANCELLED', {}],
  ['ArchiveEmpty', { attempt: 2 }],
  ['ExportTaskGivenUp', { part: 'HOUR' }],
  ['ExportTaskGivenUp', { ...DAY_ITEM, part: 'HOUR' }],
  ['ExportSlotUnavailable', { attempt: 2 }],
  ['ExportSlotUnavailable', {}, 0],
  ['InvalidParameterException', {}],
  ['InvalidParameterException', { ...RETAINING, attempt: 2 }],
  ['InvalidParameterException', { retentionInDays: 400 }],
  ['InvalidParameterException', { retentionInDays: 1 }],
  ['AccessDeniedException', {}],
  ['an unknown error', {}],
])('reports after %s an item with %j', (error, item, slotTimeLeft = 1) => {
  expect(after(error, item, slotTimeLeft)).toMatchObject({ entry: { status: 'FAILED', error } });
});

it('keeps the range of a rejected item that has a task, because no receipt would list the task', () => {
  const refused = outcome({ error: 'InvalidParameterException', taskId: 'completed' });

  expect(nextAttempt({ ...OCTOBER_ITEM, ...RETAINING }, refused, { now: NOW, slotTimeLeft: 1 })).toMatchObject({
    entry: { status: 'FAILED', taskId: 'completed' },
  });
});

it.each([
  ['from its last millisecond on', to - HOUR_MS, { retry: { from: to } }],
  ['from the millisecond after it on', to + 1 - HOUR_MS, { entry: { status: 'FAILED' } }],
  ['from its first millisecond on', from - HOUR_MS, { entry: { status: 'FAILED' } }],
  ['from its second millisecond on', from + 1 - HOUR_MS, { retry: { from: from + 1, daysLost: 1 } }],
])('cuts to what is retained, with an hour’s margin, a period that is retained %s', (_, retained, expected) => {
  const now = retained + 3 * DAY_MS;
  const item = { ...OCTOBER_ITEM, retentionInDays: 3 };

  expect(nextAttempt(item, outcome({ error: 'InvalidParameterException' }), { now, slotTimeLeft: 1 })).toMatchObject(
    expected,
  );
});

it.each<Partial<ArchiveOutcome>>([
  { status: 'ARCHIVED', taskId: 'task', destinationPrefix, leftover: null },
  { status: 'ARCHIVED', taskId: 'task', destinationPrefix, leftover: 'another run wrote the receipt first: other' },
  { status: 'SKIPPED', error: 'LogGroupNotFound' },
  // Only a failure has an error; a skip has a reason, whatever its name.
  { status: 'SKIPPED', error: 'FAILED' },
  { status: 'ARCHIVED', error: 'ExportTaskGivenUp' },
  { status: 'FAILED', error: 'CANCELLED', taskId: 'task', destinationPrefix },
])('reports %j as it is, with the days that were lost before', (changes) => {
  const ended = outcome(changes);

  expect(nextAttempt({ ...OCTOBER_ITEM, daysLost: 3 }, ended, { now: NOW, slotTimeLeft: 1 })).toEqual({
    entry: { ...ended, daysLost: 3, storedBytes: null },
  });
});

it('reports NoOutcome for an item without an outcome', () => {
  expect(nextAttempt(OCTOBER_ITEM, undefined, { now: NOW, slotTimeLeft: 1 })).toEqual({
    entry: { ...outcome({ error: 'NoOutcome' }), daysLost: null, storedBytes: null },
  });
});
