import type { ArchiveItem, ArchiveOutcome } from '@log-archiver/core';
import { followUp } from '../../src/page/next-attempt';
import { OCTOBER_ITEM } from '../october-item';
import { DAY, HOUR } from '../world';

const NOW = Date.parse('2026-11-02T03:00:05.000Z');
const { logGroupName, period, from, to, destinationPrefix } = OCTOBER_ITEM;

function outcome(changes: Partial<ArchiveOutcome>): ArchiveOutcome {
  return {
    ...{ logGroupName, period, from, to, status: 'FAILED', error: null },
    ...{ taskId: null, destinationPrefix: null, leftover: null },
    ...changes,
  };
}

function after(error: string, item: Partial<ArchiveItem> = {}, isSlotTimeLeft = true) {
  return followUp({ ...OCTOBER_ITEM, ...item }, outcome({ error }), { now: NOW, isSlotTimeLeft });
}

const DAY_ITEM = { period: '2026-10-31' };
/** Retains what is from an hour after the start of October on. */
const RETAINING = { retentionInDays: Math.floor((NOW - from) / DAY) };
const RETAINED_FROM = NOW - RETAINING.retentionInDays * DAY;

it.each<[string, Partial<ArchiveItem>, object]>([
  ['FAILED', {}, { attempt: 2 }],
  ['FAILED', { part: 'DAY' }, { attempt: 2, part: 'DAY' }],
  ['ArchiveEmpty', {}, { attempt: 2, adoptAfter: NOW }],
  ['ExportSlotUnavailable', {}, { attempt: 2 }],
  [
    'InvalidParameterException',
    { ...RETAINING, daysLost: 1 },
    { attempt: 2, from: RETAINED_FROM + HOUR, daysLost: 1, ...RETAINING },
  ],
  // It was whole when the page was planned.
  [
    'InvalidParameterException',
    { ...RETAINING, daysLost: null },
    { attempt: 2, from: RETAINED_FROM + HOUR, daysLost: 1, ...RETAINING },
  ],
])('after %s an item with %j is tried again with %j', (error, item, changes) => {
  expect(after(error, item)).toEqual({ again: { ...OCTOBER_ITEM, ...item, ...changes } });
});

it.each<[Partial<ArchiveItem>, 'DAY' | 'HOUR']>([
  [{}, 'DAY'],
  [{ attempt: 2 }, 'DAY'],
  [{ part: 'DAY' }, 'HOUR'],
  [DAY_ITEM, 'HOUR'],
])('after AWS gave its task up an item with %j is tried in parts of a %s', (item, splitInto) => {
  expect(after('ExportTaskGivenUp', item)).toEqual({ splitInto });
});

it.each<[string, Partial<ArchiveItem>, boolean?]>([
  ['FAILED', { attempt: 2 }],
  ['CANCELLED', {}],
  ['ArchiveEmpty', { attempt: 2 }],
  ['ExportTaskGivenUp', { part: 'HOUR' }],
  ['ExportTaskGivenUp', { ...DAY_ITEM, part: 'HOUR' }],
  ['ExportSlotUnavailable', { attempt: 2 }],
  ['ExportSlotUnavailable', {}, false],
  ['InvalidParameterException', {}],
  ['InvalidParameterException', { ...RETAINING, attempt: 2 }],
  ['InvalidParameterException', { retentionInDays: 400 }],
  ['InvalidParameterException', { retentionInDays: 1 }],
  ['AccessDeniedException', {}],
  ['a name nobody knows', {}],
])('after %s an item with %j is over', (error, item, isSlotTimeLeft = true) => {
  expect(after(error, item, isSlotTimeLeft)).toMatchObject({ reported: { status: 'FAILED', error } });
});

it('what was refused of an item that has a task was not its range, which stays: the task would be nobody’s', () => {
  const refused = outcome({ error: 'InvalidParameterException', taskId: 'completed' });

  expect(followUp({ ...OCTOBER_ITEM, ...RETAINING }, refused, { now: NOW, isSlotTimeLeft: true })).toMatchObject({
    reported: { status: 'FAILED', taskId: 'completed' },
  });
});

it.each([
  ['from its last millisecond on', to - HOUR, { again: { from: to } }],
  ['from the millisecond after it on', to + 1 - HOUR, { reported: { status: 'FAILED' } }],
  ['from its first millisecond on', from - HOUR, { reported: { status: 'FAILED' } }],
  ['from its second millisecond on', from + 1 - HOUR, { again: { from: from + 1, daysLost: 1 } }],
])('a period that is retained %s, with an hour’s margin', (_, retained, expected) => {
  const now = retained + 3 * DAY;
  const item = { ...OCTOBER_ITEM, retentionInDays: 3 };

  expect(followUp(item, outcome({ error: 'InvalidParameterException' }), { now, isSlotTimeLeft: true })).toMatchObject(
    expected,
  );
});

it.each<Partial<ArchiveOutcome>>([
  { status: 'ARCHIVED', taskId: 'task', destinationPrefix, leftover: null },
  { status: 'ARCHIVED', taskId: 'task', destinationPrefix, leftover: "another run's receipt was there first: other" },
  { status: 'SKIPPED', error: 'LogGroupNotFound' },
  // No error, whatever it is called.
  { status: 'SKIPPED', error: 'FAILED' },
  { status: 'ARCHIVED', error: 'ExportTaskGivenUp' },
  { status: 'FAILED', error: 'CANCELLED', taskId: 'task', destinationPrefix },
])('%j is reported as it is, with the days that were lost before', (changes) => {
  const told = outcome(changes);

  expect(followUp({ ...OCTOBER_ITEM, daysLost: 3 }, told, { now: NOW, isSlotTimeLeft: true })).toEqual({
    reported: { ...told, daysLost: 3, storedBytes: null },
  });
});

it('an item without an outcome FAILED with NoOutcome', () => {
  expect(followUp(OCTOBER_ITEM, undefined, { now: NOW, isSlotTimeLeft: true })).toEqual({
    reported: { ...outcome({ error: 'NoOutcome' }), daysLost: null, storedBytes: null },
  });
});
