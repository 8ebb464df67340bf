import { CLASS_RULES, GIB, KIB, type RegionPrices, type StorageClass } from './prices';
import type { SizedObjects } from './workloads';

/** Smaller objects stay in S3 Standard. https://docs.aws.amazon.com/AmazonS3/latest/userguide/lifecycle-transition-general-considerations.html */
export const MIN_TRANSITION_BYTES = 128 * KIB;
/** Months in S3 Standard before the transition. */
const STANDARD_MONTHS = 1;
/** Months for which the archive bucket keeps a deleted version. */
const NONCURRENT_MONTHS = 3;

/** Number and total size of objects, of which some are under 128 KB. */
export interface ObjectCount {
  readonly objects: number;
  readonly bytes: number;
  readonly smallObjects: number;
  readonly smallBytes: number;
}

/** Cost of objects in US dollars. */
export interface Cost {
  readonly puts: number;
  /** Objects under 128 KB, in S3 Standard all the time. */
  readonly small: number;
  /** Other objects: a month in S3 Standard, the transition, and the time afterwards. */
  readonly large: number;
}

export function countObjects(sizes: readonly SizedObjects[]): ObjectCount {
  const small = sizes.filter(isSmall);
  return { ...sum(sizes), smallObjects: sum(small).objects, smallBytes: sum(small).bytes };
}

/** Estimates the cost of objects that are kept for a number of months. @param storageClass - `null`: no transition */
export function estimateCost(
  sizes: readonly SizedObjects[],
  months: number,
  prices: RegionPrices,
  storageClass: StorageClass | null,
): Cost {
  const small = sum(sizes.filter(isSmall));
  const large = sizes.filter((size) => !isSmall(size));
  const monthsInClass = storageClass === null ? 0 : Math.max(0, months - STANDARD_MONTHS);
  const inClass = large.reduce(
    (cost, { bytes, count }) =>
      storageClass === null || monthsInClass === 0
        ? cost
        : cost + count * estimateTransition(bytes, monthsInClass, prices, storageClass),
    0,
  );
  return {
    puts: ((small.objects + sum(large).objects) / 1_000) * prices.thousandPuts,
    small: (small.bytes / GIB) * prices.standard * months,
    large: (sum(large).bytes / GIB) * prices.standard * (months - monthsInClass) + inClass,
  };
}

/** Returns the cost of an object from its transition on. */
function estimateTransition(bytes: number, months: number, prices: RegionPrices, storageClass: StorageClass): number {
  const { storage, thousandTransitions } = prices.classes[storageClass];
  const { minBytes, overheadBytes, standardOverheadBytes } = CLASS_RULES[storageClass];
  const monthly = (Math.max(bytes, minBytes) + overheadBytes) * storage + standardOverheadBytes * prices.standard;
  return thousandTransitions / 1_000 + (monthly / GIB) * months;
}

/** Returns the size from which the transition of an object costs less than S3 Standard. */
export function findBreakEven(months: number, prices: RegionPrices, storageClass: StorageClass): number {
  const monthsInClass = months - STANDARD_MONTHS;
  const inStandard = (prices.standard / GIB) * monthsInClass;
  let [low, high] = [0, MIN_TRANSITION_BYTES * KIB];
  while (high - low > 1) {
    const middle = (low + high) / 2;
    const isCheaper = estimateTransition(middle, monthsInClass, prices, storageClass) < middle * inStandard;
    [low, high] = isCheaper ? [low, middle] : [middle, high];
  }
  return high;
}

/**
 * Estimates what it would save to pack the objects under 128 KB into large ones, after the first month.
 *
 * The saving is negative if Object Lock keeps the original objects for all months.
 */
export function estimatePacking(
  sizes: readonly SizedObjects[],
  months: number,
  prices: RegionPrices,
  storageClass: StorageClass,
  isLocked: boolean,
): number {
  const { objects, bytes } = sum(sizes.filter(isSmall));
  const gibibytes = bytes / GIB;
  const gets = (objects / 1_000) * prices.thousandGets;
  const packed = gibibytes * prices.classes[storageClass].storage * (months - STANDARD_MONTHS);
  const freedMonths = isLocked ? 0 : months - STANDARD_MONTHS - NONCURRENT_MONTHS;
  return gibibytes * prices.standard * freedMonths - gets - packed;
}

export function getTotal({ puts, small, large }: Cost): number {
  return puts + small + large;
}

function isSmall({ bytes }: SizedObjects): boolean {
  return bytes < MIN_TRANSITION_BYTES;
}

function sum(sizes: readonly SizedObjects[]): Pick<ObjectCount, 'objects' | 'bytes'> {
  return sizes.reduce(
    ({ objects, bytes }, size) => ({ objects: objects + size.count, bytes: bytes + size.count * size.bytes }),
    { objects: 0, bytes: 0 },
  );
}
