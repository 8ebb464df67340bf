import type { S3Client } from '@aws-sdk/client-s3';
import {
  type PartRecord,
  parsePartKey,
  partKey,
  partsPrefix,
  type Range,
  RETENTION_MARGIN_MS,
  type RecordArchiveRequest,
  retainedFrom,
  tile,
} from '@log-archiver/core';

import { listObjects } from './list-objects';
import { readJson } from './write-once';

/** The recorded parts that make the whole of a period, in order; `undefined`: some are still missing. */
export async function wholeOfParts(
  s3: S3Client,
  request: RecordArchiveRequest,
  forcedAt: string | null,
): Promise<PartRecord[] | undefined> {
  const { item, parameters } = request;
  const parts: PartRecord[] = [];
  for (const range of tile(await recordedRanges(s3, request, forcedAt), item.periodTo)) {
    const key = partKey(parameters, { ...item, ...range }, forcedAt);
    const part = await readJson<PartRecord>(s3, parameters.s3BucketName, key);
    // Decided by the first alone: the others are not read where something before it is still to come.
    if (parts.length === 0 && range.from > latestStart(request, part)) {
      return undefined;
    }
    parts.push(part);
  }
  return parts.length === 0 ? undefined : parts;
}

/**
 * What was gone before the first part was exported, or before this run began, is not waited for. The item does not say
 * how much that was: the first part alone may have been cut, after the others were planned.
 */
function latestStart({ item, execution }: RecordArchiveRequest, first: PartRecord): number {
  const asOf = Math.max(Date.parse(first.createdAt), Date.parse(execution.startedAt));
  return Math.max(item.periodFrom, retainedFrom(item.retentionInDays, asOf) + RETENTION_MARGIN_MS);
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
      const part = parsePartKey(key, parameters, item, forcedAt);
      if (part) {
        ranges.push(part);
      }
    }
    token = page.nextToken;
  } while (token !== undefined);
  return ranges;
}
