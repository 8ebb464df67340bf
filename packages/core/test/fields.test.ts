import { COUNT, DIGEST, type FieldKind, findFieldError, ISO_TIME, oneOf, orNull, STRING, TIME } from '../src/fields';

const KINDS = { name: STRING, size: COUNT };

it('finds no error in valid fields', () => {
  expect(findFieldError('', { name: 'a', size: 0 }, KINDS)).toBeUndefined();
});

it.each<[unknown, string]>([
  [{ name: '', size: 0 }, 'item.name must be a non-empty string, got ""'],
  [{ name: 'a', size: -1 }, 'item.size must be a whole number from 0, got -1'],
  [{}, 'item.name must be a non-empty string, got undefined'],
  [null, 'item.name must be a non-empty string, got undefined'],
  [undefined, 'item.name must be a non-empty string, got undefined'],
])('finds the first error in %j', (value, message) => {
  expect(findFieldError('item.', value as never, KINDS)).toBe(message);
});

it.each<[string, FieldKind, unknown[], unknown[]]>([
  ['a count', COUNT, [0, 5], [-1, 0.5, '1', null, Number.NaN]],
  ['a time', TIME, [1_790_780_400_000], [1_790_780_400, '1790780400000']],
  ['an instant', ISO_TIME, ['2026-10-01T00:00:00.000Z'], ['2026-10-01', '2026-10-01T00:00:00', '2026-13-01T00:00:00Z']],
  ['a digest', DIGEST, ['0a'.repeat(32)], ['', '0A'.repeat(32), '0a'.repeat(31)]],
  ['one of two values', oneOf(1, null), [1, null], [2, undefined, '1']],
  ['a string or null', orNull(STRING), ['a', null], ['', 1]],
])('describes %s', (_, { includes }, valid, invalid) => {
  expect(valid.filter((value) => !includes(value))).toEqual([]);
  expect(invalid.filter((value) => includes(value))).toEqual([]);
});
