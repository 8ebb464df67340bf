import {
  type ArchiveParameters,
  EXPORT_DELAY_MS,
  InvalidArchiveRequest,
  MAX_PERIODS,
  MAX_REPORT_ENTRIES,
  type Period,
  parsePeriod,
  parsePeriods,
  settledPeriods,
  show,
  toIsoTime,
} from '@log-archiver/core';
import type { Checkpoint } from '../archiver-store';
import type { ValidInput } from '../run-input';

/** Periods that a run checks. */
export interface PeriodsToArchive {
  /** The named periods, or the last `lookback`. Oldest first. */
  required: Period[];
  /**
   * Periods that earlier runs missed, and then those that earlier runs left incomplete.
   *
   * If one run cannot check all of them, it checks the first ones. The incomplete periods are in the order of the
   * checkpoint, so that each has its turn.
   */
  others: Period[];
}

/**
 * Returns the periods that a run is asked to archive.
 *
 * A named period must have ended. Without one, these are the last `lookback` periods before `scheduledTime`, and with the
 * checkpoint also those after it and the incomplete ones. The clock never decides which periods they are.
 */
export function periodsToArchive(
  { period, scheduledTime }: Pick<ValidInput, 'period' | 'scheduledTime'>,
  { timeZone, frequency, settleHours, lookback }: ArchiveParameters,
  checkpoint: Pick<Checkpoint, 'until' | 'incomplete'> | undefined,
  now: number,
): PeriodsToArchive {
  if (period === null) {
    const since = checkpoint && Date.parse(checkpoint.until) + 1;
    const settled = settledPeriods(scheduledTime, timeZone, frequency, settleHours, lookback, since);
    const names = settled.map(({ name }) => name);
    // The granularity may have been another one. Then their names are of the other length.
    const incomplete = (checkpoint?.incomplete ?? []).filter((name) => !names.includes(name));
    return {
      required: settled.slice(-lookback),
      others: [...settled.slice(0, -lookback), ...incomplete.map((name) => parsePeriod(name, timeZone))],
    };
  }
  const periods = parsePeriods(period, timeZone);
  const last = periods.at(-1) as Period;
  if (last.to >= now) {
    throw new InvalidArchiveRequest(
      `period must have ended, got ${show(period)}; ${last.name} ends at ${toIsoTime(last.to)}`,
    );
  }
  return { required: periods, others: [] };
}

/**
 * Returns as many of the periods as one run archives, oldest first.
 *
 * Throws if the report cannot hold the required periods. The run leaves the rest to the next run.
 */
export function limitToOneRun(
  { required, others }: PeriodsToArchive,
  logGroupCount: number,
  { period }: Pick<ValidInput, 'period'>,
): Period[] {
  const maximum = Math.floor(MAX_REPORT_ENTRIES / logGroupCount);
  if (required.length > maximum) {
    const reason = `for ${format(logGroupCount)} log groups (a report holds ${format(MAX_REPORT_ENTRIES)} entries)`;
    throw new InvalidArchiveRequest(
      period === null
        ? `lookbackPeriods must be at most ${maximum} ${reason}, got ${required.length}`
        : `period must be at most ${maximum} periods ${reason}, got ${required.length} (${period})`,
    );
  }
  const room = Math.max(0, Math.min(maximum, MAX_PERIODS) - required.length);
  return sortByAge([...required, ...others.slice(0, room)]);
}

/** Sorts periods by their start. A month comes before its first day. */
export function sortByAge(periods: readonly Period[]): Period[] {
  return periods.toSorted((a, b) => a.from - b.from || b.to - a.to);
}

/**
 * Returns the instant, in ISO 8601, from which all events of named periods can be exported; `undefined`: they can be now.
 *
 * A dry run exports nothing, so it never waits. Settled periods are exportable: `settleHours` is at least the delay.
 */
export function findExportableFrom(
  { required }: PeriodsToArchive,
  { period, dryRun }: Pick<ValidInput, 'period' | 'dryRun'>,
  now: number,
): string | undefined {
  const exportableFrom = (required.at(-1) as Period).to + 1 + EXPORT_DELAY_MS;
  return period !== null && !dryRun && now < exportableFrom ? toIsoTime(exportableFrom) : undefined;
}

function format(value: number): string {
  return value.toLocaleString('en-US');
}
