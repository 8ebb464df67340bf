import type { LogStream } from '@log-archiver/aws-clients/log-streams';
import {
  EXPORT_DELAY_MS,
  OLDEST_EVENT_MS,
  type Range,
  type RecordArchiveRequest,
  retainedFrom,
} from '@log-archiver/core';

/** Events that an export task must contain: those of its range that retention had not removed at its end. */
export interface ExportableEvents extends Range {
  /** Latest ingestion of an event that the task must contain. Later events may be missing. */
  ingestedUntil: number;
}

/** Returns the events that a task must contain. */
export function findExportableEvents({ item, task }: Pick<RecordArchiveRequest, 'item' | 'task'>): ExportableEvents {
  return {
    from: Math.max(item.from, retainedFrom(item.logGroup.retentionInDays, task.completedAt)),
    to: item.to,
    ingestedUntil: task.createdAt - EXPORT_DELAY_MS,
  };
}

/** Whether the first or the last event of a log stream is in the range. */
export function hasEventInRange(logStream: LogStream, range: Range): boolean {
  return listEventTimes(logStream, range).length > 0;
}

/** Whether a log stream begins before the range and ends after it, and so may have events in the range. */
export function surrounds(
  { firstEventTimestamp = Number.NaN, lastEventTimestamp = Number.NaN }: LogStream,
  { from, to }: Range,
): boolean {
  return firstEventTimestamp < from && lastEventTimestamp > to;
}

/**
 * Whether the first or the last event of a log stream is in the range, and was ingested in time.
 *
 * AWS returns only the last ingestion of the log stream. An event that is older was ingested within 14 days.
 */
export function hasExportableEvent(logStream: LogStream, events: ExportableEvents): boolean {
  const { lastIngestionTime = Number.POSITIVE_INFINITY } = logStream;
  return listEventTimes(logStream, events).some(
    (time) => Math.min(lastIngestionTime, time + OLDEST_EVENT_MS) <= events.ingestedUntil,
  );
}

function listEventTimes({ firstEventTimestamp, lastEventTimestamp }: LogStream, { from, to }: Range): number[] {
  return [firstEventTimestamp, lastEventTimestamp].filter(
    (time = Number.NaN) => time >= from && time <= to,
  ) as number[];
}
