import { InvalidArchiveRequest } from '@log-archiver/core';

/**
 * Each log group and period is a line of the report, which the planner holds as a whole. With names of 512 characters, that
 * takes 1.4 of its 2 GB.
 */
const MAX_LINES = 250_000;

/** Throws if a run would be too large to be reported. `period`: what the input asks for; `null`: the last so many periods. */
export function validateRunSize(periods: number, logGroups: number, period: string | null): void {
  if (periods * logGroups > MAX_LINES) {
    const allowed = Math.floor(MAX_LINES / logGroups);
    throw new InvalidArchiveRequest(
      period === null ? 'lookback' : 'period',
      period ?? periods,
      `at most ${allowed} periods for ${logGroups} log groups, ${MAX_LINES} lines of a report in all; this is ${periods}`,
    );
  }
}
