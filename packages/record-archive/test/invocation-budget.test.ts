import { forEachPage, InvocationBudget } from '../src/invocation-budget';

const readUpTo = (end: number, now: () => number = () => 0, readPage = async (page: number) => page + 1) =>
  forEachPage(0, (page) => page === end, readPage, new InvocationBudget(now));

it('reads pages up to the last one', async () => {
  expect(await readUpTo(3)).toBe(3);
});

it('reads no page when the start is the last position', async () => {
  const readPage = jest.fn();

  expect(await readUpTo(0, () => 0, readPage)).toBe(0);
  expect(readPage).not.toHaveBeenCalled();
});

it('reads at most 2,000 pages per invocation, over all its loops', async () => {
  const budget = new InvocationBudget(() => 0);
  const readTo = (end: number) =>
    forEachPage(
      0,
      (page) => page === end,
      async (page) => page + 1,
      budget,
    );

  expect([await readTo(1_500), await readTo(1_500), await readTo(1)]).toEqual([1_500, 500, 0]);
});

it.each([
  [299_999, 2],
  [300_000, 1],
])('stops after 5 minutes: with pages of %d ms, reads %d', async (milliseconds, pages) => {
  let now = 1_000_000;
  const budget = new InvocationBudget(() => now);
  const readPage = async (page: number) => {
    now += milliseconds;
    return page + 1;
  };

  expect(await forEachPage(0, () => false, readPage, budget)).toBe(pages);
});

it('throws an error of the first page', async () => {
  const readPage = () => Promise.reject(new Error('no'));

  await expect(readUpTo(3, () => 0, readPage)).rejects.toThrow('no');
});

it('stops at an error of a later page and keeps the pages before it', async () => {
  const readPage = async (page: number) => {
    if (page === 2) {
      throw new Error('no');
    }
    return page + 1;
  };

  expect(await readUpTo(3, () => 0, readPage)).toBe(2);
});
