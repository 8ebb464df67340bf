import { formatDollars, formatDuration, formatNumber, formatShare, formatTable, replacePart } from '../src/table';

describe('a table', () => {
  it('has a head and rows', () => {
    expect(formatTable(['a', 'b'], [['1', '2']])).toBe('| a | b |\n| --- | --- |\n| 1 | 2 |');
  });
});

describe('a number', () => {
  it.each<[value: number, digits: number, expected: string]>([
    [1_234.5, 0, '1,235'],
    [1_234.5, 1, '1,234.5'],
    [0, 1, '0.0'],
  ])('%d with %d digits is %s', (value, digits, expected) => {
    expect(formatNumber(value, digits)).toBe(expected);
  });

  it('has two digits as dollars', () => {
    expect(formatDollars(1_234.567)).toBe('$1,234.57');
  });

  it.each<[share: number, expected: string]>([
    [1, '1.000'],
    [0.9999, '0.999'],
    [0.97, '0.970'],
    [0.9696, '0.969'],
  ])('%d as a share is %s', (share, expected) => {
    expect(formatShare(share)).toBe(expected);
  });

  it.each<[seconds: number, expected: string]>([
    [7_199, '7,199 s'],
    [7_200, '2.0 h'],
    [172_799, '48.0 h'],
    [172_800, '2.0 d'],
  ])('%d as a duration is %s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected);
  });
});

describe('a generated part', () => {
  it('replaces the text between its comments', () => {
    expect(replacePart('a\n<!-- x -->\n1\n<!-- /x -->\nb', 'x', '2')).toBe('a\n<!-- x -->\n2\n<!-- /x -->\nb');
  });

  it('fills an empty part', () => {
    expect(replacePart('<!-- x -->\n<!-- /x -->\n', 'x', '2')).toBe('<!-- x -->\n2\n<!-- /x -->\n');
  });

  it('needs both comments', () => {
    expect(() => replacePart('<!-- x -->\n', 'x', '2')).toThrow(
      new Error('the document must contain <!-- x --> and <!-- /x -->'),
    );
  });
});
