import {
  type ArchiveParameters,
  EXPORT_DELAY_MS,
  InvalidArchiveRequest,
  type Period,
  parsePeriods,
  settledPeriods,
  show,
  toIsoTime,
} from '@log-archiver/core';
import type { ArchiveOrder } from '../run-input';

/**
 * The periods of a run, oldest first. Those asked for by name must have ended; the clock never decides which they are.
 * `since`: a run that is not asked for any goes on there, if that is earlier than its `lookback`.
 */
export function duePeriods(order: ArchiveOrder, parameters: ArchiveParameters, now: number, since?: number): Period[] {
  const { timeZone, frequency, settleHours, lookback } = parameters;
  if (order.period === null) {
    return settledPeriods(order.scheduledTime, timeZone, frequency, settleHours, lookback, since);
  }
  const periods = parsePeriods(order.period, timeZone);
  const last = periods.at(-1) as Period;
  if (last.to >= now) {
    throw new InvalidArchiveRequest(
      `period must have ended, got ${show(order.period)}; ${last.name} ends at ${toIsoTime(last.to)}`,
    );
  }
  return periods;
}

/** When all events of the periods can be exported, in ISO 8601, unless they can be now, or nothing is exported anyway. */
export function waitUntil({ period, dryRun }: ArchiveOrder, periods: Period[], now: number): string | null {
  const exportableFrom = (periods.at(-1) as Period).to + 1 + EXPORT_DELAY_MS;
  return period !== null && !dryRun && now < exportableFrom ? new Date(exportableFrom).toISOString() : null;
}
