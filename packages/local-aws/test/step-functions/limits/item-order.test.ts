import { shuffledOrder } from '../../../src/step-functions/limits/item-order';
import { distributedMap, machine, task } from '../machine';

const items = ['a', 'b', 'c', 'd', 'e', 'f'];

async function order(seed: number | undefined, MaxConcurrency = 1) {
  const started: string[] = [];
  const states = { Each: distributedMap({ Work: task({ End: true }) }, { MaxConcurrency, End: true }) };
  const invoke = (item: string) => {
    started.push(item);
    return `done ${item}`;
  };
  const { result } = await machine(states, invoke, seed === undefined ? undefined : shuffledOrder(seed)).run({ items });
  expect(result).toEqual({ status: 'SUCCEEDED', output: items.map((item) => `done ${item}`) });
  return started.join('');
}

describe('the items of a Map are started', () => {
  it('in the order of the list', async () => {
    expect(await order(undefined)).toBe('abcdef');
  });

  it('in another order for a seed, the same for the same seed; the results stay in the order of the list', async () => {
    const first = await order(1);
    expect(first).not.toBe('abcdef');
    expect([...first].sort()).toEqual(items);
    expect(await order(1)).toBe(first);
    expect(await order(2)).not.toBe(first);
    expect(await order(1, 3)).toBe(first);
  });
});
