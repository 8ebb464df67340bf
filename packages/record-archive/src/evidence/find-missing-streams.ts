import type { Clients } from '@log-archiver/aws-clients/create-clients';
import { type EventPage, searchForEvent } from '@log-archiver/aws-clients/log-events';
import { type LogStream, listLogStreams } from '@log-archiver/aws-clients/log-streams';
import { HOUR_MS, type RecordArchiveRequest } from '@log-archiver/core';
import { type ExportedFolders, toFolder } from '../exported-folders';
import { forEachPage, type InvocationBudget } from '../invocation-budget';
import { askAbout } from './evidence-refused';
import {
  type ExportableEvents,
  findExportableEvents,
  hasEventInRange,
  hasExportableEvent,
  surrounds,
} from './exportable-events';

/**
 * Margin of the order in which AWS lists log streams: their last event "typically updates in less than an hour".
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_DescribeLogStreams.html
 */
const ORDER_MARGIN_MS = HOUR_MS;

/** Maximum number of pages that are read from a log stream without a folder. */
const MAX_PROOF_PAGES = 20;

/**
 * Maximum number of log streams that surround the range and are read in an invocation.
 *
 * They may have no event in the range. A task that another principal narrowed to some log streams is found by any of them.
 */
const MAX_READ_STREAMS = 100;

/** Maximum number of log streams that an invocation remembers, to find those that share a folder. */
const MAX_REMEMBERED_STREAMS = 100_000;

/** Names whose folder is known: AWS only replaces `/`. How other characters are written is not documented. */
const KNOWN_NAME = /^[\x20-\x7e]+$/;

/** Position of a check of log streams, and what it has found. */
export interface StreamCheckPosition {
  token: string | null;
  isEnd: boolean;
  /** Log streams without a folder. */
  missing: string[];
}

/**
 * Finds log streams with events that the task must contain, and for which it wrote no object, or one that was overwritten.
 *
 * AWS lists log streams by their last event, latest first: those that ended before the range are not read. The check ends
 * with the first page on which a log stream is missing.
 */
export function findMissingStreams(
  clients: Pick<Clients, 'logs'>,
  request: RecordArchiveRequest,
  folders: ExportedFolders,
  token: string | null,
  budget: InvocationBudget,
): Promise<StreamCheckPosition> {
  const { logGroupName } = request.item;
  const events = findExportableEvents(request);
  let readsLeft = MAX_READ_STREAMS;
  const takeRead = () => readsLeft-- > 0;
  const streamsByFolder = new Map<string, LogStream[]>();
  return forEachPage<StreamCheckPosition>(
    { token, isEnd: false, missing: [] },
    ({ isEnd }) => isEnd,
    async (position) => {
      const page = await askAbout(logGroupName, () => listLogStreams(clients, logGroupName, position.token));
      const missing: string[] = [];
      for (const logStream of page.logStreams) {
        if (await isMissing(clients, request, folders, logStream, { events, takeRead, streamsByFolder })) {
          missing.push(logStream.logStreamName ?? '');
        }
      }
      const isEnd = missing.length > 0 || page.nextToken === undefined || endedBefore(page.logStreams, events.from);
      return { token: page.nextToken ?? null, isEnd, missing };
    },
    budget,
  );
}

interface StreamCheck {
  readonly events: ExportableEvents;
  /** Whether another log stream that surrounds the range may be read. */
  readonly takeRead: () => boolean;
  /** Log streams of this invocation that may have events in the range, and whose folder has objects. */
  readonly streamsByFolder: Map<string, LogStream[]>;
}

/**
 * Whether the task should have written objects for a log stream, and did not.
 *
 * A complete archive must never fail. The times of the first and the last event only raise a suspicion, because AWS updates
 * them late, and because the events may have arrived after the export began. An event that can be read, and was ingested
 * in time, proves it. If the log class does not allow reading, the times alone must leave no doubt.
 */
async function isMissing(
  clients: Pick<Clients, 'logs'>,
  { item: { logGroupName, logGroup } }: RecordArchiveRequest,
  folders: ExportedFolders,
  logStream: LogStream,
  { events, takeRead, streamsByFolder }: StreamCheck,
): Promise<boolean> {
  const { logStreamName = '' } = logStream;
  const isReadable = logGroup.logGroupClass === 'STANDARD';
  const isInRange = hasEventInRange(logStream, events);
  const isSuspect = isInRange || (isReadable && surrounds(logStream, events));
  if (!isSuspect || !KNOWN_NAME.test(logStreamName)) {
    return false;
  }
  const hasEvent = async (suspect: LogStream) =>
    isReadable
      ? (hasEventInRange(suspect, events) || takeRead()) &&
        canReadEvent(clients, logGroupName, suspect.logStreamName ?? '', events)
      : hasExportableEvent(suspect, events);
  return (await folders.has(logStreamName))
    ? isOverwritten(folders, logStream, streamsByFolder, hasEvent)
    : hasEvent(logStream);
}

/**
 * Whether a folder has fewer objects than log streams with events.
 *
 * AWS does not document whether log streams that share a folder overwrite each other's objects. Each has at least one. If
 * the remaining log stream has as many objects as there are log streams, the loss of the others is not found.
 */
async function isOverwritten(
  folders: ExportedFolders,
  logStream: LogStream,
  streamsByFolder: Map<string, LogStream[]>,
  hasEvent: (logStream: LogStream) => Promise<boolean>,
): Promise<boolean> {
  const { logStreamName = '' } = logStream;
  const folder = toFolder(logStreamName);
  const sharing = [...(streamsByFolder.get(folder) ?? []), logStream];
  if (streamsByFolder.size < MAX_REMEMBERED_STREAMS) {
    streamsByFolder.set(folder, sharing);
  }
  if (sharing.length === 1) {
    return false;
  }
  const objects = await folders.countObjects(logStreamName, sharing.length);
  if (objects >= sharing.length) {
    return false;
  }
  let streams = 0;
  for (const each of sharing) {
    streams += (await hasEvent(each)) ? 1 : 0;
  }
  return streams > objects;
}

/**
 * Whether one of the events can be read.
 *
 * Normally the first page has one. If the first pages only have events that arrived too late, the suspicion is dropped.
 */
async function canReadEvent(
  clients: Pick<Clients, 'logs'>,
  logGroupName: string,
  logStreamName: string,
  events: ExportableEvents,
): Promise<boolean> {
  const search = { ...events, logGroupName, logStreamName };
  let page: EventPage = { hasEvent: false };
  for (let number = 1; number <= MAX_PROOF_PAGES; number += 1) {
    const { nextToken = null } = page;
    page = await askAbout(logGroupName, () => searchForEvent(clients, search, nextToken));
    if (page.hasEvent || page.nextToken === undefined) {
      break;
    }
  }
  return page.hasEvent;
}

/** Whether all log streams of a page ended before an instant. One without events says nothing about the order. */
function endedBefore(logStreams: LogStream[], instant: number): boolean {
  return (
    logStreams.length > 0 &&
    logStreams.every(({ lastEventTimestamp = instant }) => lastEventTimestamp < instant - ORDER_MARGIN_MS)
  );
}
