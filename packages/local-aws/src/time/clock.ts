/** Source of the current time. */
export interface Clock {
  /** Returns milliseconds since the epoch. */
  now(): number;
}

/** Clock of this machine. */
export const realTime: Clock = { now: () => Date.now() };

/** Parses an ISO 8601 instant with `Z` or an offset, and returns milliseconds since the epoch. */
export function parseInstant(value: unknown): number {
  const isInstant =
    typeof value === 'string' &&
    /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value) &&
    isDay(value.slice(0, 10));
  const time = isInstant ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new RangeError(
      `an instant must be formatted like 2026-11-01T18:00:00Z or 2026-11-02T03:00:00+09:00, got ${value}`,
    );
  }
  return time;
}

/** Whether the calendar has a day. `Date.parse` reads 30 February as 2 March. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
