import { measureSlotUse, type SlotUse, type SlotWorkload } from './slot-use';

const repeat = (count: number, seconds: number) => Array<number>(count).fill(seconds);

/** Durations of exports with a log-normal distribution: median 60 s, and 5 min for one of ten. */
function listLogNormal(count: number): number[] {
  // Quantiles of the normal distribution, approximated by the logistic one.
  return Array.from({ length: count }, (_, index) => {
    const share = (index + 0.5) / count;
    return Math.round(60 * Math.exp(0.7 * Math.log(share / (1 - share))));
  });
}

const COLUMNS: [string, SlotWorkload, Omit<SlotUse, 'archived'>][] = [
  ['20 s', { runningSeconds: repeat(30, 20) }, { use: 1, transitions: 4.4, polls: 26 }],
  ['5 min', { runningSeconds: repeat(30, 300) }, { use: 0.998, transitions: 9.4, polls: 212 }],
  ['an hour', { runningSeconds: repeat(10, 3_600) }, { use: 0.988, transitions: 101.9, polls: 406 }],
  ['very different lengths', { runningSeconds: listLogNormal(50) }, { use: 0.994, transitions: 7, polls: 92 }],
  [
    '20 s after a foreign one of 10 min',
    { runningSeconds: repeat(30, 20), heldSeconds: 600 },
    { use: 0.994, transitions: 4.8, polls: 36 },
  ],
  [
    '20 s when each call takes 50 ms',
    { runningSeconds: repeat(30, 20), latencyMs: 25 },
    { use: 0.976, transitions: 4.4, polls: 25 },
  ],
];

it.each(COLUMNS)('uses the slot for exports of %s', async (_, workload, expected) => {
  const { use, ...measured } = await measureSlotUse(workload);
  expect({ ...measured, use: Math.floor(use * 1_000) / 1_000 }).toEqual({
    archived: workload.runningSeconds.length,
    ...expected,
  });
});
