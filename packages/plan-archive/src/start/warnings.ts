import {
  type ArchiveParameters,
  type ArchiveWarning,
  currentPeriod,
  findNeededRetention,
  HOUR_MS,
  type LogGroupSelector,
  type Period,
  toIsoTime,
} from '@log-archiver/core';
import { findDeadline } from '../deadline';
import type { FoundLogGroup } from '../log-group';
import { CLASSES_WITHOUT_EXPORT } from '../page/known-losses';

/** Number of periods among which a warning looks for the first loss: there is a month of 31 days among two. */
const PERIODS_AHEAD = 2;

/** Identifies a warning, so that it is reported once. */
export function warningKey({ type, subject }: ArchiveWarning): string {
  return `${type} ${subject}`;
}

/** Finds the reasons why a later run may lose events, or why a run does not archive what its author meant. */
export function findWarnings(
  { logGroups, emptySelections }: { logGroups: readonly FoundLogGroup[]; emptySelections: readonly LogGroupSelector[] },
  parameters: ArchiveParameters,
  now: number,
): ArchiveWarning[] {
  return [
    ...emptySelections.map((selection) => ({
      type: 'EmptySelection' as const,
      subject: JSON.stringify(selection),
      message: 'the selection finds no log group',
    })),
    ...logGroups.filter(wasNeverSeen).map(({ logGroupName }) => ({
      type: 'LogGroupNeverSeen' as const,
      subject: logGroupName,
      message: 'the log group does not exist, and no run has ever seen it; check its name',
    })),
    ...findShortRetentions(logGroups, parameters, now),
  ];
}

function wasNeverSeen({ isNamed, fault, details, earlier }: FoundLogGroup): boolean {
  return isNamed && fault === null && details === null && earlier.length === 0;
}

/** Warns before the first loss: the retention must reach from the start of the longest period to its archive. */
function findShortRetentions(
  logGroups: readonly FoundLogGroup[],
  parameters: ArchiveParameters,
  now: number,
): ArchiveWarning[] {
  const { days: needed } = findNeededRetention(parameters.frequency, parameters.settleHours);
  /** Messages by retention: log groups of the same retention have the same message. */
  const messages = new Map<number, string>();
  return logGroups.flatMap(({ logGroupName, fault, details }) => {
    const days = details?.retentionInDays ?? null;
    if (days === null || days >= needed || fault !== null || CLASSES_WITHOUT_EXPORT.includes(details?.logGroupClass)) {
      return [];
    }
    const message = messages.get(days) ?? describeShortRetention(days, needed, parameters, now);
    messages.set(days, message);
    return [{ type: 'RetentionTooShort' as const, subject: logGroupName, message }];
  });
}

function describeShortRetention(days: number, needed: number, parameters: ArchiveParameters, now: number): string {
  const { timeZone, frequency, settleHours } = parameters;
  const start = `events are kept for ${formatDays(days)}, but need to be kept for ${formatDays(needed)}`;
  let period: Period = currentPeriod(now, timeZone, frequency);
  for (let ahead = 0; ahead < PERIODS_AHEAD; ahead++) {
    const archivedAt = period.to + 1 + settleHours * HOUR_MS;
    const late = archivedAt - findDeadline(period, days);
    if (late > 0) {
      const lastLost = Math.min(period.from + late - 1, period.to);
      return (
        `${start} until their export; with the archive of ${period.name}, ` +
        `those from ${toIsoTime(period.from)} to ${toIsoTime(lastLost)} are lost`
      );
    }
    period = currentPeriod(period.to + 1, timeZone, frequency);
  }
  return `${start}, so that a run can be late without a loss`;
}

function formatDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}
