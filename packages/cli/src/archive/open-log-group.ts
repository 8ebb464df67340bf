import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import type { Range } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import type { FoundPeriod } from '@log-archiver/verify-archive/plan/find-periods';
import type { FoundReceipts } from '@log-archiver/verify-archive/receipts/receipts-in-force';
import { UserError } from '../errors';
import { type ClaimedReceipt, claimRanges } from './claim-ranges';
import { type ArchiveFilter, findArchivedPeriods, PARALLEL_CALLS } from './find-archives';
import { findReceipts, hasReceipt } from './find-receipts';
import { readStatuses } from './read-statuses';

/** A log group in one archive: an account and Region below a prefix of the bucket. */
export interface LogGroupArchive {
  readonly logGroupName: string;
  /** Requested range. */
  readonly range: Range;
  /** Periods of the archive, with their receipts and statuses. */
  readonly periods: FoundPeriod[];
  /** Receipts in force whose tasks can have events of the range. */
  readonly sources: ClaimedReceipt[];
  /** Reasons why objects at keys of receipts are not valid. */
  readonly invalid: string[];
}

interface Candidate extends FoundReceipts {
  readonly periods: FoundPeriod[];
}

/** Finds the archive that contains a log group. Throws unless there is exactly one. */
export async function openLogGroup(
  bucket: ArchiveBucket,
  logGroupName: string,
  range: Range,
  filter: ArchiveFilter,
): Promise<LogGroupArchive> {
  const archives = groupByArchive(await findArchivedPeriods(bucket, filter));
  const candidates: Candidate[] = [];
  for (const periods of archives) {
    candidates.push({ periods, ...(await findReceipts(bucket, periods, logGroupName, range)) });
  }
  const inRange = candidates.filter(({ inForce }) => inForce.length > 0);
  const found = inRange.length > 0 ? inRange : await filterArchived(bucket, candidates, logGroupName);
  const [only, ...others] = found;
  if (only === undefined) {
    throw new UserError(
      `LOG_GROUP must have a receipt in the archive, got ${JSON.stringify(logGroupName)}; its name is case-sensitive`,
    );
  }
  if (others.length > 0) {
    throw new UserError(
      `LOG_GROUP must be in one archive, got ${JSON.stringify(logGroupName)}, which is in ${found.length}: ` +
        `${found.map(describeArchive).join(', ')}; pass --account, --region or --key-prefix`,
    );
  }
  return { logGroupName, range, periods: only.periods, sources: claimRanges(only.inForce), invalid: only.invalid };
}

/** Returns the archives that have receipts of a log group outside the range, or have failed to archive it. */
async function filterArchived(
  bucket: ArchiveBucket,
  candidates: readonly Candidate[],
  logGroupName: string,
): Promise<Candidate[]> {
  const archived: Candidate[] = [];
  for (const candidate of candidates) {
    const { periods } = candidate;
    if ((await hasReceipt(bucket, periods, logGroupName)) || (await hasFailed(bucket, periods, logGroupName))) {
      archived.push(candidate);
    }
  }
  return archived;
}

/** Whether an archiver has reported that a log group could not be archived. */
async function hasFailed(
  bucket: ArchiveBucket,
  periods: readonly FoundPeriod[],
  logGroupName: string,
): Promise<boolean> {
  const statuses = await inParallel(periods, PARALLEL_CALLS, (period) => readStatuses(bucket, period));
  return statuses
    .flat()
    .flatMap(({ failures = [], losses = [] }) => [...failures, ...losses])
    .some((entry) => entry.logGroupName === logGroupName);
}

function groupByArchive(periods: readonly FoundPeriod[]): FoundPeriod[][] {
  const groups = new Map<string, FoundPeriod[]>();
  for (const period of periods) {
    const { keyPrefix, account, region } = period;
    const id = [keyPrefix, account, region].join('\n');
    groups.set(id, [...(groups.get(id) ?? []), period]);
  }
  return [...groups.values()];
}

function describeArchive({ periods }: Candidate): string {
  const { keyPrefix, account, region } = periods[0] as FoundPeriod;
  return `${account} ${region} (key prefix ${JSON.stringify(keyPrefix)})`;
}
