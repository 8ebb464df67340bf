import { createLoss, DAY_MS, type LossCause } from '@log-archiver/core';
import { deletionLosses, findEarlier, findStart, recreationLosses } from '../../src/page/known-losses';
import { incarnation, OCTOBER } from '../found-log-group';

const { from, to } = OCTOBER;

/** Creates the loss from one day of October, counted from 0, to before another. */
const loss = (cause: LossCause, first: number, end: number) =>
  createLoss(cause, { from: from + first * DAY_MS, to: from + end * DAY_MS - 1 });

describe('findStart', () => {
  it.each([
    ['before the period', from - 1, from],
    ['with the period', from, from - 14 * DAY_MS],
    ['13 days into it', from + 13 * DAY_MS, from - DAY_MS],
    ['14 days into it', from + 14 * DAY_MS, from],
    ['at its end', to, from],
  ])('starts the export of a log group that was created %s with its oldest event', (_, createdAt, start) => {
    expect(findStart(OCTOBER, createdAt)).toBe(start);
  });
});

describe('findEarlier', () => {
  it.each([
    ['was deleted before the period', incarnation(-10, -0.01), false],
    ['was last seen when the period began', incarnation(-10, 0), true],
    ['existed only within the period', incarnation(3, 4), true],
    ['was created with the last millisecond of the period', { ...incarnation(0, 40), createdAt: to }, true],
    ['was created after the period', { ...incarnation(0, 40), createdAt: to + 1 }, false],
    ['cannot be exported', incarnation(3, 4, { logGroupClass: 'DELIVERY' }), false],
  ])('given an earlier log group that %s: %#', (_, earlier, isFound) => {
    expect(findEarlier({ earlier: [earlier] }, OCTOBER)).toEqual(isFound ? [earlier] : []);
  });
});

describe('recreationLosses', () => {
  it.each([
    ['nothing without an earlier log group', [], 20, []],
    ['the time until the creation of the last one', [incarnation(-10, 4)], 20, [loss('LogGroupRecreated', 0, 20)]],
    ['the whole period when the last one is younger', [incarnation(-10, 4)], 40, [loss('LogGroupRecreated', 0, 31)]],
    [
      'the time from the oldest event of the first one',
      [incarnation(5, 6), incarnation(8, 9)],
      20,
      [loss('LogGroupRecreated', -9, 20)],
    ],
  ])('lists %s', (_, earlier, createdOn, losses) => {
    expect(recreationLosses(OCTOBER, earlier, incarnation(createdOn, 40))).toEqual(losses);
  });
});

describe('deletionLosses', () => {
  it.each([
    ['the whole period of an old log group', [], -10, [loss('LogGroupDeleted', 0, 31)]],
    ['the time from the oldest event of a young log group', [], 20, [loss('LogGroupDeleted', 6, 31)]],
    [
      'the losses of an earlier log group, too',
      [incarnation(-10, 4)],
      20,
      [loss('LogGroupRecreated', 0, 20), loss('LogGroupDeleted', 6, 31)],
    ],
  ])('lists %s', (_, earlier, createdOn, losses) => {
    expect(deletionLosses(OCTOBER, earlier, incarnation(createdOn, 25))).toEqual(losses);
  });
});
