import type { LogGroupProperties, Loss, LossCause } from './contract';
import { OLDEST_EVENT_MS } from './limits';
import { toIsoTime } from './periods';
import type { Range } from './ranges';
import { oldestRetained } from './retention';

/**
 * Returns the time of the oldest event that the archive of a period can contain.
 *
 * Events that are older than their log group are archived with its first period, even if they precede that period.
 */
export function oldestEventOf(
  { from }: Pick<Range, 'from'>,
  { createdAt }: Pick<LogGroupProperties, 'createdAt'>,
): number {
  return createdAt >= from ? createdAt - OLDEST_EVENT_MS : from;
}

/**
 * Returns the range of a period that retention has removed at an instant; `null`: nothing.
 *
 * A log group of the period loses nothing while everything since its creation is retained. Otherwise each new log group
 * with a short retention would report a loss of days before its creation, of which hardly any has events.
 */
export function retentionLoss(
  period: Range,
  logGroup: Pick<LogGroupProperties, 'createdAt' | 'retentionInDays' | 'removedBefore'>,
  now: number,
): Loss | null {
  const to = Math.min(period.to, oldestRetained(logGroup, now) - 1);
  return Math.max(period.from, logGroup.createdAt) <= to
    ? createLoss('RetentionExpired', { from: oldestEventOf(period, logGroup), to })
    : null;
}

/** Creates the loss of a range. */
export function createLoss(cause: LossCause, { from, to }: Range): Loss {
  return { cause, from: toIsoTime(from), to: toIsoTime(to) };
}

/** Merges losses into one per cause, from its first to its last millisecond. Sorts them by start. */
export function mergeLosses(losses: readonly Loss[]): Loss[] {
  const merged = new Map<LossCause, Loss>();
  for (const { cause, from, to } of losses) {
    const other = merged.get(cause) ?? { from, to };
    // Times of one format sort like their instants.
    merged.set(cause, { cause, from: from < other.from ? from : other.from, to: to > other.to ? to : other.to });
  }
  return [...merged.values()].sort((a, b) => (a.from < b.from ? -1 : a.from > b.from ? 1 : 0));
}

/** Returns what the losses have in common with a range. */
export function clipLosses(losses: readonly Loss[], range: Range): Loss[] {
  return losses
    .map(({ cause, from, to }) => ({
      cause,
      from: Math.max(Date.parse(from), range.from),
      to: Math.min(Date.parse(to), range.to),
    }))
    .filter(({ from, to }) => from <= to)
    .map(({ cause, ...clipped }) => createLoss(cause, clipped));
}
