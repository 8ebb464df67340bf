import type { LogGroupDetails } from '@log-archiver/aws-clients/log-groups';
import { retainedFrom } from '@log-archiver/core';
import type { SeenLogGroup } from '../archiver-store';
import type { FoundLogGroup, Incarnation } from '../log-group';

/**
 * Returns what earlier runs have seen of a log group's name.
 *
 * An incarnation with another creation time than that of the existing log group is deleted.
 */
export function findHistory(
  seen: SeenLogGroup | undefined,
  details: LogGroupDetails | null,
  now: number,
): Pick<FoundLogGroup, 'earlier' | 'removedBefore'> {
  const incarnations = seen?.incarnations ?? [];
  const isCurrent = ({ createdAt }: Incarnation) => createdAt === details?.createdAt;
  const removed = [
    ...incarnations.filter(isCurrent).flatMap(({ retentionInDays, removedBefore }) => [
      removedBefore ?? Number.NEGATIVE_INFINITY,
      // A retention that is longer now may have been raised only a moment ago.
      retainedFrom(retentionInDays, now),
    ]),
    retainedFrom(details?.retentionInDays ?? null, now),
  ];
  const removedBefore = Math.max(...removed);
  return {
    earlier: incarnations.filter((incarnation) => !isCurrent(incarnation)),
    removedBefore: details !== null && Number.isFinite(removedBefore) ? removedBefore : null,
  };
}

/**
 * Returns the log groups to remember after a run over all log groups.
 *
 * Without them, a log group that is deleted before its archive would be skipped as one that never existed. Forgets those
 * that are deleted, and were last seen before `oldest`: no run checks their periods any more. Of a named log group, the
 * last incarnation is kept, so that no run warns that it never existed.
 */
export function rememberLogGroups(logGroups: readonly FoundLogGroup[], oldest: number, now: number): SeenLogGroup[] {
  return logGroups
    .map(({ logGroupName, s3Prefix, isNamed, details, earlier, removedBefore }) => {
      const current = details === null ? [] : [createIncarnation(details, removedBefore, now)];
      const incarnations = [...earlier, ...current];
      const recent = incarnations.filter(({ lastSeen }) => lastSeen >= oldest);
      return {
        logGroupName,
        s3Prefix,
        incarnations: recent.length === 0 && isNamed ? incarnations.slice(-1) : recent,
      };
    })
    .filter(({ incarnations }) => incarnations.length > 0);
}

function createIncarnation(
  { createdAt, logGroupClass, retentionInDays }: LogGroupDetails,
  removedBefore: number | null,
  now: number,
): Incarnation {
  return { createdAt, lastSeen: now, logGroupClass, retentionInDays, removedBefore };
}
