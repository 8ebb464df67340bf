import { LOG_GROUP, OCTOBER_ITEM } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, type ArchiveOutcome, createLoss, DAY_MS, HOUR_MS, type LossCause } from '@log-archiver/core';
import { findSmallerPart, nextAttempt } from '../../src/page/next-attempt';

const NOW = Date.parse('2026-11-02T03:00:05.000Z');
const { logGroupName, period, from, to, destinationPrefix } = OCTOBER_ITEM;

const CIRCUMSTANCES = { now: NOW, slotTimeLeft: 1, crash: 'crashed' };

/** Creates the loss from one instant to before another. */
const loss = (cause: LossCause, first: number, end: number) => createLoss(cause, { from: first, to: end - 1 });
const keeping = (retentionInDays: number) => ({ logGroup: { ...LOG_GROUP, retentionInDays } });

function outcome(changes: Partial<ArchiveOutcome>): ArchiveOutcome {
  return {
    ...{ logGroupName, period, from, to, status: 'FAILED', error: null },
    ...{ cause: null, taskId: null, destinationPrefix: null, leftover: null },
    ...changes,
  };
}

function after(error: string, item: Partial<ArchiveItem> = {}, slotTimeLeft = 1) {
  return nextAttempt({ ...OCTOBER_ITEM, ...item }, outcome({ error }), { ...CIRCUMSTANCES, slotTimeLeft });
}

const DAY_ITEM = { period: '2026-10-31' };
const DAYS = Math.floor((NOW - from) / DAY_MS);
/** Retains what is from an hour after the start of October on. */
const RETAINING = keeping(DAYS);
const RETAINED_FROM = NOW - DAYS * DAY_MS;

