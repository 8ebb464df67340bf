import { createLoss, DAY_MS, type LossCause, parsePeriod } from '@log-archiver/core';
import type { FoundLogGroup } from '../../src/log-group';
import { checkEligibility, type EligibilityRules } from '../../src/page/eligibility';
import { DETAILS, foundLogGroup, incarnation, OCTOBER, WEB } from '../found-log-group';

const { from: FROM, to: TO } = OCTOBER;
const RULES: EligibilityRules = {
  keyPrefix: '',
  timeZone: 'Asia/Tokyo',
  now: Date.parse('2026-11-02T03:00:05.000Z'),
  force: false,
  adoptAfter: null,
};
const FORCED = { ...RULES, force: true };
const { storedBytes: _, ...PROPERTIES } = DETAILS;

/** Rules at the time when a log group retains exactly what is from this instant on. */
const retaining = (instant: number, retentionInDays: number) => ({ ...RULES, now: instant + retentionInDays * DAY_MS });

/** Creates the loss from one day of October, counted from 0, to before another. */
const loss = (cause: LossCause, first: number, end: number) =>
  createLoss(cause, { from: FROM + first * DAY_MS, to: FROM + end * DAY_MS - 1 });

const deleted = (changes: Partial<FoundLogGroup>): FoundLogGroup => ({ ...WEB, details: null, ...changes });

/** A log group that was deleted on 5 October, and created again on a day of October, counted from 0. */
const recreated = (day: number, details: object = {}) =>
  foundLogGroup({ createdAt: FROM + day * DAY_MS, ...details }, { earlier: [incarnation(-100, 4)] });

it('plans an item for a log group and period without a receipt', () => {
  const logGroup = foundLogGroup({ retentionInDays: 400 });

  expect(checkEligibility(logGroup, OCTOBER, false, { ...RULES, keyPrefix: 'logs' })).toEqual({
    item: {
      logGroupName: '/app/web',
      s3Prefix: 'app/web',
      period: '2026-10',
      periodFrom: FROM,
      periodTo: TO,
      previousPeriod: parsePeriod('2026-09', 'Asia/Tokyo'),
      from: FROM,
      to: TO,
      destinationPrefix: 'logs/2026/10/app/web',
      adoptAfter: null,
      logGroup: { ...PROPERTIES, retentionInDays: 400, removedBefore: null },
      losses: [],
      force: false,
      attempt: 1,
      part: null,
    },
  });
});

it('plans a forced item that adopts no task of an earlier run', () => {
  expect(checkEligibility(WEB, OCTOBER, false, { ...FORCED, adoptAfter: 17 })).toMatchObject({
    item: { force: true, adoptAfter: 17 },
  });
});

const INVALID_NAME = { error: 'InvalidArchiveRequest' as const, cause: 'logGroupName must be a log group name' };
const CLASH = { error: 'DestinationClash' as const, cause: 's3Prefix must be different' };
const LONG_PREFIX = 'x'.repeat(457);
const young = (day: number) => foundLogGroup({ createdAt: FROM + day * DAY_MS, retentionInDays: 46 });

