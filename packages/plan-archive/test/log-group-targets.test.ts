import { readTargets } from '../src/log-group-targets';
import { invalidRequest } from './invalid-request';

const LONGEST = `/${'a'.repeat(511)}`;
const FIELDS = 'left out: there are logGroupName and s3Prefix';

it.each(['/a', 'a', '/aws/lambda/a-b_c.d#e', LONGEST])('%p is the name of a log group', (logGroupName) => {
  expect(readTargets([{ logGroupName }])).toEqual([{ logGroupName, s3Prefix: null }]);
});

it.each([
  [[], 'logGroups must be a list of at least one log group, got []'],
  [{}, 'logGroups must be a list of at least one log group, got {}'],
  ['/a', 'logGroups must be a list of at least one log group, got "/a"'],
  [['/a'], 'logGroups[0] must be an object, got "/a"'],
  [[null], 'logGroups[0] must be an object, got null'],
  [[['/a']], 'logGroups[0] must be an object, got ["/a"]'],
  [[{ logGroupName: '/a', s3prefix: 'x' }], `logGroups[0].s3prefix must be ${FIELDS}, got "x"`],
  [[{ logGroupName: '/a' }, {}], 'logGroups[1].logGroupName must be the name of a log group, got nothing'],
  [[{ logGroupName: '' }], 'logGroups[0].logGroupName must be the name of a log group, got ""'],
  [[{ logGroupName: 'a b' }], 'logGroups[0].logGroupName must be the name of a log group, got "a b"'],
  [[{ logGroupName: '/a*' }], 'logGroups[0].logGroupName must be the name of a log group, got "/a*"'],
  [[{ logGroupName: `${LONGEST}a` }], `logGroups[0].logGroupName must be the name of a log group, got "${LONGEST}a"`],
  [[{ logGroupName: '/a', s3Prefix: '' }], 'logGroups[0].s3Prefix must be a text or null, got ""'],
  [[{ logGroupName: '/a', s3Prefix: 1 }], 'logGroups[0].s3Prefix must be a text or null, got 1'],
  [
    [{ logGroupName: '/a' }, { logGroupName: '/b' }, { logGroupName: '/a', s3Prefix: 'x' }],
    'logGroups must be a list in which no log group is twice, got "/a"',
  ],
])('%j is refused', (targets, message) => {
  expect(() => readTargets(targets)).toThrow(invalidRequest(message));
});
