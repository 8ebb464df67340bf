import { DAY_MS } from '@log-archiver/core';
import { findHistory, rememberLogGroups } from '../../src/start/seen-log-groups';
import { DETAILS, foundLogGroup, incarnation, OCTOBER, WEB } from '../found-log-group';

const NOW = OCTOBER.from + 32 * DAY_MS;
const OLD = incarnation(-10, 4);
const seen = (...incarnations: ReturnType<typeof incarnation>[]) => ({
  logGroupName: '/app/web',
  s3Prefix: 'app/web',
  incarnations,
});

describe('findHistory', () => {
  it('returns nothing for a log group that is seen for the first time', () => {
    expect(findHistory(undefined, DETAILS, NOW)).toEqual({ earlier: [], removedBefore: null });
  });

  it('does not return the existing log group as an earlier one', () => {
    const details = { ...DETAILS, createdAt: incarnation(5, 6).createdAt };

    expect(findHistory(seen(OLD, incarnation(5, 6)), details, NOW)).toEqual({ earlier: [OLD], removedBefore: null });
  });

  it('returns all log groups of a name that does not exist any more', () => {
    const all = [OLD, incarnation(5, 6, { removedBefore: 17 })];

    expect(findHistory(seen(...all), null, NOW)).toEqual({ earlier: all, removedBefore: null });
  });

  it.each([
    ["today's retention", 30, OCTOBER.from, NOW - 30 * DAY_MS],
    ['an earlier retention that was shorter', 30, OCTOBER.from + 9 * DAY_MS, OCTOBER.from + 9 * DAY_MS],
    ['an earlier retention, although there is none today', null, OCTOBER.from, OCTOBER.from],
    ['no retention', null, null, null],
  ])('returns what was removed by %s', (_, retentionInDays, removedBefore, expected) => {
    const details = { ...DETAILS, createdAt: OLD.createdAt, retentionInDays };

    expect(findHistory(seen({ ...OLD, removedBefore }), details, NOW).removedBefore).toBe(expected);
  });

  it('returns what was removed if the retention was raised only a moment ago', () => {
    const details = { ...DETAILS, createdAt: OLD.createdAt, retentionInDays: 30 };

    expect(findHistory(seen({ ...OLD, retentionInDays: 7 }), details, NOW).removedBefore).toBe(NOW - 7 * DAY_MS);
  });
});

describe('rememberLogGroups', () => {
  const remember = (logGroup: typeof WEB, oldest = OCTOBER.from) =>
    rememberLogGroups([logGroup], oldest, NOW).map(({ incarnations }) => incarnations);

  it('remembers when it has seen an existing log group', () => {
    const logGroup = foundLogGroup({ createdAt: OLD.createdAt }, { removedBefore: 17 });

    expect(rememberLogGroups([logGroup], OCTOBER.from, NOW)).toEqual([
      seen({
        createdAt: OLD.createdAt,
        lastSeen: NOW,
        logGroupClass: 'STANDARD',
        retentionInDays: null,
        removedBefore: 17,
      }),
    ]);
  });

  it('keeps the earlier log groups of the name', () => {
    const createdAt = OCTOBER.from + 5 * DAY_MS;
    const current = { createdAt, lastSeen: NOW, logGroupClass: 'STANDARD', retentionInDays: null, removedBefore: null };

    expect(remember(foundLogGroup({ createdAt }, { earlier: [OLD] }))).toEqual([[OLD, current]]);
  });

  it.each([
    ['keeps one that was seen in the oldest period', false, OLD.lastSeen, [[OLD]]],
    ['forgets one that was not seen any more', false, OLD.lastSeen + 1, []],
    ['keeps one that is named, so that it does not count as never seen', true, OLD.lastSeen + 1, [[OLD]]],
  ])('of deleted log groups, %s', (_, isNamed, oldest, expected) => {
    expect(remember({ ...WEB, isNamed, details: null, earlier: [OLD] }, oldest)).toEqual(expected);
  });

  it('keeps only the last deleted log group of a named one', () => {
    const later = incarnation(5, 6);
    const logGroup = { ...WEB, isNamed: true, details: null, earlier: [OLD, later] };

    expect(remember(logGroup, OCTOBER.to)).toEqual([[later]]);
  });

  it('does not remember what does not exist', () => {
    expect(remember({ ...WEB, isNamed: true, details: null })).toEqual([]);
  });
});
