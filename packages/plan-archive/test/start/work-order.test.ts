import { parsePeriods } from '@log-archiver/core';
import { groupByRetention, orderByDeadline } from '../../src/start/work-order';
import { foundLogGroup, WEB } from '../found-log-group';

const PERIODS = parsePeriods('2026-09/2026-10', 'UTC');

it('groups log groups by their retention, in their order', () => {
  const [first, second, third] = [
    foundLogGroup({ retentionInDays: 30 }, { logGroupName: '/a' }),
    foundLogGroup({ retentionInDays: null }, { logGroupName: '/b' }),
    foundLogGroup({ retentionInDays: 30 }, { logGroupName: '/c' }),
  ];
  const deleted = { ...WEB, details: null };

  expect(groupByRetention([first, second, third, deleted])).toEqual([
    { retentionInDays: 30, logGroups: [first, third] },
    { retentionInDays: null, logGroups: [second, deleted] },
  ]);
});

it.each<[string, (number | null)[], string[]]>([
  ['of one retention by age', [30], ['30 2026-09', '30 2026-10']],
  ['without a retention last, by age', [null, 30], ['30 2026-09', '30 2026-10', 'null 2026-09', 'null 2026-10']],
  [
    'of a short retention before older ones of a long one',
    [365, 7],
    ['7 2026-09', '7 2026-10', '365 2026-09', '365 2026-10'],
  ],
  ['of different deadlines by these', [40, 60], ['40 2026-09', '60 2026-09', '40 2026-10', '60 2026-10']],
  ['of the same deadline by age', [60, 90], ['60 2026-09', '90 2026-09', '60 2026-10', '90 2026-10']],
])('orders periods %s', (_, retentions, expected) => {
  const classes = retentions.map((retentionInDays) => ({ retentionInDays, logGroups: [`${retentionInDays}`] }));

  expect(
    orderByDeadline(PERIODS, classes).map(({ period, logGroupFiles }) => `${logGroupFiles} ${period.name}`),
  ).toEqual(expected);
});

it('plans nothing without log groups', () => {
  expect(orderByDeadline(PERIODS, [])).toEqual([]);
});
