import { computePrice } from './prices';

/** Pauses between the polls of an export task. */
export interface Policy {
  /** Seconds for which an invocation polls before the state machine retries it. */
  readonly pollingSeconds: number;
  /** Shortest pause between two polls of an invocation in seconds, and the pause as a share of the task's age. */
  readonly minPause: number;
  readonly pauseShare: number;
  /** Age of the task in seconds from which an invocation polls once. */
  readonly maxAgeSeconds: number;
  /** First pause between two invocations in seconds, the factor by which each further pause grows, and the longest. */
  readonly pause: number;
  readonly growth: number;
  readonly maxPause: number;
}

/** Policy of the archiver. A test compares its polls with those of the synthesized state machine. */
export const OURS: Policy = {
  ...{ pollingSeconds: 50, minPause: 1, pauseShare: 0.01, maxAgeSeconds: 900 },
  ...{ pause: 2, growth: 1.05, maxPause: 60 },
};
/** Policy without polling inside the function. */
export const RETRY_ONLY: Policy = { ...OURS, pollingSeconds: 0, maxAgeSeconds: 0, growth: 1.1 };

const CHECK_MEGABYTES = 128;
/** State transitions of a log group beside its polls: its child execution, `ExportLogToS3` and `RecordArchive`. */
const OTHER_TRANSITIONS = 3;

/** Durations of export tasks in seconds, from creation to end. */
export const RANGES = {
  short: createRange(8, 40, 0.37),
  mid: createRange(120, 600, 3.7),
  long: createRange(900, 14_400, 97.3),
};
export type Range = keyof typeof RANGES;

/** Cost of a policy for durations that are all equally frequent. */
export interface PolicyCost {
  /** Smallest and mean share of the time in which the slot is used. */
  readonly worst: number;
  readonly mean: number;
  /** State transitions of a log group. */
  readonly transitions: number;
  /** Polls of a log group. */
  readonly polls: number;
  /** Dollars for 1,000 log groups: state transitions, and the check function. */
  readonly dollars: number;
}

/** The poll that sees the end of a task. */
export interface LastPoll {
  /** Age of the task in seconds. */
  readonly age: number;
  /** Invocations and polls up to this one, and their duration. */
  readonly invocations: number;
  readonly polls: number;
  readonly functionSeconds: number;
}

/** Lists the polls of a task until it has this age. */
export function listPolls(policy: Policy, untilAge: number): LastPoll[] {
  const { pollingSeconds, minPause, pauseShare, maxAgeSeconds, pause, growth, maxPause } = policy;
  const polls: LastPoll[] = [];
  let [age, waited] = [0, 0];
  for (let invocations = 1; ; invocations += 1) {
    const startedAt = age;
    for (;;) {
      polls.push({ age, invocations, polls: polls.length + 1, functionSeconds: waited + age - startedAt });
      if (age >= untilAge) {
        return polls;
      }
      const wait = Math.max(minPause, age * pauseShare);
      if (age >= maxAgeSeconds || age + wait > startedAt + pollingSeconds) {
        break;
      }
      age += wait;
    }
    waited += age - startedAt;
    age += Math.min(maxPause, pause * growth ** (invocations - 1));
  }
}

/** Computes the cost of a policy. @param durations - in ascending order */
export function computeCost(policy: Policy, durations: readonly number[]): PolicyCost {
  const polls = listPolls(policy, durations.at(-1) as number);
  let index = 0;
  const seen = durations.map((duration) => {
    while ((polls[index] as LastPoll).age < duration) {
      index += 1;
    }
    return { ...(polls[index] as LastPoll), use: duration / (polls[index] as LastPoll).age };
  });
  const average = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const invocations = average(seen.map((each) => each.invocations));
  const milliseconds = 1_000 * average(seen.map(({ functionSeconds }) => functionSeconds));
  const transitions = OTHER_TRANSITIONS + invocations;
  const lambda = [{ megabytes: CHECK_MEGABYTES, architecture: 'arm64' as const, invocations, milliseconds }];
  return {
    worst: Math.min(...seen.map(({ use }) => use)),
    mean: average(seen.map(({ use }) => use)),
    transitions,
    polls: average(seen.map((each) => each.polls)),
    dollars: 1_000 * computePrice({ transitions, lambda }),
  };
}

/** Shortest pauses of the compared policies, in seconds. */
export const MIN_PAUSES: readonly number[] = [0.5, 1, 2, 4];

/** Lists the policies that are compared. */
export function listPolicies(): Policy[] {
  const pauses = MIN_PAUSES.map((minPause) => ({ minPause, pauseShare: minPause / 100 }));
  const inside = [10, 25, 50, 120, 300].flatMap((pollingSeconds) =>
    [60, 300, 900, 3_600].flatMap((maxAgeSeconds) =>
      pauses.map((each) => ({ ...each, pollingSeconds, maxAgeSeconds })),
    ),
  );
  const between = [2, 4, 8, 15, 30].flatMap((pause) =>
    [1.02, 1.05, 1.1].flatMap((growth) => [30, 60].map((maxPause) => ({ pause, growth, maxPause }))),
  );
  return [RETRY_ONLY, ...inside].flatMap((one) => between.map((other) => ({ ...one, ...other })));
}

export interface CostedPolicy {
  readonly policy: Policy;
  readonly cost: PolicyCost;
}

/** Computes the cost of all compared policies. */
export function computeCosts(durations: readonly number[]): CostedPolicy[] {
  return listPolicies().map((policy) => ({ policy, cost: computeCost(policy, durations) }));
}

/** Returns the policy with the smallest rank among those that fit. */
export function findBest(
  costs: readonly CostedPolicy[],
  fits: (cost: PolicyCost) => boolean,
  rank: (cost: PolicyCost) => number,
): CostedPolicy | undefined {
  return costs.filter(({ cost }) => fits(cost)).sort((one, other) => rank(one.cost) - rank(other.cost))[0];
}

/** Returns the costs that no other policy undercuts without more idle time, in the order of dollars. */
export function findFrontier(costs: readonly PolicyCost[]): PolicyCost[] {
  let best = 0;
  return [...costs]
    .sort((one, other) => one.dollars - other.dollars || other.mean - one.mean)
    .filter(({ mean }) => {
      const isBetter = mean > best;
      best = Math.max(best, mean);
      return isBetter;
    });
}

function createRange(first: number, last: number, step: number): number[] {
  return Array.from({ length: Math.floor((last - first) / step) + 1 }, (_, index) => first + index * step);
}
