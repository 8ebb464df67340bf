import { parseTimestamp } from './timestamp';

/** First number that is milliseconds since the epoch, of 1973, and not seconds, of the year 5138. */
const MIN_MILLISECONDS = 1e11;
/** Half of a microsecond: a number of seconds has a rounding error below it. */
const ROUNDING_ERROR_MS = 0.0005;

/**
 * Parses the timestamp of a line that is a JSON object. `undefined`: it has none of the fields.
 *
 * A number is seconds or milliseconds since the epoch. A string without a time zone is local time.
 */
export function parseJsonTimestamp(object: object, fields: readonly string[], timeZone: string): number | undefined {
  const field = fields.find((name) => Object.hasOwn(object, name));
  if (field === undefined) {
    return undefined;
  }
  const value = (object as Record<string, unknown>)[field];
  const timestamp =
    typeof value === 'string' && !/^\d+(\.\d+)?$/.test(value) ? parseTimestamp(value, timeZone) : parseNumber(value);
  if (timestamp === undefined) {
    throw new Error(
      `${field} must be a timestamp such as "2026-10-31T12:00:00Z", or seconds or milliseconds since the epoch, got ${JSON.stringify(value)}`,
    );
  }
  return timestamp;
}

function parseNumber(value: unknown): number | undefined {
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' || number < 0 || number >= MIN_MILLISECONDS * 1_000) {
    return undefined;
  }
  return Math.floor(number < MIN_MILLISECONDS ? number * 1_000 + ROUNDING_ERROR_MS : number);
}

/** Parses a line that is a JSON object. `undefined`: it is something else. */
export function parseJsonObject(line: string): object | undefined {
  if (!line.startsWith('{')) {
    return undefined;
  }
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
