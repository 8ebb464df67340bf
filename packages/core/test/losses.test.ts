import { clipLosses, createLoss, DAY_MS, type Loss, mergeLosses, retentionLoss } from '../src';

const PERIOD = { from: Date.parse('2026-10-01T00:00:00.000Z'), to: Date.parse('2026-10-31T23:59:59.999Z') };
const OLD = Date.parse('2026-01-01T00:00:00.000Z');

describe('retentionLoss', () => {
  it.each<[string, number, number | null, string, [string, string] | null]>([
    ['nothing without a retention', OLD, null, '2036-01-01T00:00:00.000Z', null],
    ['nothing when the first millisecond is retained', OLD, 30, '2026-10-31T00:00:00.000Z', null],
    [
      'a millisecond when only the second one is retained',
      OLD,
      30,
      '2026-10-31T00:00:00.001Z',
      ['2026-10-01T00:00:00.000Z', '2026-10-01T00:00:00.000Z'],
    ],
    [
      'the days before the retained ones',
      OLD,
      30,
      '2026-11-02T03:00:00.000Z',
      ['2026-10-01T00:00:00.000Z', '2026-10-03T02:59:59.999Z'],
    ],
    [
      'the whole period when nothing of it is retained',
      OLD,
      30,
      '2027-01-01T00:00:00.000Z',
      ['2026-10-01T00:00:00.000Z', '2026-10-31T23:59:59.999Z'],
    ],
    [
      'nothing when everything since the creation of the log group is retained',
      Date.parse('2026-10-17T00:00:00.000Z'),
      30,
      '2026-11-16T00:00:00.000Z',
      null,
    ],
    [
      'the days from 14 days before the creation of the log group when it has lost its first millisecond',
      Date.parse('2026-10-17T00:00:00.000Z'),
      30,
      '2026-11-16T00:00:00.001Z',
      ['2026-10-03T00:00:00.000Z', '2026-10-17T00:00:00.000Z'],
    ],
    [
      'days before the period when the log group was created in its first 14 days',
      Date.parse('2026-10-03T00:00:00.000Z'),
      30,
      '2026-11-02T03:00:00.000Z',
      ['2026-09-19T00:00:00.000Z', '2026-10-03T02:59:59.999Z'],
    ],
    [
      'nothing when the log group is more than 14 days younger than the period',
      Date.parse('2026-11-15T00:00:00.000Z'),
      1,
      '2026-12-24T00:00:00.000Z',
      null,
    ],
  ])('returns %s', (_, createdAt, retentionInDays, now, range) => {
    const loss = range && { cause: 'RetentionExpired', from: range[0], to: range[1] };

    expect(retentionLoss(PERIOD, { createdAt, retentionInDays, removedBefore: null }, Date.parse(now))).toEqual(loss);
  });

  it.each([
    [null, '2026-10-13T00:00:00.000Z', '2026-10-12T23:59:59.999Z'],
    [30, '2026-10-13T00:00:00.000Z', '2026-10-12T23:59:59.999Z'],
    [30, '2026-10-02T00:00:00.000Z', '2026-10-03T02:59:59.999Z'],
  ])('returns what an earlier retention has removed (retention now: %p, removed before %s)', (days, before, to) => {
    const logGroup = { createdAt: OLD, retentionInDays: days, removedBefore: Date.parse(before) };

    expect(retentionLoss(PERIOD, logGroup, Date.parse('2026-11-02T03:00:00.000Z'))).toEqual({
      cause: 'RetentionExpired',
      from: '2026-10-01T00:00:00.000Z',
      to,
    });
  });
});

const retention = (from: string, to: string): Loss => ({ cause: 'RetentionExpired', from, to });
const recreated = (from: string, to: string): Loss => ({ cause: 'LogGroupRecreated', from, to });

describe('mergeLosses', () => {
  it.each<[string, Loss[], Loss[]]>([
    ['none', [], []],
    ['one', [retention('1', '2')], [retention('1', '2')]],
    ['two of a cause', [retention('3', '4'), retention('1', '2')], [retention('1', '4')]],
    ['one inside another', [retention('1', '4'), retention('2', '3')], [retention('1', '4')]],
    [
      'two causes, by start',
      [retention('3', '4'), recreated('1', '9'), retention('2', '3')],
      [recreated('1', '9'), retention('2', '4')],
    ],
    ['two causes of one start', [retention('1', '4'), recreated('1', '9')], [retention('1', '4'), recreated('1', '9')]],
  ])('merges %s', (_, losses, merged) => {
    expect(mergeLosses(losses)).toEqual(merged);
  });
});

describe('clipLosses', () => {
  const loss = createLoss('LogGroupRecreated', { from: PERIOD.from + DAY_MS, to: PERIOD.from + 3 * DAY_MS - 1 });

  it.each<[string, number, number, [number, number] | null]>([
    ['nothing before the loss', 0, DAY_MS - 1, null],
    ['its first millisecond', 0, DAY_MS, [DAY_MS, DAY_MS]],
    ['its start', 0, 2 * DAY_MS - 1, [DAY_MS, 2 * DAY_MS - 1]],
    ['the range inside the loss', 2 * DAY_MS, 2 * DAY_MS + 9, [2 * DAY_MS, 2 * DAY_MS + 9]],
    ['its end', 2 * DAY_MS, 9 * DAY_MS, [2 * DAY_MS, 3 * DAY_MS - 1]],
    ['its last millisecond', 3 * DAY_MS - 1, 9 * DAY_MS, [3 * DAY_MS - 1, 3 * DAY_MS - 1]],
    ['nothing after the loss', 3 * DAY_MS, 9 * DAY_MS, null],
    ['the whole loss', 0, 9 * DAY_MS, [DAY_MS, 3 * DAY_MS - 1]],
  ])('returns %s', (_, from, to, clipped) => {
    expect(clipLosses([loss], { from: PERIOD.from + from, to: PERIOD.from + to })).toEqual(
      clipped === null
        ? []
        : [createLoss('LogGroupRecreated', { from: PERIOD.from + clipped[0], to: PERIOD.from + clipped[1] })],
    );
  });
});
