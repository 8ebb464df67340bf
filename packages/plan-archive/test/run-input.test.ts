import { NOW } from '@log-archiver/aws-clients/testing';
import { parseInput, type ValidInput } from '../src/run-input';
import { invalidRequest, REQUEST, World } from './world';

const DEFAULTS: ValidInput = {
  scheduledTime: '2026-11-02T03:00:01.000Z',
  period: null,
  logGroups: null,
  dryRun: false,
  force: false,
  isScheduled: true,
};

const parse = (input: unknown, changes: object = {}) =>
  parseInput({ ...REQUEST, ...changes, input: input as object }, Date.parse(NOW));

it.each([
  ['an empty input', {}, {}],
  ['a period that is null', { period: null }, {}],
  ['a period', { period: '2026-10' }, { period: '2026-10', isScheduled: false }],
  ['an instant', { scheduledTime: '2026-11-02T12:00:00+09:00' }, { scheduledTime: '2026-11-02T12:00:00+09:00' }],
  ['an instant 5 minutes ahead', { scheduledTime: '2026-11-02T03:05:05Z' }, { scheduledTime: '2026-11-02T03:05:05Z' }],
  ['flags', { dryRun: true, force: true }, { dryRun: true, force: true, isScheduled: false }],
  ['flags that are false', { dryRun: false, force: false }, {}],
  [
    'log groups, with and without a prefix',
    {
      logGroups: [
        { logGroupName: '/a' },
        { logGroupName: '/b', s3Prefix: 'x' },
        { logGroupName: '/c', s3Prefix: null },
      ],
    },
    {
      logGroups: [
        { logGroupName: '/a', s3Prefix: null },
        { logGroupName: '/b', s3Prefix: 'x' },
        { logGroupName: '/c', s3Prefix: null },
      ],
      isScheduled: false,
    },
  ],
])('parses %s', (_, input, expected) => {
  expect(parse(input)).toEqual({ ...DEFAULTS, ...expected });
});

const FIELDS = 'expected one of scheduledTime, period, logGroups, dryRun, force';
const ISO = 'an ISO 8601 instant with a zone such as "2026-11-02T03:00:00Z"';

it.each([
  [[], 'input must be an object, got []'],
  [null, 'input must be an object, got null'],
  ['2026-10', 'input must be an object, got "2026-10"'],
  [{ logGroup: '/a' }, `unknown input field "logGroup"; ${FIELDS}`],
  [{ s3BucketName: 'other' }, `unknown input field "s3BucketName"; ${FIELDS}`],
  [{ toString: 1 }, `unknown input field "toString"; ${FIELDS}`],
  [{ scheduledTime: 'today' }, `scheduledTime must be ${ISO}, got "today"`],
  [{ scheduledTime: '2026-11-02T03:00:00' }, `scheduledTime must be ${ISO}, got "2026-11-02T03:00:00"`],
  [
    { scheduledTime: '2026-11-02T03:05:05.001Z' },
    'scheduledTime must not be later than now (2026-11-02T03:00:05.000Z), got "2026-11-02T03:05:05.001Z"',
  ],
  [{ period: '' }, 'period must be a non-empty string or null, got ""'],
  [{ period: 2026 }, 'period must be a non-empty string or null, got 2026'],
  [{ dryRun: 'yes' }, 'dryRun must be a boolean, got "yes"'],
  [{ dryRun: null }, 'dryRun must be a boolean, got null'],
  [{ force: 1 }, 'force must be a boolean, got 1'],
  [{ logGroups: null }, 'logGroups must be a non-empty array, got null'],
])('rejects %j', (input, message) => {
  expect(() => parse(input)).toThrow(invalidRequest(message));
});

const LONGEST = `/${'a'.repeat(511)}`;
const TARGET_FIELDS = 'expected one of logGroupName, s3Prefix';

const parseTargets = (logGroups: unknown) => parse({ logGroups }).logGroups;

it.each(['/a', 'a', '/aws/lambda/a-b_c.d#e', LONGEST])('accepts %p as the name of a log group', (logGroupName) => {
  expect(parseTargets([{ logGroupName }])).toEqual([{ logGroupName, s3Prefix: null }]);
});

it.each([
  [[], 'logGroups must be a non-empty array, got []'],
  [{}, 'logGroups must be a non-empty array, got {}'],
  ['/a', 'logGroups must be a non-empty array, got "/a"'],
  [['/a'], 'logGroups[0] must be an object, got "/a"'],
  [[null], 'logGroups[0] must be an object, got null'],
  [[['/a']], 'logGroups[0] must be an object, got ["/a"]'],
  [[{ logGroupName: '/a', s3prefix: 'x' }], `unknown field "s3prefix" in logGroups[0]; ${TARGET_FIELDS}`],
  [[{ logGroupName: '/a' }, {}], 'logGroups[1].logGroupName must be a log group name, got undefined'],
  [[{ logGroupName: '' }], 'logGroups[0].logGroupName must be a log group name, got ""'],
  [[{ logGroupName: 'a b' }], 'logGroups[0].logGroupName must be a log group name, got "a b"'],
  [[{ logGroupName: '/a*' }], 'logGroups[0].logGroupName must be a log group name, got "/a*"'],
  [[{ logGroupName: `${LONGEST}a` }], `logGroups[0].logGroupName must be a log group name, got "${LONGEST}a"`],
  [[{ logGroupName: '/a', s3Prefix: '' }], 'logGroups[0].s3Prefix must be a non-empty string or null, got ""'],
  [[{ logGroupName: '/a', s3Prefix: 1 }], 'logGroups[0].s3Prefix must be a non-empty string or null, got 1'],
  [
    [{ logGroupName: '/a' }, { logGroupName: '/b' }, { logGroupName: '/a', s3Prefix: 'x' }],
    'logGroups must not contain duplicates, got "/a" twice',
  ],
])('rejects logGroups %j', (logGroups, message) => {
  expect(() => parseTargets(logGroups)).toThrow(invalidRequest(message));
});

it('rejects an input of more than 120,000 bytes', () => {
  const createInput = (length: number) => ({ period: 'x'.repeat(length - '{"period":""}'.length) });

  expect(parse(createInput(120_000)).period).toHaveLength(119_987);
  expect(() => parse(createInput(120_001))).toThrow(
    invalidRequest('input must be at most 120000 bytes long, got 120001 bytes'),
  );
});

it('requires log groups in the input if the definition has none', () => {
  const none = { logGroups: [], selectors: [] };

  expect(() => parse({}, none)).toThrow(invalidRequest('logGroups is required: the state machine defines none'));
  expect(parse({ logGroups: [{ logGroupName: '/a' }] }, none).logGroups).toHaveLength(1);
  expect(parse({}, { ...none, logGroups: [{ logGroupName: '/a', s3Prefix: null }] })).toEqual(DEFAULTS);
});

it('rejects an input before the planner calls AWS', async () => {
  const world = new World(['/app/web']);

  await expect(world.plan({ input: { dryrun: true } as object })).rejects.toEqual(
    invalidRequest(`unknown input field "dryrun"; ${FIELDS}`),
  );
  expect(world.listOperations()).toEqual([]);
});
