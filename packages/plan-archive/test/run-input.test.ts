import { type ArchiveOrder, readOrder } from '../src/run-input';
import { invalidRequest } from './invalid-request';
import { NOW, REQUEST, World } from './world';

const DEFAULTS: ArchiveOrder = {
  scheduledTime: '2026-11-02T03:00:01.000Z',
  period: null,
  logGroups: null,
  dryRun: false,
  force: false,
};

const read = (request: unknown, changes: object = {}) =>
  readOrder({ ...REQUEST, ...changes, input: request as object }, Date.parse(NOW));

it.each([
  ['nothing', {}, {}],
  ['a period that is null', { period: null }, {}],
  ['a period', { period: '2026-10' }, { period: '2026-10' }],
  ['an instant', { scheduledTime: '2026-11-02T12:00:00+09:00' }, { scheduledTime: '2026-11-02T12:00:00+09:00' }],
  ['an instant 5 minutes ahead', { scheduledTime: '2026-11-02T03:05:05Z' }, { scheduledTime: '2026-11-02T03:05:05Z' }],
  ['flags', { dryRun: true, force: true }, { dryRun: true, force: true }],
  ['flags that are off', { dryRun: false, force: false }, {}],
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
    },
  ],
])('%s is read', (_, request, expected) => {
  expect(read(request)).toEqual({ ...DEFAULTS, ...expected });
});

const FIELDS = 'left out: an input has scheduledTime, period, logGroups, dryRun, force at most';
const ISO = 'an instant in ISO 8601 with a zone such as "2026-11-02T03:00:00Z"';

it.each([
  [[], 'the input must be an object, got []'],
  [null, 'the input must be an object, got null'],
  ['2026-10', 'the input must be an object, got "2026-10"'],
  [{ logGroup: '/a' }, `logGroup must be ${FIELDS}, got "/a"`],
  [{ s3BucketName: 'other' }, `s3BucketName must be ${FIELDS}, got "other"`],
  [{ toString: 1 }, `toString must be ${FIELDS}, got 1`],
  [{ scheduledTime: 'today' }, `scheduledTime must be ${ISO}, got "today"`],
  [{ scheduledTime: '2026-11-02T03:00:00' }, `scheduledTime must be ${ISO}, got "2026-11-02T03:00:00"`],
  [
    { scheduledTime: '2026-11-02T03:05:05.001Z' },
    'scheduledTime must be not later than now, 2026-11-02T03:00:05.000Z, got "2026-11-02T03:05:05.001Z"',
  ],
  [{ period: '' }, 'period must be a text or null, got ""'],
  [{ period: 2026 }, 'period must be a text or null, got 2026'],
  [{ dryRun: 'yes' }, 'dryRun must be true or false, got "yes"'],
  [{ dryRun: null }, 'dryRun must be true or false, got null'],
  [{ force: 1 }, 'force must be true or false, got 1'],
  [{ logGroups: null }, 'logGroups must be a list of at least one log group, got null'],
])('%j is refused', (request, message) => {
  expect(() => read(request)).toThrow(invalidRequest(message));
});

it('an input of 120,000 bytes is read, and a longer one refused', () => {
  const input = (length: number) => ({ period: 'x'.repeat(length - '{"period":""}'.length) });

  expect(read(input(120_000)).period).toHaveLength(119_987);
  expect(() => read(input(120_001))).toThrow(invalidRequest('the input must be at most 120000 bytes long, got "…"'));
});

it('a run without any log groups is refused, unless its input names some', () => {
  const none = { logGroups: [], selectors: [] };

  expect(() => read({}, none)).toThrow(
    invalidRequest('logGroups must be given: the definition names no log groups, got nothing'),
  );
  expect(read({ logGroups: [{ logGroupName: '/a' }] }, none).logGroups).toHaveLength(1);
  expect(read({}, { ...none, logGroups: [{ logGroupName: '/a', s3Prefix: null }] })).toEqual(DEFAULTS);
});

it('what is refused has called nobody, and written nothing', async () => {
  const world = new World(['/app/web']);

  await expect(world.plan({ input: { dryrun: true } as object })).rejects.toEqual(
    invalidRequest(`dryrun must be ${FIELDS}, got true`),
  );
  expect(world.operations()).toEqual([]);
});
