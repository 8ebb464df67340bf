import { InvalidArchiveRequest, MAX_PERIODS, MAX_REPORT_ENTRIES, type Period } from '@log-archiver/core';

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
  const allowed = Math.floor(MAX_REPORT_ENTRIES / logGroups);
  const needed = period === null ? lookback : periods.length;
  if (needed > allowed) {
    const holds = `for ${count(logGroups)} log groups (a report holds ${count(MAX_REPORT_ENTRIES)} entries)`;
    throw new InvalidArchiveRequest(
      period === null
        ? `lookbackPeriods must be at most ${allowed} ${holds}, got ${needed}`
        : `period must be at most ${allowed} periods ${holds}, got ${needed} (${period})`,
    );
  }
  const most = period === null ? Math.min(allowed, MAX_PERIODS) : allowed;
  return periods.length <= most ? periods : [...periods.slice(0, most - lookback), ...periods.slice(-lookback)];
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}
