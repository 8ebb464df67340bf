import { Budget, pageByPage } from '../src/page-by-page';

const upTo = (end: number, now: () => number = () => 0, takePage = async (page: number) => page + 1) =>
  pageByPage(0, (page) => page === end, takePage, new Budget(now));

it('pages are taken until there is none left', async () => {
  expect(await upTo(3)).toBe(3);
});

it('no page is taken when there is none', async () => {
  const takePage = jest.fn();

  expect(await upTo(0, () => 0, takePage)).toBe(0);
  expect(takePage).not.toHaveBeenCalled();
});

it('2,000 pages are taken and no more, in all that an invocation does', async () => {
  const budget = new Budget(() => 0);
  const take = (end: number) =>
    pageByPage(
      0,
      (page) => page === end,
      async (page) => page + 1,
      budget,
    );

  expect([await take(1_500), await take(1_500), await take(1)]).toEqual([1_500, 500, 0]);
});

it.each([
  [299_999, 2],
  [300_000, 1],
])('a page is taken until 5 minutes have passed: after %d ms, %d are', async (milliseconds, pages) => {
  let now = 1_000_000;
  const budget = new Budget(() => now);
  const takePage = async (page: number) => {
    now += milliseconds;
    return page + 1;
  };

  expect(await pageByPage(0, () => false, takePage, budget)).toBe(pages);
});

it('the error of the first page is thrown', async () => {
  const takePage = () => Promise.reject(new Error('no'));

  await expect(upTo(3, () => 0, takePage)).rejects.toThrow('no');
});

it('the error of a later page ends it with the pages before', async () => {
  const takePage = async (page: number) => {
    if (page === 2) {
      throw new Error('no');
    }
    return page + 1;
  };

  expect(await upTo(3, () => 0, takePage)).toBe(2);
});
