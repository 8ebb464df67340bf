import { computeRetentionStart, type RetentionChange } from '../../../src/logs/stores/retention-history';

const DAY = 24 * 3_600_000;

describe('the start of the retained events', () => {
  it.each<[string, RetentionChange[], number]>([
    ['is unlimited without a setting', [], Number.NEGATIVE_INFINITY],
    ['is unlimited if events never expire', [{ at: 0 }], Number.NEGATIVE_INFINITY],
    ['moves with time', [{ at: 0, days: 7 }], 93],
    [
      'moves with the setting in force',
      [
        { at: 0, days: 30 },
        { at: 50, days: 7 },
      ],
      93,
    ],
    [
      'stays where a shorter setting has removed events',
      [
        { at: 0, days: 1 },
        { at: 99, days: 30 },
      ],
      98,
    ],
    ['stays where a deleted setting has removed events', [{ at: 0, days: 1 }, { at: 99 }], 98],
    [
      'ignores settings of the future',
      [
        { at: 0, days: 30 },
        { at: 101, days: 1 },
      ],
      70,
    ],
  ])('%s', (_, changes, day) => {
    const inDays = changes.map(({ at, days }) => ({ at: at * DAY, days }));
    expect(computeRetentionStart(inDays, 100 * DAY)).toBe(day * DAY);
  });
});
