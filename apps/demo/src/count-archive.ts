import { gunzipSync } from 'node:zlib';
import type { Buckets } from '@log-archiver/local-aws';

export interface ArchivedCount {
  readonly events: number;
  readonly objects: number;
  readonly bytes: number;
}

/** Objects of an export task, and the range of which they hold the events. */
export interface ArchivedRange {
  readonly prefix: string;
  /** ISO 8601, first and last millisecond. */
  readonly from: string;
  readonly to: string;
}

/** Start of an event: CloudWatch Logs writes its time. Further lines of an event have none. Only `\n` ends a line. */
const START_OF_EVENT = /(?<![^\n])(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z) /g;

/** Counts the events, objects and bytes of some ranges by reading the objects. */
export function countArchive(buckets: Buckets, bucketName: string, ranges: readonly ArchivedRange[]): ArchivedCount {
  const read = ranges.flatMap((range) =>
    buckets
      .listObjects(bucketName, range.prefix)
      .filter((key) => key.endsWith('.gz'))
      .map((key) => ({ range, body: buckets.getObject(bucketName, key) })),
  );
  return {
    events: read.reduce((sum, { range, body }) => sum + countEvents(gunzipSync(body).toString(), range), 0),
    objects: read.length,
    bytes: read.reduce((sum, { body }) => sum + body.length, 0),
  };
}

/** Counts the events of a range. The objects can also contain the first millisecond after it. */
function countEvents(text: string, { from, to }: ArchivedRange): number {
  return [...text.matchAll(START_OF_EVENT)].filter(([, time = '']) => from <= time && time <= to).length;
}
