import type { Period } from '@log-archiver/core';
import { periodsOfOneRun } from '../../src/start/validate-run-size';
import { invalidRequest } from '../invalid-request';
import { World, withInput } from '../world';

const many = (count: number): Period[] =>
  Array.from({ length: count }, (_, from) => ({ name: `${from}`, from, to: from }));

it.each([
  [25, 10_000],
  [250_000, 1],
  [1, 250_000],
  [7, 0],
])('%i periods of %i log groups are one run', (periods, logGroups) => {
  expect(periodsOfOneRun(many(periods), logGroups, '2026-10', 3)).toHaveLength(periods);
});

it.each([
  [36, 10_000, 15],
  [36, 25_000, 0],
  [25, 10_000, 15],
  [36, 1, 26],
  [37, 1, 26],
  [1_000, 1, 26],
])(
  'of %i periods that no scheduled run has looked at, of %i log groups, one does the first %i and the last 10',
  (missed, logGroups, first) => {
    const all = many(missed);

    expect(periodsOfOneRun(all, logGroups, null, 10)).toEqual([...all.slice(0, first), ...all.slice(-10)]);
  },
);

it.each([
  [
    26,
    10_000,
    null,
    'lookback must be at most 25 periods for 10000 log groups, 250000 lines of a report in all; this is 26, got 26',
  ],
  [
    1_096,
    400,
    '2024-01-01/2026-12-31',
    'period must be at most 625 periods for 400 log groups, 250000 lines of a report in all; this is 1096, got "2024-01-01/2026-12-31"',
  ],
])('%i periods of %i log groups are refused', (periods, logGroups, period, message) => {
  expect(() => periodsOfOneRun(many(periods), logGroups, period, 26)).toThrow(invalidRequest(message));
});

it('a run that is too large has written nothing', async () => {
  const world = new World(Array.from({ length: 229 }, (_, index) => `/app/${index}`));

  await expect(world.run(withInput({ period: '2023-11-01/2026-10-31', dryRun: true }))).rejects.toThrow(
    invalidRequest(
      'period must be at most 1091 periods for 229 log groups, 250000 lines of a report in all; this is 1096, got "2023-11-01/2026-10-31"',
    ),
  );
  expect(world.aws.files.listObjects('archive', '')).toEqual([]);
});
