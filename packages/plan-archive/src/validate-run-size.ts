import { InvalidArchiveRequest, type Period } from '@log-archiver/core';

/**
 * Each log group and period is a line of the report, which the planner holds as a whole. With names of 512 characters, that
 * takes 1.4 of its 2 GB.
 */
const MAX_LINES = 250_000;
/** As many as `lookback` can be. */
const MAX_PERIODS_OF_SCHEDULE = 36;

/**
 * As many of the periods as one run does. Throws if it cannot report those that `period`, of the input, asks for, or, if that
 * is `null`, as many as `lookback`. These are the last ones; what was missed before them, it does from the oldest on, and
 * leaves the rest to the next run.
 */
export function periodsOfOneRun(
  periods: Period[],
  logGroups: number,
  period: string | null,
  lookback: number,
): Period[] {
  const allowed = Math.floor(MAX_LINES / logGroups);
  const needed = period === null ? lookback : periods.length;
  if (needed > allowed) {
    throw new InvalidArchiveRequest(
      period === null ? 'lookback' : 'period',
      period ?? lookback,
      `at most ${allowed} periods for ${logGroups} log groups, ${MAX_LINES} lines of a report in all; this is ${needed}`,
    );
  }
  const most = period === null ? Math.min(allowed, MAX_PERIODS_OF_SCHEDULE) : allowed;
  return periods.length <= most ? periods : [...periods.slice(0, most - lookback), ...periods.slice(-lookback)];
}
