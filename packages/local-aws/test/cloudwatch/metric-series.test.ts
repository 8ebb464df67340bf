import { MetricSeries } from '../../src/cloudwatch/metric-series';

const ALL = { from: 0, to: 100, receivedBy: 100 };

function createSeries(...samples: [timestamp: number, value: number][]) {
  const series = new MetricSeries();
  for (const [timestamp, value] of samples) {
    series.add({ timestamp, value, receivedAt: 50 });
  }
  return series;
}

it('keeps values in the order of their timestamps, and of their receipt', () => {
  const series = createSeries([30, 5], [10, 2], [30, 1]);

  expect(series.samples.map(({ timestamp, value }) => [timestamp, value])).toEqual([
    [10, 2],
    [30, 5],
    [30, 1],
  ]);
});

it.each([
  ['SampleCount', 3],
  ['Sum', 9],
  ['Average', 3],
  ['Minimum', 1],
  ['Maximum', 6],
] as const)('computes %s', (statistic, expected) => {
  const series = createSeries([10, 2], [20, 6], [30, 1]);

  expect(series.compute(statistic, ALL)).toBe(expected);
});

it.each([
  ['from its start', 20, 40, 6],
  ['not at its end', 10, 30, 3],
  ['never', 31, 40, undefined],
])('computes the values in a time range: %s', (_, from, to, expected) => {
  const series = createSeries([30, 5], [10, 2], [20, 1]);

  expect(series.compute('Sum', { ...ALL, from, to })).toBe(expected);
});

it('leaves out values that it received later', () => {
  const series = createSeries([10, 2]);
  series.add({ timestamp: 10, value: 5, receivedAt: 60 });

  expect(series.compute('Sum', { ...ALL, receivedBy: 50 })).toBe(2);
  expect(series.compute('Sum', { ...ALL, receivedBy: 60 })).toBe(7);
});
