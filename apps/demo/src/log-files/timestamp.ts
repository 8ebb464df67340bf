import { Temporal } from 'temporal-polyfill';

/** A date and a time of day, with or without an offset from UTC. */
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:[.,]\d+)?)(Z|[+-]\d{2}(?::?\d{2})?)?/;

/**
 * Parses the timestamp at the start of a line, in milliseconds since the epoch. `undefined`: the line has none.
 *
 * Without an offset it is local time. Of an hour that occurs twice, it is the first one. A skipped time is moved forward.
 */
export function parseTimestamp(line: string, timeZone: string): number | undefined {
  const [text, date, time, offset] = TIMESTAMP.exec(line) ?? [];
  if (text === undefined || /^\w/.test(line.slice(text.length))) {
    return undefined;
  }
  const timestamp = toEpochMilliseconds(`${date}T${time}`, offset, timeZone);
  if (!(timestamp >= 0)) {
    throw new Error(`timestamp must be a valid date and time since 1970, got "${text}"`);
  }
  return timestamp;
}

function toEpochMilliseconds(dateTime: string, offset: string | undefined, timeZone: string): number {
  try {
    return offset === undefined
      ? Temporal.PlainDateTime.from(dateTime).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
          .epochMilliseconds
      : Temporal.Instant.from(`${dateTime}${offset}`).epochMilliseconds;
  } catch {
    return Number.NaN;
  }
}
