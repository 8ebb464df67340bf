import { groupBy } from '../src/group-by';

it('groups values by a key, in the order of their first values', () => {
  expect([...groupBy([3, 1, 4, 1, 6], (value) => value % 2 === 0)]).toEqual([
    [false, [3, 1, 1]],
    [true, [4, 6]],
  ]);
});

it('keeps a key apart that is the name of a property', () => {
  expect(groupBy(['__proto__'], (name) => name).get('__proto__')).toEqual(['__proto__']);
});
