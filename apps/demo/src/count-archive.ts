import { gunzipSync } from 'node:zlib';
import type { Buckets } from '@log-archiver/local-aws';

export interface ArchivedCount {
  readonly events: number;
  readonly objects: number;
  readonly bytes: number;
}

/** Start of an event: CloudWatch Logs writes its time. Further lines of an event have none. Only `\n` ends a line. */
const START_OF_EVENT = /(?<![^\n])\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z /g;

/** Counts the events, objects and bytes under some prefixes by reading the objects. */
export function countArchive(buckets: Buckets, bucketName: string, prefixes: string[]): ArchivedCount {
  const bodies = prefixes
    .flatMap((prefix) => buckets.listObjects(bucketName, prefix))
    .filter((key) => key.endsWith('.gz'))
    .map((key) => buckets.getObject(bucketName, key));
  return {
    events: bodies.reduce((sum, body) => sum + (gunzipSync(body).toString().match(START_OF_EVENT)?.length ?? 0), 0),
    objects: bodies.length,
    bytes: bodies.reduce((sum, body) => sum + body.length, 0),
  };
}
