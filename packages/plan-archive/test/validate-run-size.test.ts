import { validateRunSize } from '../src/validate-run-size';
import { invalidRequest } from './invalid-request';
import { World, withInput } from './world';

it.each([
  [25, 10_000],
  [250_000, 1],
  [1, 250_000],
  [7, 0],
])('%i periods of %i log groups are one run', (periods, logGroups) => {
  expect(() => validateRunSize(periods, logGroups, null)).not.toThrow();
});

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
  expect(() => validateRunSize(periods, logGroups, period)).toThrow(invalidRequest(message));
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
