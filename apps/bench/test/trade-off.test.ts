import { type Column, UNDISTURBED } from '../src/columns';
import { runOurs, synthesizeArchiver } from '../src/ours';
import { NO_LATENCY } from '../src/result';
import {
  computeCost,
  findBest,
  findFrontier,
  type LastPoll,
  listPolls,
  OURS,
  type Policy,
  type PolicyCost,
  RETRY_ONLY,
} from '../src/trade-off';

const PENDING_SECONDS = 3;

describe('the policy of the archiver', () => {
  const synthesized = synthesizeArchiver();

  async function run(logGroups: number, seconds: number) {
    const runningSeconds = Array<number>(logGroups).fill(seconds);
    const column: Column = { id: 'test', title: 'test', runningSeconds, ...UNDISTURBED };
    return runOurs(synthesized, column, NO_LATENCY);
  }

  it.each<[seconds: number]>([[20], [47], [300], [1_000], [3_600]])(
    'polls an export of %d s as the synthesized state machine does',
    async (seconds) => {
      // Two runs with the same pages: their difference is one log group.
      const [one, two] = [await run(1, seconds), await run(2, seconds)];
      const last = listPolls(OURS, PENDING_SECONDS + seconds).at(-1) as LastPoll;
      expect(two.seconds - one.seconds).toBeCloseTo(last.age, 0);
      // Also ExportLogToS3 and RecordArchive.
      expect(two.invocations - one.invocations).toBe(last.invocations + 2);
      expect(two.transitions - one.transitions).toBe(last.invocations + 3);
    },
  );
});

describe('a policy', () => {
  const POLICY: Policy = {
    ...{ pollingSeconds: 10, minPause: 4, pauseShare: 0.01, maxAgeSeconds: 20 },
    ...{ pause: 5, growth: 2, maxPause: 15 },
  };

  it('polls in the function, then after growing pauses, and once per call from its maximum age on', () => {
    expect(listPolls(POLICY, 60).map(({ age, invocations }) => [age, invocations])).toEqual([
      ...[0, 4, 8].map((age) => [age, 1]),
      ...[13, 17, 21].map((age) => [age, 2]),
      [31, 3],
      [46, 4],
      [61, 5],
    ]);
  });

  it('bills the time in the function, and not the pauses between calls', () => {
    expect(listPolls(POLICY, 60).at(-1)).toEqual({ age: 61, invocations: 5, polls: 9, functionSeconds: 16 });
  });

  it('costs its transitions, and uses the slot until the poll that sees the end', () => {
    const { dollars, ...cost } = computeCost(POLICY, [4, 13, 30.5]);
    expect(cost).toEqual({
      worst: 30.5 / 31,
      mean: (1 + 1 + 30.5 / 31) / 3,
      transitions: 5,
      polls: (2 + 4 + 7) / 3,
    });
    // 28 s in the function for three log groups.
    expect(dollars).toBeCloseTo(1_000 * (5 * 0.000025 + 2 * 2e-7 + (28 / 3) * 0.125 * 0.0000133334), 6);
  });

  it('polls once per call without polling in the function', () => {
    const polls = listPolls(RETRY_ONLY, 20);
    expect(polls.map(({ invocations }) => invocations)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });
});

describe('the best policy', () => {
  const create = (dollars: number, mean: number): PolicyCost => ({ dollars, mean, worst: 0, transitions: 0, polls: 0 });
  const costs = [create(1, 0.8), create(2, 0.9), create(3, 0.85), create(4, 0.99)];

  it('is the cheapest of those that fit', () => {
    const candidates = costs.map((cost) => ({ policy: OURS, cost }));
    expect(
      findBest(
        candidates,
        ({ mean }) => mean > 0.84,
        ({ dollars }) => dollars,
      )?.cost,
    ).toBe(costs[1]);
  });

  it('is undefined if none fits', () => {
    expect(
      findBest(
        [],
        () => true,
        ({ dollars }) => dollars,
      ),
    ).toBeUndefined();
  });

  it('is on the frontier if no cheaper one uses the slot as much', () => {
    expect(findFrontier(costs)).toEqual([costs[0], costs[1], costs[3]]);
  });
});
