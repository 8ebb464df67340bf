import type { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import {
  type PartRecord,
  RETENTION_MARGIN_MS,
  type RecordArchiveRequest,
  retainedFrom,
  tile,
} from '@log-archiver/core';

/**
 * Returns the part records that cover the whole period, in order; `undefined` if some are still missing.
 *
 * Decides by the keys: a month has up to 745 hours, and each of them calls this function.
 */
export async function findCompleteParts(
  archive: ArchiveStore,
  request: RecordArchiveRequest,
): Promise<PartRecord[] | undefined> {
  const { item } = request;
  const parts: PartRecord[] = [];
  for (const range of tile(await archive.listParts(item), item.periodTo)) {
    const part = await archive.readPart({ ...item, ...range });
    // The first record decides, so the others are not read while a part before it is missing.
    if (parts.length === 0 && range.from > latestStart(request, part)) {
      return undefined;
    }
    parts.push(part);
  }
  return parts.length === 0 ? undefined : parts;
}

/**
 * Returns the latest instant at which the first part may start.
 *
 * Events that were gone before the first part was exported, or before this run began, are not waited for. The item does
 * not hold this instant: retention may have cut only the first part, after the others were planned.
 */
function latestStart({ item, execution }: RecordArchiveRequest, first: PartRecord): number {
  const asOf = Math.max(Date.parse(first.createdAt), Date.parse(execution.startedAt));
  return Math.max(item.periodFrom, retainedFrom(item.logGroup.retentionInDays, asOf) + RETENTION_MARGIN_MS);
}
