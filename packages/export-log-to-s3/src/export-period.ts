import {
  type ExportLogToS3Request,
  InvalidArchiveRequest,
  LogsNotYetExportable,
  type Period,
  parseInstant,
  periodBefore,
  periodNamed,
} from '@log-archiver/core';

const HOUR = 3_600_000;
/**
 * "Log data can take up to 12 hours to become available for export."
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3Export.html
 */
const HOURS_UNTIL_EXPORTABLE = 12;
/** The clock that set `scheduledTime` is not the one of this function. */
const CLOCK_SKEW = HOUR / 12;

/** The period that is asked for, once all of it can be exported. The clock never decides which one it is. */
export function exportPeriod(request: ExportLogToS3Request, now: number): Period {
  const scheduled = parseInstant('scheduledTime', request.scheduledTime).epochMilliseconds;
  if (scheduled > now + CLOCK_SKEW) {
    throw new InvalidArchiveRequest('scheduledTime', request.scheduledTime, `not later than now, ${isoTime(now)}`);
  }
  const period =
    request.period === null
      ? periodBefore(request.scheduledTime, request.timeZone, request.frequency)
      : endedPeriod(request.period, request.timeZone, now);
  const exportableFrom = period.to + 1 + HOURS_UNTIL_EXPORTABLE * HOUR;
  if (now < exportableFrom) {
    throw new LogsNotYetExportable(
      `all events of ${period.name} can be exported from ${isoTime(exportableFrom)} on, ${HOURS_UNTIL_EXPORTABLE} hours after its end`,
    );
  }
  return period;
}

/** One that is asked for by name may be any; one before `scheduledTime` has ended. */
function endedPeriod(name: string, timeZone: string, now: number): Period {
  const period = periodNamed(name, timeZone);
  if (period.to >= now) {
    throw new InvalidArchiveRequest('period', name, `one that has ended; this one ends at ${isoTime(period.to)}`);
  }
  return period;
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}
