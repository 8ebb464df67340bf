import { Temporal } from 'temporal-polyfill';

/** A date and a time of day, with or without an offset from UTC. */
const TIMESTAMP = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2}(?:[.,]\d+)?)(Z|[+-]\d{2}(?::?\d{2})?)?/;

/**
 * The instant that a line starts with, in milliseconds since the epoch; `undefined` if it starts with something else.
 * Without an offset it is what clocks on the wall showed: of an hour that they showed twice the first one, and a time
 * that they left out is as much later.
 */
export function timestampOf(line: string, timeZone: string): number | undefined {
  const [text, date, time, offset] = TIMESTAMP.exec(line) ?? [];
  if (text === undefined || /^\w/.test(line.slice(text.length))) {
    return undefined;
  }
  const timestamp = epochMilliseconds(`${date}T${time}`, offset, timeZone);
  if (!(timestamp >= 0)) {
    throw new Error(`a timestamp must be a date and time that there was, since 1970, got "${text}"`);
  }
  return timestamp;
}

function epochMilliseconds(dateTime: string, offset: string | undefined, timeZone: string): number {
  try {
    return offset === undefined
      ? Temporal.PlainDateTime.from(dateTime).toZonedDateTime(timeZone, { disambiguation: 'compatible' })
          .epochMilliseconds
      : Temporal.Instant.from(`${dateTime}${offset}`).epochMilliseconds;
  } catch {
    return Number.NaN;
  }
}