it.each<[string, FoundLogGroup, boolean, EligibilityRules, object]>([
  ['has a receipt', WEB, true, RULES, { status: 'ARCHIVED' }],
  ['has a receipt and was deleted', deleted({}), true, RULES, { status: 'ARCHIVED' }],
  [
    'has a receipt and shares its prefix with another one',
    { ...WEB, fault: CLASH },
    true,
    RULES,
    { status: 'ARCHIVED' },
  ],
  ['has a receipt and was deleted, by force', deleted({}), true, FORCED, { status: 'ARCHIVED' }],
  [
    'has a receipt and retains less, by force',
    foundLogGroup({ retentionInDays: 7 }),
    true,
    FORCED,
    { status: 'ARCHIVED' },
  ],
  ['has a receipt and was created later, by force', recreated(40), true, FORCED, { status: 'ARCHIVED' }],
  [
    'has a receipt and has lost an event that is older than itself, by force',
    young(1),
    true,
    { ...retaining(FROM - 13 * DAY_MS + 1, 46), force: true },
    { status: 'ARCHIVED' },
  ],
  ['shares its prefix with another one', { ...WEB, fault: CLASH }, false, RULES, { status: 'FAILED', ...CLASH }],
  ['has an invalid name', deleted({ fault: INVALID_NAME }), false, RULES, { status: 'FAILED', ...INVALID_NAME }],
  [
    'has a prefix that is not a key',
    { ...WEB, s3Prefix: 'a//b' },
    false,
    RULES,
    {
      status: 'FAILED',
      error: 'InvalidArchiveRequest',
      cause: 's3Prefix must not start or end with / or contain //, got "a//b"',
    },
  ],
  [
    'has a key that is too long',
    { ...WEB, s3Prefix: LONG_PREFIX },
    false,
    RULES,
    { status: 'FAILED', error: 'InvalidArchiveRequest', cause: 's3Prefix makes a key of 465 bytes; the limit is 464' },
  ],
  [
    'is named, and was never seen',
    deleted({ isNamed: true }),
    false,
    RULES,
    { status: 'SKIPPED', error: 'LogGroupNotFound' },
  ],
  [
    'is named, and was deleted before the period',
    deleted({ isNamed: true, earlier: [incarnation(-100, -1)] }),
    false,
    RULES,
    { status: 'SKIPPED', error: 'LogGroupNotFound' },
  ],
  [
    'was deleted in the period',
    deleted({ earlier: [incarnation(-100, 4)] }),
    false,
    RULES,
    { status: 'LOST', error: 'LogGroupDeleted', losses: [loss('LogGroupDeleted', 0, 31)] },
  ],
  [
    'was deleted twice in the period',
    deleted({ earlier: [incarnation(-100, 4), incarnation(20, 25)] }),
    false,
    RULES,
    {
      status: 'LOST',
      error: 'LogGroupDeleted',
      losses: [loss('LogGroupRecreated', 0, 20), loss('LogGroupDeleted', 6, 31)],
    },
  ],
  [
    'was deleted in the period, and could not be exported',
    deleted({ earlier: [incarnation(-100, 4, { logGroupClass: 'DELIVERY' })] }),
    false,
    RULES,
    { status: 'SKIPPED', error: 'ClassNotExportable' },
  ],
  [
    'was created after the period',
    foundLogGroup({ createdAt: TO + 1 }),
    false,
    RULES,
    { status: 'SKIPPED', error: 'CreatedLater' },
  ],
  [
    'was created again after the period',
    recreated(40),
    false,
    RULES,
    { status: 'LOST', error: 'LogGroupRecreated', losses: [loss('LogGroupRecreated', 0, 31)] },
  ],
  [
    'has a class without exports',
    foundLogGroup({ logGroupClass: 'DELIVERY' }),
    false,
    RULES,
    { status: 'SKIPPED', error: 'ClassNotExportable' },
  ],
  [
    'was created again with a class without exports',
    recreated(20, { logGroupClass: 'DELIVERY' }),
    false,
    RULES,
    { status: 'LOST', error: 'LogGroupRecreated', losses: [loss('LogGroupRecreated', 0, 20)] },
  ],
  [
    'retains nothing of it',
    foundLogGroup({ retentionInDays: 7 }),
    false,
    retaining(TO + 1, 7),
    { status: 'LOST', error: 'RetentionExpired', losses: [loss('RetentionExpired', 0, 31)] },
  ],
  [
    'retains nothing of it, and was created in it',
    foundLogGroup({ createdAt: FROM + 20 * DAY_MS, retentionInDays: 7 }),
    false,
    retaining(TO + 1, 7),
    { status: 'LOST', error: 'RetentionExpired', losses: [loss('RetentionExpired', 6, 31)] },
  ],
])('does not export a log group that %s', (_name, logGroup, hasReceipt, rules, result) => {
  expect(checkEligibility(logGroup, OCTOBER, hasReceipt, rules)).toEqual({
    entry: {
      logGroupName: '/app/web',
      period: '2026-10',
      from: FROM,
      to: TO,
      error: null,
      cause: null,
      taskId: null,
      destinationPrefix: null,
      leftover: null,
      losses: [],
      storedBytes: logGroup.details?.storedBytes ?? null,
      ...result,
    },
  });
});

