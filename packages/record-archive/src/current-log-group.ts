import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { LogGroupDirectory } from '@log-archiver/aws-clients/log-groups';
import {
  type ArchiveItem,
  createLoss,
  mergeLosses,
  oldestEventOf,
  type RecordArchiveRequest,
  retainedFrom,
} from '@log-archiver/core';

/**
 * Returns the request with what has changed about the log group since the run started.
 *
 * An item can wait for days until it is exported. If the retention was shortened meanwhile, or if the log group was deleted
 * and created again, the objects do not contain what the planner saw. A log group that does not exist any more was exported
 * before its deletion.
 */
export async function updateLogGroup(
  request: RecordArchiveRequest,
  clients: Pick<Clients, 'logs' | 'wait'>,
): Promise<RecordArchiveRequest> {
  const { item, task } = request;
  const details = await new LogGroupDirectory(clients).find(item.logGroupName);
  if (details === null || details.createdAt > task.completedAt) {
    return request;
  }
  const { storedBytes: _, ...properties } = details;
  if (details.createdAt !== item.logGroup.createdAt) {
    const logGroup = { ...properties, removedBefore: null };
    return { ...request, item: { ...item, logGroup, losses: addRecreation(item, details.createdAt) } };
  }
  const retentionInDays = findShorter(item.logGroup.retentionInDays, details.retentionInDays, task.completedAt);
  return { ...request, item: { ...item, logGroup: { ...item.logGroup, retentionInDays } } };
}

/** Returns the losses of the item, and the time until the log group was created again. */
function addRecreation({ periodFrom, periodTo, logGroup, losses }: ArchiveItem, createdAt: number) {
  const range = { from: oldestEventOf({ from: periodFrom }, logGroup), to: Math.min(periodTo, createdAt - 1) };
  return mergeLosses([...losses, createLoss('LogGroupRecreated', range)]);
}

function findShorter(one: number | null, other: number | null, now: number): number | null {
  return retainedFrom(one, now) > retainedFrom(other, now) ? one : other;
}
