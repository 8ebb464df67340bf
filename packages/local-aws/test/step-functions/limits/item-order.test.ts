import { shuffledOrder } from '../../../src/step-functions/limits/item-order';
import { distributedMap, machine, task } from '../machine';

const items = ['a', 'b', 'c', 'd', 'e', 'f'];

async function readOrder(seed: number | undefined, MaxConcurrency = 1) {
  const started: string[] = [];
  const states = { Each: distributedMap({ Work: task({ End: true }) }, { MaxConcurrency, End: true }) };
  const invoke = (item: string) => {
    started.push(item);
    return `done ${item}`;
  };
  const { result } = await machine(states, invoke, {
    itemOrder: seed === undefined ? undefined : shuffledOrder(seed),
  }).run({ items });
  expect(result).toEqual({ status: 'SUCCEEDED', output: items.map((item) => `done ${item}`) });
  return started.join('');
}

describe('the items of a Map', () => {
  it('start in the order of the list by default', async () => {
    expect(await readOrder(undefined)).toBe('abcdef');
  });

  it('start in a random order that depends only on the seed, and keep their order in the results', async () => {
    const first = await readOrder(1);
    expect(first).not.toBe('abcdef');
    expect([...first].sort()).toEqual(items);
    expect(await readOrder(1)).toBe(first);
    expect(await readOrder(2)).not.toBe(first);
    expect(await readOrder(1, 3)).toBe(first);
  });
});
