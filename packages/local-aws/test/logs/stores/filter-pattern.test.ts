import { parseFilterPattern } from '../../../src/logs/stores/filter-pattern';

describe('a filter pattern', () => {
  it.each([
    ['', 'anything', true],
    ['ERROR', 'an ERROR', true],
    ['ERROR', 'an error', false],
    ['ERROR time', 'time of the ERROR', true],
    ['ERROR time', 'an ERROR', false],
    ['?ERROR ?WARN', 'a WARN', true],
    ['?ERROR ?WARN', 'an INFO', false],
    ['ERROR -time', 'time of the ERROR', false],
    ['"at line 1"', 'at line 1', true],
    ['"at line 1"', 'line at 1', false],
    ['"say \\"no\\""', 'say "no"', true],
  ])('evaluates %s on %s to %s', (pattern, message, expected) => {
    expect(parseFilterPattern(pattern)(message)).toBe(expected);
  });

  it('is rejected if it is for JSON', () => {
    expect(() => parseFilterPattern('{ $.level = "ERROR" }')).toThrow(
      'Invalid filter pattern: filterPattern must be a pattern for plain text, got { $.level = "ERROR" }',
    );
  });
});
