import type { Clients } from '@log-archiver/aws-clients/create-clients';
import {
  ArchiveEmpty,
  ArchivePartial,
  type ArchiveReceipt,
  type RecordArchiveRequest,
  type RecordProgress,
  type SearchProgress,
} from '@log-archiver/core';
import type { ExportedFolders } from '../exported-folders';
import type { InvocationBudget } from '../invocation-budget';
import { findEvent } from './find-event';
import { findMissingStreams } from './find-missing-streams';
import { queryEvents } from './query-events';

/** Maximum number of log streams that a message names. */
const MAX_NAMES = 3;

/** Evidence for what a task exported, or the position from which the next invocation searches on. */
export type EvidenceSearch =
  | { evidence: ArchiveReceipt['evidence']; search: null }
  | { evidence: null; search: SearchProgress };

/**
 * Searches for events that the task should have exported and did not.
 *
 * With objects, each log stream with events must have some. Without, the log group must not have a single event, which
 * says more than its streams would.
 */
export function findEvidence(
  clients: Pick<Clients, 'logs' | 'wait'>,
  request: RecordArchiveRequest,
  folders: ExportedFolders,
  { objects, search }: RecordProgress,
  budget: InvocationBudget,
): Promise<EvidenceSearch> {
  const token = search?.token ?? null;
  return objects > 0
    ? checkStreams(clients, request, folders, token, budget)
    : checkEvents(clients, request, token, budget);
}

async function checkStreams(
  clients: Pick<Clients, 'logs'>,
  request: RecordArchiveRequest,
  folders: ExportedFolders,
  start: string | null,
  budget: InvocationBudget,
): Promise<EvidenceSearch> {
  const { isEnd, missing, token } = await findMissingStreams(clients, request, folders, start, budget);
  if (missing.length > 0) {
    throw new ArchivePartial(describeMissing(request, missing));
  }
  return isEnd ? { evidence: 'OBJECTS', search: null } : { evidence: null, search: { kind: 'STREAMS', token } };
}

async function checkEvents(
  clients: Pick<Clients, 'logs' | 'wait'>,
  { item, task }: RecordArchiveRequest,
  start: string | null,
  budget: InvocationBudget,
): Promise<EvidenceSearch> {
  const isReadable = item.logGroup.logGroupClass === 'STANDARD';
  const { hasEvent, token } = await (isReadable ? findEvent : queryEvents)(clients, item, start, budget);
  if (hasEvent === null) {
    return { evidence: null, search: { kind: isReadable ? 'EVENTS' : 'QUERY', token } };
  }
  if (hasEvent) {
    throw new ArchiveEmpty(
      `export task ${task.taskId} wrote no object, although log group ${item.logGroupName} has an event in ${item.period}`,
    );
  }
  return { evidence: 'NO_EVENTS', search: null };
}

/** The check ended with the first page of missing log streams, so there may be more. */
function describeMissing({ item, task }: RecordArchiveRequest, missing: string[]): string {
  const { logGroupName, period } = item;
  if (missing.length === 1) {
    return `export task ${task.taskId} wrote no object for log stream ${missing[0]} of log group ${logGroupName}, although it has an event in ${period}`;
  }
  const names = `${missing.slice(0, MAX_NAMES).join(', ')}${missing.length > MAX_NAMES ? ', …' : ''}`;
  return `export task ${task.taskId} wrote no object for at least ${missing.length} log streams of log group ${logGroupName}, although they have events in ${period}: ${names}`;
}
