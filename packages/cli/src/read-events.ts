import { setTimeout } from 'node:timers/promises';
import type { S3Client } from '@aws-sdk/client-s3';
import { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import type { ArchiveFilter } from './archive/find-archives';
import { openLogGroup } from './archive/open-log-group';
import { getMessage } from './events/event-parser';
import { readSorted } from './events/read-sorted';

export interface ReadEventsRequest extends ArchiveFilter {
  readonly s3BucketName: string;
  readonly logGroupName: string;
  /** Milliseconds since the epoch. @default - from the first event */
  readonly from?: number;
  /** Milliseconds since the epoch, not included. @default - to the last event */
  readonly to?: number;
  /** Folder name of a log stream. @default - all log streams */
  readonly stream?: string;
}

/** An event of the archive. */
export interface ArchivedEvent {
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** Name of the log stream, with `-` in place of `/`: AWS names the folders of an export like this. */
  stream: string;
  message: string;
}

/** Reads the events of a log group from an archive, as `cat` prints them. Throws if no receipt leads to the log group. */
export async function* readEvents(
  s3: S3Client,
  request: ReadEventsRequest,
  wait: (milliseconds: number) => Promise<unknown> = setTimeout,
): AsyncGenerator<ArchivedEvent> {
  const { s3BucketName, logGroupName, from, to, stream } = request;
  const bucket = new ArchiveBucket({ s3, wait }, s3BucketName);
  const range = toRange(from, to);
  const archive = await openLogGroup(bucket, logGroupName, range, request);
  for await (const events of readSorted(bucket, { s3, s3BucketName }, archive, { stream })) {
    for (const event of events) {
      yield { timestamp: event.timestamp, stream: event.stream.toString(), message: getMessage(event).toString() };
    }
  }
}

/** Returns the range from an instant up to another one, which is not included. */
export function toRange(from?: number, to?: number) {
  return { from: from ?? Number.NEGATIVE_INFINITY, to: to === undefined ? Number.POSITIVE_INFINITY : to - 1 };
}
