import {
  type ArchiveParameters,
  EXPORT_DELAY_MS,
  InvalidArchiveRequest,
  MAX_PERIODS,
  MAX_REPORT_ENTRIES,
  type Period,
  parsePeriods,
  settledPeriods,
  show,
  toIsoTime,
} from '@log-archiver/core';
import type { ValidInput } from '../run-input';

/**
 * Returns the periods that a run is asked to archive, oldest first.
 *
 * A named period must have ended. Without one, these are the last `lookback` periods before `scheduledTime`, and the
 * earlier ones after the checkpoint. The clock never decides which periods they are.
 */
export function periodsToArchive(
  { period, scheduledTime }: Pick<ValidInput, 'period' | 'scheduledTime'>,
  { timeZone, frequency, settleHours, lookback }: ArchiveParameters,
  checkpoint: number | undefined,
  now: number,
): Period[] {
  if (period === null) {
    const since = checkpoint === undefined ? undefined : checkpoint + 1;
    return settledPeriods(scheduledTime, timeZone, frequency, settleHours, lookback, since);
  }
  const periods = parsePeriods(period, timeZone);
  const last = periods.at(-1) as Period;
  if (last.to >= now) {
    throw new InvalidArchiveRequest(
      `period must have ended, got ${show(period)}; ${last.name} ends at ${toIsoTime(last.to)}`,
    );
  }
  return periods;
}

/**
 * Returns as many of the periods as one run archives.
 *
 * Throws if the report cannot hold the named periods, or the last `lookback` ones. Of the periods that were missed before
 * those, the run archives the oldest and leaves the rest to the next run.
 */
export function limitToOneRun(
  periods: Period[],
  logGroupCount: number,
  { period }: Pick<ValidInput, 'period'>,
  { lookback }: Pick<ArchiveParameters, 'lookback'>,
): Period[] {
  const maximum = Math.floor(MAX_REPORT_ENTRIES / logGroupCount);
  const required = period === null ? lookback : periods.length;
  if (required > maximum) {
    const reason = `for ${format(logGroupCount)} log groups (a report holds ${format(MAX_REPORT_ENTRIES)} entries)`;
    throw new InvalidArchiveRequest(
      period === null
        ? `lookbackPeriods must be at most ${maximum} ${reason}, got ${required}`
        : `period must be at most ${maximum} periods ${reason}, got ${required} (${period})`,
    );
  }
  const size = period === null ? Math.min(maximum, MAX_PERIODS) : maximum;
  return periods.length <= size ? periods : [...periods.slice(0, size - lookback), ...periods.slice(-lookback)];
}

/**
 * Returns the instant, in ISO 8601, from which all events of named periods can be exported; `undefined`: they can be now.
 *
 * A dry run exports nothing, so it never waits. Settled periods are exportable: `settleHours` is at least the delay.
 */
export function findExportableFrom(
  periods: Period[],
  { period, dryRun }: Pick<ValidInput, 'period' | 'dryRun'>,
  now: number,
): string | undefined {
  const exportableFrom = (periods.at(-1) as Period).to + 1 + EXPORT_DELAY_MS;
  return period !== null && !dryRun && now < exportableFrom ? toIsoTime(exportableFrom) : undefined;
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}