it.each<[string, Partial<ArchiveItem>, object]>([
  ['FAILED', {}, { attempt: 2 }],
  ['FAILED', { part: 'DAY' }, { attempt: 2, part: 'DAY' }],
  ['ArchiveEmpty', {}, { attempt: 2, adoptAfter: NOW }],
  ['ExportSlotUnavailable', {}, { attempt: 2 }],
  ['ArchivePartial', {}, { attempt: 2, adoptAfter: NOW }],
  [
    'InvalidParameterException',
    { ...RETAINING, losses: [loss('RetentionExpired', from, RETAINED_FROM)] },
    { attempt: 2, from: RETAINED_FROM + HOUR_MS, losses: [loss('RetentionExpired', from, RETAINED_FROM + HOUR_MS)] },
  ],
  // Nothing was lost when the page was planned.
  [
    'InvalidParameterException',
    RETAINING,
    { attempt: 2, from: RETAINED_FROM + HOUR_MS, losses: [loss('RetentionExpired', from, RETAINED_FROM + HOUR_MS)] },
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
  ['ArchivePartial', { attempt: 2 }],
  ['EvidenceRefused', {}],
  ['ExportTaskGivenUp', { part: 'HOUR' }],
  ['ExportTaskGivenUp', { ...DAY_ITEM, part: 'HOUR' }],
  ['ExportSlotUnavailable', { attempt: 2 }],
  ['ExportSlotUnavailable', {}, 0],
  ['InvalidParameterException', {}],
  ['InvalidParameterException', keeping(400)],
  ['InvalidParameterException', keeping(1)],
  ['AccessDeniedException', {}],
  ['an unknown error', {}],
])('reports after %s an item with %j', (error, item, slotTimeLeft = 1) => {
  expect(after(error, item, slotTimeLeft)).toMatchObject({ entry: { status: 'FAILED', error } });
});

it('keeps the range of a rejected item that has a task, because no receipt would list the task', () => {
  const refused = outcome({ error: 'InvalidParameterException', taskId: 'completed' });

  expect(nextAttempt({ ...OCTOBER_ITEM, ...RETAINING }, refused, CIRCUMSTANCES)).toMatchObject({
    entry: { status: 'FAILED', taskId: 'completed' },
  });
});

it.each([
  ['from its last millisecond on', to - HOUR_MS, { retry: { from: to } }],
  ['from the millisecond after it on', to + 1 - HOUR_MS, { entry: { status: 'FAILED' } }],
  ['from its first millisecond on', from - HOUR_MS, { entry: { status: 'FAILED' } }],
  [
    'from its second millisecond on',
    from + 1 - HOUR_MS,
    { retry: { from: from + 1, losses: [loss('RetentionExpired', from, from + 1)] } },
  ],
])('cuts to what is retained, with an hour’s margin, a period that is retained %s', (_, retained, expected) => {
  const now = retained + 3 * DAY_MS;
  const item = { ...OCTOBER_ITEM, ...keeping(3) };

  expect(nextAttempt(item, outcome({ error: 'InvalidParameterException' }), { ...CIRCUMSTANCES, now })).toMatchObject(
    expected,
  );
});

it('cuts an item also after its second attempt, but only once', () => {
  const now = from + HOUR_MS + 3 * DAY_MS;
  const item: ArchiveItem = { ...OCTOBER_ITEM, ...keeping(3), attempt: 2 };
  const rejected = outcome({ error: 'InvalidParameterException' });
  const cut = nextAttempt(item, rejected, { ...CIRCUMSTANCES, now });

  expect(cut).toMatchObject({ retry: { from: from + 2 * HOUR_MS, attempt: 2 } });
  const { retry } = cut as { retry: ArchiveItem };
  expect(nextAttempt(retry, rejected, { ...CIRCUMSTANCES, now: now + DAY_MS })).toMatchObject({
    entry: { status: 'FAILED', error: 'InvalidParameterException' },
  });
});

it('cuts the events that are older than the log group, too', () => {
  const young = { ...RETAINING.logGroup, createdAt: from + DAY_MS };
  const item = { ...OCTOBER_ITEM, logGroup: young, from: from - 13 * DAY_MS };

  expect(nextAttempt(item, outcome({ error: 'InvalidParameterException' }), CIRCUMSTANCES)).toMatchObject({
    retry: { losses: [loss('RetentionExpired', from - 13 * DAY_MS, RETAINED_FROM + HOUR_MS)] },
  });
});

const LOSSES = [loss('LogGroupRecreated', from, from + 1)];

it.each<Partial<ArchiveOutcome>>([
  { status: 'ARCHIVED', taskId: 'task', destinationPrefix, leftover: null },
  { status: 'ARCHIVED', taskId: 'task', destinationPrefix, leftover: 'another run wrote the receipt first: other' },
  // Only a failure has an error; a skip has a reason, whatever its name.
  { status: 'SKIPPED', error: 'FAILED' },
  { status: 'ARCHIVED', error: 'ExportTaskGivenUp' },
  { status: 'FAILED', error: 'CANCELLED', cause: 'Cancelled.', taskId: 'task', destinationPrefix },
])('reports %j as it is, with the losses that were known before', (changes) => {
  const ended = outcome(changes);

  expect(nextAttempt({ ...OCTOBER_ITEM, losses: LOSSES }, ended, CIRCUMSTANCES)).toEqual({
    entry: { ...ended, losses: LOSSES, storedBytes: null },
  });
});

it('reports the message of a failure', () => {
  const refused = outcome({ error: 'AccessDenied', cause: '{"errorMessage":"No."}' });

  expect(nextAttempt(OCTOBER_ITEM, refused, CIRCUMSTANCES)).toMatchObject({ entry: { cause: 'No.' } });
});

it('reports NoOutcome for an item without an outcome', () => {
  expect(nextAttempt(OCTOBER_ITEM, undefined, CIRCUMSTANCES)).toEqual({
    entry: { ...outcome({ error: 'NoOutcome', cause: 'crashed' }), losses: [], storedBytes: null },
  });
});

describe('a log group that was deleted during the run', () => {
  const deleted = loss('LogGroupDeleted', from, to + 1);

  it.each(['SKIPPED', 'FAILED'] as const)('is lost after an outcome with status %s', (status) => {
    const ended = outcome({ status, error: 'LogGroupNotFound', cause: 'Gone.', taskId: 'task', destinationPrefix });

    expect(nextAttempt(OCTOBER_ITEM, ended, CIRCUMSTANCES)).toEqual({
      entry: {
        ...ended,
        ...{ status: 'LOST', error: 'LogGroupDeleted', cause: null, losses: [deleted], storedBytes: null },
      },
    });
  });

  it.each([
    ['of its whole period when a part was exported', { part: 'DAY' as const, from: from + DAY_MS }, [deleted]],
    [
      'without what retention had removed before',
      { losses: [loss('RetentionExpired', from, from + DAY_MS)] },
      [deleted],
    ],
    [
      'beside those of an earlier log group',
      { losses: LOSSES, logGroup: { ...LOG_GROUP, createdAt: from + 20 * DAY_MS } },
      [...LOSSES, loss('LogGroupDeleted', from + 6 * DAY_MS, to + 1)],
    ],
  ])('has the losses %s', (_, item, losses) => {
    const ended = outcome({ status: 'SKIPPED', error: 'LogGroupNotFound' });

    expect(nextAttempt({ ...OCTOBER_ITEM, ...item }, ended, CIRCUMSTANCES)).toMatchObject({ entry: { losses } });
  });
});

it.each([
  [null, '2026-10', 'DAY'],
  [null, '2026-10-31', 'HOUR'],
  ['DAY' as const, '2026-10', 'HOUR'],
  ['HOUR' as const, '2026-10', null],
])('splits a part of %p of %s next into %p', (part, ofPeriod, smaller) => {
  expect(findSmallerPart({ part, period: ofPeriod })).toBe(smaller);
});
