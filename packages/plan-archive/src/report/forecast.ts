import {
  type ArchiveParameters,
  type ArchiveWarning,
  DAY_MS,
  HOUR_MS,
  type Period,
  type ReportEntry,
  type SlotForecast,
  settledPeriods,
  toIsoTime,
} from '@log-archiver/core';
import type { ArchiverStore } from '../archiver-store';

/** Number of periods whose receipts show how long exports take. */
const RECENT_PERIODS = 3;
const HOURS_PER_DAY = 24;

/** Hours of export time that a day of logs takes, by log group. */
export type ExportRates = ReadonlyMap<string, number>;

/** Reads how long the exports of log groups take, from their most recent receipts. */
export async function readExportRates(
  logGroupNames: ReadonlySet<string>,
  { timeZone, frequency, settleHours }: ArchiveParameters,
  archiver: ArchiverStore,
  now: number,
): Promise<ExportRates> {
  const rates = new Map<string, number>();
  const recent = settledPeriods(toIsoTime(now), timeZone, frequency, settleHours, RECENT_PERIODS);
  for (const period of recent.reverse()) {
    for (const receipt of (await archiver.readPeriodReceipts(period.name)).values()) {
      if ('invalid' in receipt) {
        continue;
      }
      const { logGroupName, exportSeconds } = receipt;
      if (exportSeconds !== null && logGroupNames.has(logGroupName) && !rates.has(logGroupName)) {
        rates.set(logGroupName, (exportSeconds * 1_000) / HOUR_MS / countDays(period));
      }
    }
  }
  return rates;
}

/** Forecasts how much export time a day of logs takes; `null`: no receipt shows a duration. */
export function forecastSlotUse(rates: ExportRates): SlotForecast | null {
  if (rates.size === 0) {
    return null;
  }
  const exportHoursPerDay = roundHours([...rates.values()].reduce((sum, rate) => sum + rate, 0));
  const start = `a day of logs takes ${exportHoursPerDay} hours of export time`;
  return {
    exportHoursPerDay,
    message: isTooSlow({ exportHoursPerDay }) ? `${start}: this archiver cannot keep up` : `${start}, of 24`,
  };
}

/** Returns a warning if the archiver cannot keep up. */
export function warnOfSlowExports(forecast: SlotForecast | null): ArchiveWarning[] {
  return forecast !== null && isTooSlow(forecast)
    ? [{ type: 'ExportsTooSlow', subject: '', message: forecast.message }]
    : [];
}

/** Estimates the export time of planned exports; `null`: no receipt shows a duration. Unknown log groups are average. */
export function estimateExportHours(planned: readonly ReportEntry[], rates: ExportRates): number | null {
  if (rates.size === 0) {
    return null;
  }
  const average = [...rates.values()].reduce((sum, rate) => sum + rate, 0) / rates.size;
  return roundHours(
    planned.reduce((sum, entry) => sum + (rates.get(entry.logGroupName) ?? average) * countDays(entry), 0),
  );
}

function isTooSlow({ exportHoursPerDay }: Pick<SlotForecast, 'exportHoursPerDay'>): boolean {
  return exportHoursPerDay >= HOURS_PER_DAY;
}

function countDays({ from, to }: Pick<Period, 'from' | 'to'>): number {
  return (to + 1 - from) / DAY_MS;
}

function roundHours(hours: number): number {
  return Math.round(hours * 1_000) / 1_000;
}
