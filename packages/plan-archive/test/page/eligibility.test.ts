import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import type { Period } from '@log-archiver/core';
import type { FoundLogGroup } from '../../src/log-group';
import { type Circumstances, decide } from '../../src/page/eligibility';
import { DAY } from '../world';

const FROM = Date.parse('2026-09-30T15:00:00.000Z');
const TO = Date.parse('2026-10-31T14:59:59.999Z');
const OCTOBER: Period = { name: '2026-10', from: FROM, to: TO };
const DETAILS: LogGroupDetails = {
  creationTime: 0,
  retentionInDays: null,
  storedBytes: 12_345,
  logGroupClass: 'STANDARD',
};
const WEB: FoundLogGroup = { logGroupName: '/app/web', s3Prefix: 'app/web', clashes: false, details: DETAILS };
const USUAL: Circumstances = {
  parameters: { keyPrefix: '' },
  hasReceipt: false,
  now: Date.parse('2026-11-02T03:00:05.000Z'),
  force: false,
  adoptAfter: null,
};

const web = (details: Partial<LogGroupDetails>): FoundLogGroup => ({ ...WEB, details: { ...DETAILS, ...details } });

/** So that the log group retains exactly what is from this instant on. */
const retaining = (instant: number, retentionInDays: number) => ({ ...USUAL, now: instant + retentionInDays * DAY });

it('a log group and a period without a receipt are exported, with all that the export needs', () => {
  expect(decide(web({ retentionInDays: 400 }), OCTOBER, { ...USUAL, parameters: { keyPrefix: 'logs' } })).toEqual({
    item: {
      logGroupName: '/app/web',
      s3Prefix: 'app/web',
      period: '2026-10',
      periodFrom: FROM,
      periodTo: TO,
      from: FROM,
      to: TO,
      destinationPrefix: 'logs/2026/10/app/web',
      adoptAfter: null,
      retentionInDays: 400,
      daysLost: null,
      force: false,
      attempt: 1,
      part: null,
      slotDeadline: 0,
    },
  });
});

it('what is archived by force takes no task of an earlier run', () => {
  expect(decide(WEB, OCTOBER, { ...USUAL, force: true, adoptAfter: 17 })).toMatchObject({
    item: { force: true, adoptAfter: 17 },
  });
});

it('by force what has a receipt is exported again, unless retention has taken some of it since', () => {
  const forced = { hasReceipt: true, force: true };
  const again = { ...USUAL, ...forced };

  expect(decide(WEB, OCTOBER, again)).toMatchObject({ item: { force: true } });
  expect(decide(web({ retentionInDays: 7 }), OCTOBER, again)).toMatchObject({
    reported: { status: 'SKIPPED', error: 'LessThanArchived' },
  });
  // It had events that are older than itself, which were archived with this period.
  const young = web({ creationTime: FROM + DAY, retentionInDays: 46 });
  expect(decide(young, OCTOBER, { ...retaining(FROM - 13 * DAY, 46), ...forced })).toMatchObject({
    item: { from: FROM - 13 * DAY },
  });
  expect(decide(young, OCTOBER, { ...retaining(FROM - 13 * DAY + 1, 46), ...forced })).toMatchObject({
    reported: { error: 'LessThanArchived' },
  });
  expect(decide(web({ retentionInDays: 7 }), OCTOBER, { ...again, hasReceipt: false })).toMatchObject({
    item: { daysLost: 26 },
  });
});

const LONG_PREFIX = 'x'.repeat(457);

it.each<[string, FoundLogGroup, Circumstances, string, string]>([
  ['has a receipt', WEB, { ...USUAL, hasReceipt: true }, 'SKIPPED', 'AlreadyArchived'],
  [
    'has a receipt and is gone',
    { ...WEB, details: null },
    { ...USUAL, hasReceipt: true },
    'SKIPPED',
    'AlreadyArchived',
  ],
  ['does not exist', { ...WEB, details: null }, USUAL, 'SKIPPED', 'LogGroupNotFound'],
  ['was created after the period', web({ creationTime: TO + 1 }), USUAL, 'SKIPPED', 'CreatedLater'],
  ['is of a class that cannot be exported', web({ logGroupClass: 'DELIVERY' }), USUAL, 'SKIPPED', 'ClassNotExportable'],
  ['retains nothing of it', web({ retentionInDays: 7 }), retaining(TO + 1, 7), 'SKIPPED', 'RetentionExpired'],
  ['shares its prefix with another one', { ...WEB, clashes: true }, USUAL, 'FAILED', 'DestinationClash'],
  [
    'shares its prefix, and has a receipt',
    { ...WEB, clashes: true },
    { ...USUAL, hasReceipt: true },
    'FAILED',
    'DestinationClash',
  ],
  ['has a prefix that is no key', { ...WEB, s3Prefix: 'a//b' }, USUAL, 'FAILED', 'InvalidArchiveRequest'],
  ['has a key that is too long', { ...WEB, s3Prefix: LONG_PREFIX }, USUAL, 'FAILED', 'InvalidArchiveRequest'],
])('a log group that %s is not exported', (_, logGroup, circumstances, status, error) => {
  expect(decide(logGroup, OCTOBER, circumstances)).toEqual({
    reported: {
      logGroupName: '/app/web',
      period: '2026-10',
      from: FROM,
      to: TO,
      status,
      error,
      taskId: null,
      destinationPrefix: null,
      leftover: null,
      daysLost: null,
      storedBytes: logGroup.details?.storedBytes ?? null,
    },
  });
});

it.each([
  ['before the period', FROM - 1, FROM],
  ['with the period', FROM, FROM - 14 * DAY],
  ['13 days into it', FROM + 13 * DAY, FROM - DAY],
  ['14 days into it', FROM + 14 * DAY, FROM],
  ['at its end', TO, FROM],
])('a log group that was created %s is exported with its events that are older', (_, creationTime, from) => {
  expect(decide(web({ creationTime }), OCTOBER, USUAL)).toMatchObject({
    item: { from, to: TO, periodFrom: FROM, periodTo: TO, daysLost: null },
  });
});

it.each<[string, FoundLogGroup, Circumstances, number | null]>([
  ['was created at the end of the period', web({ creationTime: TO }), USUAL, null],
  ['is of another class', web({ logGroupClass: 'INFREQUENT_ACCESS' }), USUAL, null],
  ['retains all of it', web({ retentionInDays: 33 }), retaining(FROM, 33), null],
  ['has lost its first millisecond', web({ retentionInDays: 33 }), retaining(FROM + 1, 33), 1],
  ['has lost a day', web({ retentionInDays: 33 }), retaining(FROM + DAY, 33), 1],
  ['has lost a little more than a day', web({ retentionInDays: 33 }), retaining(FROM + DAY + 1, 33), 2],
  ['retains its last millisecond', web({ retentionInDays: 7 }), retaining(TO, 7), 31],
  ['has the longest key', { ...WEB, s3Prefix: LONG_PREFIX.slice(1) }, USUAL, null],
])('a log group that %s is exported as a whole', (_, logGroup, circumstances, daysLost) => {
  expect(decide(logGroup, OCTOBER, circumstances)).toMatchObject({ item: { from: FROM, to: TO, daysLost } });
});

it('any other error than that of a key is nobody else’s business', () => {
  expect(() => decide(WEB, OCTOBER, { ...USUAL, parameters: null as never })).toThrow(TypeError);
});
