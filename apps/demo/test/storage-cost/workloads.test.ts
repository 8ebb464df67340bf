import { COMPRESSION, listObjects, type SizedObjects, type Workload } from '../../src/storage-cost/workloads';

const WORKLOAD: Workload = { name: 'any', streams: 1_000, medianBytes: 2_000, sigma: 1.5 };
const MEDIAN = COMPRESSION * WORKLOAD.medianBytes;

const sum = (sizes: SizedObjects[], get: (size: SizedObjects) => number) =>
  sizes.reduce((total, size) => total + get(size), 0);

/** Returns the number of objects below a number of standard deviations from the median. */
function countBelow(sizes: SizedObjects[], deviations: number): number {
  const limit = MEDIAN * Math.exp(WORKLOAD.sigma * deviations);
  return sum(
    sizes.filter(({ bytes }) => bytes < limit),
    ({ count }) => count,
  );
}

describe('the objects of a workload', () => {
  const sizes = listObjects(WORKLOAD);

  it('are as many as the log streams', () => {
    expect(sum(sizes, ({ count }) => count)).toBeCloseTo(1_000, 6);
  });

  it.each([
    [-1, 159],
    [0, 500],
    [1, 841],
    [2, 977],
  ])('are normally distributed at %d standard deviations', (deviations, expected) => {
    expect(Math.abs(countBelow(sizes, deviations) - expected)).toBeLessThan(3);
  });

  it('have the mean of a log-normal distribution', () => {
    const mean = sum(sizes, ({ bytes, count }) => bytes * count) / 1_000;
    expect(mean / (MEDIAN * Math.exp(WORKLOAD.sigma ** 2 / 2))).toBeCloseTo(1, 6);
  });
});