it('reports nothing for a log group that is not named, and that was deleted before the period', () => {
  expect(checkEligibility(deleted({ earlier: [incarnation(-100, -1)] }), OCTOBER, false, RULES)).toBeNull();
});

it.each<[string, FoundLogGroup, EligibilityRules, object[]]>([
  ['was created at the end of the period', foundLogGroup({ createdAt: TO }), RULES, []],
  ['has another class', foundLogGroup({ logGroupClass: 'INFREQUENT_ACCESS' }), RULES, []],
  ['retains all of it', foundLogGroup({ retentionInDays: 33 }), retaining(FROM, 33), []],
  [
    'has lost a day',
    foundLogGroup({ retentionInDays: 33 }),
    retaining(FROM + DAY_MS, 33),
    [loss('RetentionExpired', 0, 1)],
  ],
  [
    'retains its last millisecond',
    foundLogGroup({ retentionInDays: 7 }),
    retaining(TO, 7),
    [createLoss('RetentionExpired', { from: FROM, to: TO - 1 })],
  ],
  [
    'was created in it, and had no event on the expired days',
    foundLogGroup({ createdAt: FROM + 20 * DAY_MS, retentionInDays: 33 }),
    retaining(FROM + 6 * DAY_MS, 33),
    [],
  ],
  ['has the longest key', { ...WEB, s3Prefix: LONG_PREFIX.slice(1) }, RULES, []],
  ['was created again in the period', recreated(20), RULES, [loss('LogGroupRecreated', 0, 20)]],
  [
    'was created again, and has lost a day',
    recreated(20, { retentionInDays: 33 }),
    retaining(FROM + 21 * DAY_MS, 33),
    [loss('LogGroupRecreated', 0, 20), loss('RetentionExpired', 6, 21)],
  ],
])('exports the whole period of a log group that %s', (_name, logGroup, rules, losses) => {
  expect(checkEligibility(logGroup, OCTOBER, false, rules)).toMatchObject({ item: { from: FROM, to: TO, losses } });
});

it('exports a log group with its events that are older than itself', () => {
  expect(checkEligibility(foundLogGroup({ createdAt: FROM }), OCTOBER, false, RULES)).toMatchObject({
    item: { from: FROM - 14 * DAY_MS, to: TO, periodFrom: FROM, periodTo: TO },
  });
});

it.each<[string, FoundLogGroup, EligibilityRules]>([
  ['retains all of it', WEB, FORCED],
  ['was created again in the period', recreated(20), FORCED],
  ['retains its oldest event', young(1), { ...retaining(FROM - 13 * DAY_MS, 46), force: true }],
])('exports again by force a log group that has a receipt, and %s', (_name, logGroup, rules) => {
  expect(checkEligibility(logGroup, OCTOBER, true, rules)).toMatchObject({ item: { force: true } });
});

it.each([
  ['an earlier, shorter retention', null, FROM + DAY_MS, FROM + DAY_MS, [loss('RetentionExpired', 0, 1)]],
  [
    'an earlier retention of which nothing of the period is left',
    365,
    TO + DAY_MS,
    TO + DAY_MS,
    [loss('RetentionExpired', 0, 31)],
  ],
  [
    "today's retention",
    30,
    RULES.now - 30 * DAY_MS,
    null,
    [createLoss('RetentionExpired', { from: FROM, to: RULES.now - 30 * DAY_MS - 1 })],
  ],
])('counts what %s has removed', (_name, retentionInDays, removedBefore, ofItem, losses) => {
  const logGroup = foundLogGroup({ retentionInDays }, { removedBefore });

  expect(checkEligibility(logGroup, OCTOBER, false, RULES)).toMatchObject({
    item: { logGroup: { removedBefore: ofItem }, losses },
  });
});

it('rethrows any error that is not about a key', () => {
  expect(() => checkEligibility(WEB, { ...OCTOBER, name: null as never }, false, RULES)).toThrow(TypeError);
});
