/** What tells the time. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
}

/** The time of this machine. */
export const realTime: Clock = { now: () => Date.now() };

/** Milliseconds since the epoch of an instant that says where it is: `Z` or an offset. */
export function parseInstant(value: unknown): number {
  const isInstant =
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d)$/.test(value);
  const time = isInstant ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(time)) {
    throw new RangeError(`an instant must be like 2026-11-01T18:00:00Z or 2026-11-02T03:00:00+09:00, got ${value}`);
  }
  return time;
}
