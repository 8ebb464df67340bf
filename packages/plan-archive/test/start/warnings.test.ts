import { PARAMETERS } from '@log-archiver/aws-clients/testing';
import type { FoundLogGroup } from '../../src/log-group';
import { findWarnings, warningKey } from '../../src/start/warnings';
import { foundLogGroup, incarnation, WEB } from '../found-log-group';

const MONTHLY = { ...PARAMETERS, timeZone: 'UTC', settleHours: 24 };
const DAILY = { ...MONTHLY, frequency: 'DAILY' as const };
const NOW = '2026-11-02T03:00:00.000Z';

const warn = (logGroups: FoundLogGroup[], parameters = MONTHLY, now = NOW) =>
  findWarnings({ logGroups, emptySelections: [] }, parameters, Date.parse(now));
const keeping = (retentionInDays: number | null) => foundLogGroup({ retentionInDays });

it('warns of a selection that finds nothing', () => {
  const selection = { of: { by: 'PREFIX' as const, prefix: '/none' }, excluding: [] };
  const subject = '{"of":{"by":"PREFIX","prefix":"/none"},"excluding":[]}';

  expect(findWarnings({ logGroups: [], emptySelections: [selection] }, MONTHLY, Date.parse(NOW))).toEqual([
    { type: 'EmptySelection', subject, message: 'the selection finds no log group' },
  ]);
});

it('warns of a named log group that was never seen', () => {
  expect(warn([{ ...WEB, isNamed: true, details: null }])).toEqual([
    {
      type: 'LogGroupNeverSeen',
      subject: '/app/web',
      message: 'the log group does not exist, and no run has ever seen it; check its name',
    },
  ]);
});

it.each<[string, FoundLogGroup]>([
  ['exists', { ...WEB, isNamed: true }],
  ['was seen, and is deleted', { ...WEB, isNamed: true, details: null, earlier: [incarnation(-10, 4)] }],
  ['is not named', { ...WEB, details: null }],
  [
    'has an invalid name',
    { ...WEB, isNamed: true, details: null, fault: { error: 'InvalidArchiveRequest', cause: 'invalid' } },
  ],
  ['keeps its events', keeping(null)],
  ['cannot be exported', foundLogGroup({ retentionInDays: 1, logGroupClass: 'DELIVERY' })],
])('does not warn of a log group that %s', (_, logGroup) => {
  expect(warn([logGroup])).toEqual([]);
});

const start = (days: string, needed: string) => `events are kept for ${days}, but need to be kept for ${needed}`;

it.each([
  [
    'months',
    MONTHLY,
    30,
    NOW,
    `${start('30 days', '34 days')} until their export; with the archive of 2026-11, ` +
      'those from 2026-11-01T00:00:00.000Z to 2026-11-01T23:59:59.999Z are lost',
  ],
  [
    'months, the first of which is short enough',
    MONTHLY,
    31,
    NOW,
    `${start('31 days', '34 days')} until their export; with the archive of 2026-12, ` +
      'those from 2026-12-01T00:00:00.000Z to 2026-12-01T23:59:59.999Z are lost',
  ],
  [
    'months without a margin',
    MONTHLY,
    32,
    NOW,
    `${start('32 days', '34 days')}, so that a run can be late without a loss`,
  ],
  [
    'months of which nothing is left',
    MONTHLY,
    1,
    NOW,
    `${start('1 day', '34 days')} until their export; with the archive of 2026-11, ` +
      'those from 2026-11-01T00:00:00.000Z to 2026-11-30T23:59:59.999Z are lost',
  ],
  [
    'days',
    DAILY,
    1,
    NOW,
    `${start('1 day', '4 days')} until their export; with the archive of 2026-11-02, ` +
      'those from 2026-11-02T00:00:00.000Z to 2026-11-02T23:59:59.999Z are lost',
  ],
  [
    'months of which a run can be late by hours only',
    MONTHLY,
    33,
    NOW,
    `${start('33 days', '34 days')}, so that a run can be late without a loss`,
  ],
  [
    'days that settle for 36 hours',
    { ...DAILY, settleHours: 36 },
    3,
    NOW,
    `${start('3 days', '5 days')}, so that a run can be late without a loss`,
  ],
])('warns of a retention that is too short for %s', (_, parameters, retentionInDays, now, message) => {
  expect(warn([keeping(retentionInDays)], parameters, now)).toEqual([
    { type: 'RetentionTooShort', subject: '/app/web', message },
  ]);
});

it.each([
  [MONTHLY, 34],
  [DAILY, 4],
])('does not warn of a retention that is long enough: %#', (parameters, retentionInDays) => {
  expect(warn([keeping(retentionInDays)], parameters)).toEqual([]);
});

it('identifies a warning by its type and subject', () => {
  expect(warningKey({ type: 'RetentionTooShort', subject: '/app/web', message: 'any' })).toBe(
    'RetentionTooShort /app/web',
  );
});
