import type { PeriodStatus } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { statusKey } from '@log-archiver/verify-archive/keys';
import type { FoundPeriod } from '@log-archiver/verify-archive/plan/find-periods';

/** Reads what the archivers have reported of a period. */
export async function readStatuses(bucket: ArchiveBucket, period: FoundPeriod): Promise<Partial<PeriodStatus>[]> {
  const statuses: Partial<PeriodStatus>[] = [];
  for (const archiver of period.statuses.keys()) {
    statuses.push(parseObject((await bucket.find(statusKey({ ...period, archiver }))) ?? ''));
  }
  return statuses;
}

/** Parses a JSON object. Returns an empty one if it is something else: `verify` reports that. */
function parseObject(text: string): object {
  try {
    return Object(JSON.parse(text));
  } catch {
    return {};
  }
}
