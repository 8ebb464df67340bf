import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import { DAY_MS, type Period } from '@log-archiver/core';
import type { FoundLogGroup } from '../../src/log-group';
import { checkEligibility, type EligibilityRules } from '../../src/page/eligibility';

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
const RULES: EligibilityRules = {
  keyPrefix: '',
  now: Date.parse('2026-11-02T03:00:05.000Z'),
  force: false,
  adoptAfter: null,
};

const web = (details: Partial<LogGroupDetails>): FoundLogGroup => ({ ...WEB, details: { ...DETAILS, ...details } });

/** Rules at the time when a log group retains exactly what is from this instant on. */
const retaining = (instant: number, retentionInDays: number) => ({ ...RULES, now: instant + retentionInDays * DAY_MS });

it('plans an item for a log group and period without a receipt', () => {
  expect(checkEligibility(web({ retentionInDays: 400 }), OCTOBER, false, { ...RULES, keyPrefix: 'logs' })).toEqual({
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
    },
  });
});

it('plans a forced item that adopts no task of an earlier run', () => {
  expect(checkEligibility(WEB, OCTOBER, false, { ...RULES, force: true, adoptAfter: 17 })).toMatchObject({
    item: { force: true, adoptAfter: 17 },
  });
});

it('exports again by force unless retention has removed events since', () => {
  const forced = { ...RULES, force: true };

  expect(checkEligibility(WEB, OCTOBER, true, forced)).toMatchObject({ item: { force: true } });
  expect(checkEligibility(web({ retentionInDays: 7 }), OCTOBER, true, forced)).toMatchObject({
    entry: { status: 'SKIPPED', error: 'LessThanArchived' },
  });
  // The log group had events that are older than itself, which were archived with this period.
  const young = web({ creationTime: FROM + DAY_MS, retentionInDays: 46 });
  expect(checkEligibility(young, OCTOBER, true, { ...retaining(FROM - 13 * DAY_MS, 46), force: true })).toMatchObject({
    item: { from: FROM - 13 * DAY_MS },
  });
  expect(
    checkEligibility(young, OCTOBER, true, { ...retaining(FROM - 13 * DAY_MS + 1, 46), force: true }),
  ).toMatchObject({
    entry: { error: 'LessThanArchived' },
  });
  expect(checkEligibility(web({ retentionInDays: 7 }), OCTOBER, false, forced)).toMatchObject({
    item: { daysLost: 26 },
  });
});

const LONG_PREFIX = 'x'.repeat(457);

it.each<[string, FoundLogGroup, boolean, EligibilityRules, string, string]>([
  ['has a receipt', WEB, true, RULES, 'SKIPPED', 'AlreadyArchived'],
  ['has a receipt and was deleted', { ...WEB, details: null }, true, RULES, 'SKIPPED', 'AlreadyArchived'],
  ['does not exist', { ...WEB, details: null }, false, RULES, 'SKIPPED', 'LogGroupNotFound'],
  ['was created after the period', web({ creationTime: TO + 1 }), false, RULES, 'SKIPPED', 'CreatedLater'],
  ['has a class without exports', web({ logGroupClass: 'DELIVERY' }), false, RULES, 'SKIPPED', 'ClassNotExportable'],
  ['retains nothing of it', web({ retentionInDays: 7 }), false, retaining(TO + 1, 7), 'SKIPPED', 'RetentionExpired'],
  ['shares its prefix with another one', { ...WEB, clashes: true }, false, RULES, 'FAILED', 'DestinationClash'],
  ['shares its prefix and has a receipt', { ...WEB, clashes: true }, true, RULES, 'FAILED', 'DestinationClash'],
  ['has a prefix that is not a key', { ...WEB, s3Prefix: 'a//b' }, false, RULES, 'FAILED', 'InvalidArchiveRequest'],
  ['has a key that is too long', { ...WEB, s3Prefix: LONG_PREFIX }, false, RULES, 'FAILED', 'InvalidArchiveRequest'],
])('does not export a log group that %s', (_, logGroup, hasReceipt, rules, status, error) => {
  expect(checkEligibility(logGroup, OCTOBER, hasReceipt, rules)).toEqual({
    entry: {
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
  ['with the period', FROM, FROM - 14 * DAY_MS],
  ['13 days into it', FROM + 13 * DAY_MS, FROM - DAY_MS],
  ['14 days into it', FROM + 14 * DAY_MS, FROM],
  ['at its end', TO, FROM],
])('exports a log group that was created %s with its older events', (_, creationTime, from) => {
  expect(checkEligibility(web({ creationTime }), OCTOBER, false, RULES)).toMatchObject({
    item: { from, to: TO, periodFrom: FROM, periodTo: TO, daysLost: null },
  });
});

it.each<[string, FoundLogGroup, EligibilityRules, number | null]>([
  ['was created at the end of the period', web({ creationTime: TO }), RULES, null],
  ['has another class', web({ logGroupClass: 'INFREQUENT_ACCESS' }), RULES, null],
  ['retains all of it', web({ retentionInDays: 33 }), retaining(FROM, 33), null],
  ['has lost its first millisecond', web({ retentionInDays: 33 }), retaining(FROM + 1, 33), 1],
  ['has lost a day', web({ retentionInDays: 33 }), retaining(FROM + DAY_MS, 33), 1],
  ['has lost a little more than a day', web({ retentionInDays: 33 }), retaining(FROM + DAY_MS + 1, 33), 2],
  ['retains its last millisecond', web({ retentionInDays: 7 }), retaining(TO, 7), 31],
  ['has the longest key', { ...WEB, s3Prefix: LONG_PREFIX.slice(1) }, RULES, null],
])('exports the whole period of a log group that %s', (_, logGroup, rules, daysLost) => {
  expect(checkEligibility(logGroup, OCTOBER, false, rules)).toMatchObject({ item: { from: FROM, to: TO, daysLost } });
});

it('rethrows any error that is not about a key', () => {
  expect(() => checkEligibility(WEB, { ...OCTOBER, name: null as never }, false, RULES)).toThrow(TypeError);
});
