import { POLLING_SECONDS } from '@log-archiver/core';
import { SlotPolling } from '../src/slot-polling';

const MINUTE = 60;

/** Returns the seconds of all waits of an invocation that starts when the task has the given age. */
async function listWaits(age: number, secondsPerCall = 0, maxAgeMs?: number): Promise<number[]> {
  let now = age * 1_000;
  const waits: number[] = [];
  const wait = async (milliseconds: number) => {
    waits.push(milliseconds / 1_000);
    now += milliseconds + secondsPerCall * 1_000;
  };
  const polling = new SlotPolling({ now: () => now, wait }, maxAgeMs);
  while (await polling.wait(0)) {}
  return waits;
}

const sum = (numbers: number[]) => numbers.reduce((total, each) => total + each, 0);

it('waits a second between two polls of a young task', async () => {
  expect(await listWaits(0)).toEqual(Array(POLLING_SECONDS).fill(1));
});

it('waits for one percent of the age of an older task', async () => {
  expect((await listWaits(5 * MINUTE)).slice(0, 3)).toEqual([3, 3.03, 3.06]);
});

it.each([15 * MINUTE, 20 * 60 * MINUTE])('waits for 9 s at the age of %d s', async (age) => {
  expect(await listWaits(age)).toEqual(Array(5).fill(9));
});

it.each([
  [0, 0],
  [10 * MINUTE, 0],
  [0, 0.7],
  [10 * MINUTE, 3],
  [20 * 60 * MINUTE, 3],
])('ends within the time of an invocation, for a task of %d s and calls of %d s', async (age, secondsPerCall) => {
  const waits = await listWaits(age, secondsPerCall);
  expect(sum(waits) + (waits.length - 1) * secondsPerCall).toBeLessThanOrEqual(POLLING_SECONDS);
});

it.each([
  [15 * MINUTE - 1, 1],
  [15 * MINUTE, 0],
  [20 * 60 * MINUTE, 0],
])('waits at the age of %d s %d times up to the maximum age', async (age, times) => {
  expect(await listWaits(age, 0, 15 * MINUTE * 1_000)).toHaveLength(times);
});
