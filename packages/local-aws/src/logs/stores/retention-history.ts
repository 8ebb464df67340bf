const DAY_MS = 24 * 3_600_000;

/** A retention setting, in force from an instant until the next change. */
export interface RetentionChange {
  readonly at: number;
  /** @default - events never expire */
  readonly days?: number;
}

/**
 * Returns the instant before which events have expired, given all settings up to `now`, oldest first.
 *
 * Each setting removes events for as long as it is in force. A longer retention afterwards does not bring them back.
 */
export function computeRetentionStart(changes: readonly RetentionChange[], now: number): number {
  return changes
    .filter(({ at }) => at <= now)
    .map(({ days }, index, { [index + 1]: next }) =>
      days === undefined ? Number.NEGATIVE_INFINITY : (next?.at ?? now) - days * DAY_MS,
    )
    .reduce((latest, start) => Math.max(latest, start), Number.NEGATIVE_INFINITY);
}
