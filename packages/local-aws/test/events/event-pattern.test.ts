import { type EventPattern, matchesPattern, validatePattern } from '../../src/events/event-pattern';

const EVENT = { source: 'aws.states', resources: ['a', 'b'], detail: { status: 'FAILED', output: null } };

it.each<[EventPattern, boolean]>([
  [{ source: ['aws.states'] }, true],
  [{ source: ['aws.ec2', 'aws.states'] }, true],
  [{ source: ['aws.ec2'] }, false],
  [{ source: ['aws.states'], detail: { status: ['FAILED', 'ABORTED'] } }, true],
  [{ source: ['aws.ec2'], detail: { status: ['FAILED'] } }, false],
  [{ detail: { status: ['ABORTED'] } }, false],
  [{ detail: { output: [null] } }, true],
  [{ detail: { none: { deeper: ['a'] } } }, false],
  [{ resources: ['b', 'c'] }, true],
  [{ resources: ['c'] }, false],
])('matches %j: %p', (pattern, expected) => {
  expect(matchesPattern(pattern, EVENT)).toBe(expected);
});

it('rejects a filter', () => {
  expect(() => validatePattern({ detail: { status: [{ prefix: 'F' }] } }, 'Rule')).toThrow(
    'EventPattern of Rule must only contain values, not filters, got [{"prefix":"F"}]',
  );
});
