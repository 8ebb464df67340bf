import { parseJsonFilterPattern } from '../../src/cloudwatch/json-filter-pattern';

const ENTRY = { type: 'ExecutionFailed', details: { error: 'States.Runtime', count: 3 }, arn: 'a:b:c' };

it.each([
  ['{ $.type = "ExecutionFailed" }', true],
  ['{$.type="Execution"}', false],
  ['{ $.type = "executionfailed" }', false],
  ['{ $.details.error = "States.*" }', true],
  ['{ $.details.error = "States*X" }', false],
  ['{ $.details.error = "*" }', true],
  ['{ $.details.error = "StatesXRuntime" }', false],
  ['{ $.details.none.deeper = "*" }', false],
  ['{ $.details.count = "3" }', false],
  ['{ ($.type = "ExecutionFailed") && ($.details.error = "States.*") && ($.arn = "a:b:*") }', true],
  ['{ ($.type = "ExecutionFailed") && ($.details.error = "Other") }', false],
  ['{ $.type = "Other" || $.arn = "a*" }', true],
  ['{ $.arn = "a*" || $.type = "Other" && $.type = "Third" }', true],
  ['{ ($.arn = "a*" || $.type = "Other") && $.type = "Third" }', false],
])('matches %s: %p', (pattern, expected) => {
  expect(parseJsonFilterPattern(pattern)(ENTRY)).toBe(expected);
});

it.each([
  '{ $.count > 3 }',
  '{ $.type != "a" }',
  '{ $.type = a }',
  '{ $.type = "a"',
  '{ ($.type = "a" }',
  '{ $.type = "a" } x',
  '{ $.type = "a" } }',
  '{ }',
])('rejects %s', (pattern) => {
  expect(() => parseJsonFilterPattern(pattern)).toThrow(
    `a filter pattern for JSON must be { comparisons like $.field = "text*", with &&, || and parentheses }, got ${pattern}`,
  );
});
