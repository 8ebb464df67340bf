import { MAX_LOG_GROUP_NAME_LENGTH } from '@log-archiver/core';

/** A situation in which an archiver exports a month of log groups. */
export interface Column {
  readonly id: string;
  readonly title: string;
  /** Seconds that the export task of each log group is RUNNING, in the order of the log groups. It is PENDING for 3 s before. */
  readonly runningSeconds: readonly number[];
  /** Seconds for which another client's export task holds the slot from the start. */
  readonly takenSeconds: number;
  /** Months that are archived, each with these durations. The last one is 2026-10. */
  readonly months: number;
  /** Length of the log groups' names. */
  readonly nameLength: number;
  /** Whether the middle has a log group whose exports fail, one that is missing, and one created after the month. */
  readonly hasBadLogGroups: boolean;
}

/** Seconds that each export task is PENDING. */
export const PENDING_SECONDS = 3;
/** Seed of the random durations. */
export const SEED = 20_261_101;
/** Numbers of the bad log groups in a column that has them. */
export const BAD = { failing: 14, missing: 15, tooRecent: 16 };

/** Properties of a column in which nothing goes wrong, with one month and short names. */
export const UNDISTURBED = { takenSeconds: 0, hasBadLogGroups: false, months: 1, nameLength: 12 };

/** Columns that take seconds. */
export const SMALL_COLUMNS: readonly Column[] = [
  createColumn('d20', '20 s', repeat(30, 20)),
  createColumn('d300', '300 s', repeat(30, 300)),
  createColumn('d3600', '3,600 s', repeat(30, 3_600)),
  createColumn('log-normal', 'log-normal, 200 log groups', drawLogNormal(200)),
  createColumn('taken-600', '20 s, slot taken for 600 s', repeat(30, 20), { takenSeconds: 600 }),
  createColumn('taken-20h', '20 s, slot taken for 20 h', repeat(30, 20), { takenSeconds: 20 * 3_600 }),
  createColumn('bad', '20 s, three bad log groups', repeat(30, 20), { hasBadLogGroups: true }),
];

/** Columns that take minutes. Their names have the maximum length, which makes the most pages. */
export const LARGE_COLUMNS: readonly Column[] = [
  createColumn('thousand', '1,000 log groups', repeat(1_000, 20), { nameLength: MAX_LOG_GROUP_NAME_LENGTH }),
  createColumn('backfill', '50 log groups × 36 months', repeat(50, 20), {
    ...{ nameLength: MAX_LOG_GROUP_NAME_LENGTH, months: 36 },
  }),
];

/** Column that takes a quarter of an hour. */
export const TEN_THOUSAND = createColumn('ten-thousand', '10,000 log groups', repeat(10_000, 20), {
  nameLength: MAX_LOG_GROUP_NAME_LENGTH,
});

/** Returns the number of log groups that can be archived. */
export function countArchivable({ runningSeconds, hasBadLogGroups }: Column): number {
  return runningSeconds.length - (hasBadLogGroups ? Object.keys(BAD).length : 0);
}

function createColumn(
  id: string,
  title: string,
  runningSeconds: readonly number[],
  rest: Partial<Column> = {},
): Column {
  return { ...{ id, title, runningSeconds, ...UNDISTURBED }, ...rest };
}

function repeat(count: number, seconds: number): number[] {
  return Array<number>(count).fill(seconds);
}

/** Draws durations with a median of a minute, of which one in 40 is longer than 20 minutes. */
function drawLogNormal(count: number): number[] {
  const random = createRandom(SEED);
  return Array.from({ length: count }, () => {
    const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
    return Math.round(60 * Math.exp(1.5 * normal));
  });
}

/** Creates a generator of numbers from 0 to 1, which returns the same numbers for the same seed (mulberry32). */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
