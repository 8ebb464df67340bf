import { KIB } from './prices';

/** Objects of one size. */
export interface SizedObjects {
  readonly bytes: number;
  /** Number of objects, which can be a fraction: it is an expected value. */
  readonly count: number;
}

/** Log streams of a month, one object each. Their sizes have a log-normal distribution. */
export interface Workload {
  readonly name: string;
  readonly streams: number;
  /** Uncompressed. */
  readonly medianBytes: number;
  /** Standard deviation of the logarithm of the size. */
  readonly sigma: number;
}

const MIB = KIB ** 2;
/** Compressed size divided by uncompressed size: the assumption of the AWS Pricing Calculator. */
export const COMPRESSION = 0.15;

/** Log streams of an account in a month. `docs/storage-cost.md` has the reasons. */
export const WORKLOADS: readonly Workload[] = [
  { name: 'Lambda: 200 functions × 300 execution environments', streams: 60_000, medianBytes: 20 * KIB, sigma: 2 },
  { name: 'ECS: 40 services × 3 tasks × 8 replacements', streams: 960, medianBytes: 20 * MIB, sigma: 1.5 },
  { name: 'RDS: 10 instances × 2 logs', streams: 20, medianBytes: 200 * MIB, sigma: 1.5 },
];

/** Number of standard deviations on each side of the median, and the distance between two sizes. */
const RANGE = 8;
const STEP = 0.01;

/** Lists the compressed objects of a month. */
export function listObjects({ streams, medianBytes, sigma }: Workload): SizedObjects[] {
  const deviations = Array.from({ length: (2 * RANGE) / STEP + 1 }, (_, index) => index * STEP - RANGE);
  const weights = deviations.map((deviation) => Math.exp(-(deviation ** 2) / 2));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return deviations.map((deviation, index) => ({
    bytes: COMPRESSION * medianBytes * Math.exp(sigma * deviation),
    count: (streams * (weights[index] as number)) / total,
  }));
}
