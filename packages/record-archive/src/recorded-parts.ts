import type { S3Client } from '@aws-sdk/client-s3';
import { partIn, partKey, partsPrefix, type RecordArchiveRequest } from '@log-archiver/core';
import type { ExportedPart } from './exported-part';
import { listObjects } from './list-objects';
import { coverOf, type Range } from './parts-cover';
import { readJson } from './write-once';

const DAY = 24 * 3_600_000;

/** The recorded parts that make the whole of a period, in order; `undefined`: some are still missing. */
export async function wholeOfParts(
  s3: S3Client,
  request: RecordArchiveRequest,
  forcedAt: string | null,
): Promise<ExportedPart[] | undefined> {
  const { item, parameters } = request;
  // What was gone before the export began is not waited for; where a part has some of it, that part is taken.
  const latestStart = item.periodFrom + (item.daysLost ?? 0) * DAY;
  const cover = coverOf(await recordedRanges(s3, request, forcedAt), latestStart, item.periodTo);
  if (!cover) {
    return undefined;
  }
  const parts: ExportedPart[] = [];
  for (const range of cover) {
    const key = partKey(parameters, { ...item, ...range }, forcedAt);
    parts.push(await readJson<ExportedPart>(s3, parameters.s3BucketName, key));
  }
  return parts;
}

/** By the keys alone: a month has up to 745 hours, and each of them asks. */
async function recordedRanges(
  s3: S3Client,
  { item, parameters }: RecordArchiveRequest,
  forcedAt: string | null,
): Promise<Range[]> {
  const prefix = partsPrefix(parameters, item);
  const ranges: Range[] = [];
  let token: string | undefined;
  do {
    const page = await listObjects(s3, parameters.s3BucketName, prefix, { token });
    for (const { key } of page.objects) {
      const part = partIn(key, parameters, item, forcedAt);
      if (part) {
        ranges.push(part);
      }
    }
    token = page.nextToken;
  } while (token !== undefined);
  return ranges;
}
