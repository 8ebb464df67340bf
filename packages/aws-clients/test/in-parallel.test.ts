import { inParallel } from '../src/in-parallel';

it('returns the results in order, although later calls end first', async () => {
  const ends: (() => void)[] = [];
  const results = inParallel(['a', 'b', 'c'], 3, async (value) => {
    await new Promise<void>((resolve) => ends.unshift(resolve));
    return value.toUpperCase();
  });
  for (const end of ends) {
    end();
  }

  expect(await results).toEqual(['A', 'B', 'C']);
});

it('makes at most the given number of calls at the same time', async () => {
  let active = 0;
  let maximum = 0;
  await inParallel(Array.from({ length: 10 }), 3, async () => {
    active += 1;
    maximum = Math.max(maximum, active);
    await Promise.resolve();
    active -= 1;
  });

  expect(maximum).toBe(3);
});

it('rejects with the first error', async () => {
  await expect(
    inParallel([1, 2], 1, async (value) => {
      throw new Error(`call ${value}`);
    }),
  ).rejects.toThrow('call 1');
});
