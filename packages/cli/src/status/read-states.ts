import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { statementKey, TABLE_KEY, type VerifiedStatus } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { type ArchiverPeriod, statusKey } from '@log-archiver/verify-archive/keys';
import { parseStatus } from '@log-archiver/verify-archive/statements/period-status';
import { readStatement } from '@log-archiver/verify-archive/statements/statement';
import { findWorst, type TableArchiver, type VerifiedTable } from '@log-archiver/verify-archive/statements/table';
import { type ArchiveFilter, findArchivedPeriods, PARALLEL_CALLS } from '../archive/find-archives';
import { findStatements } from './find-statements';

/** One archiver and its periods. */
export interface ArchiverState
  extends Pick<TableArchiver, 's3BucketName' | 'account' | 'region' | 'archiver' | 'keyPrefix' | 'asOf'> {
  /** Worst status of the periods, or `STALE` or `MISSING`. */
  status: VerifiedStatus;
  /** Newest first. */
  periods: { period: string; status: VerifiedStatus }[];
}

/** State of the archivers of a bucket. */
export interface ArchiveState {
  /** ISO 8601: run of the verifier; `null`: no table of a verifier was read, and the archivers say the rest. */
  verifiedAt: string | null;
  /** Whether the caller may not look for the table. Then only the statements of the same archives were read. */
  isTableDenied: boolean;
  archivers: ArchiverState[];
}

/** Restriction to some archivers, and to a period. */
export interface StateFilter extends ArchiveFilter {
  readonly period?: string;
}

/** Reads the table of the verifier, or else the status that each archiver has written of its periods. */
export async function readStates(bucket: ArchiveBucket, filter: StateFilter): Promise<ArchiveState> {
  const table = await findTable(bucket);
  const isTableDenied = table === 'DENIED';
  const all = typeof table === 'object' ? table.archivers : await readStatuses(bucket, filter, isTableDenied);
  const archivers = all.filter((archiver) => isSelected(archiver, filter)).map((archiver) => limit(archiver, filter));
  return {
    verifiedAt: typeof table === 'object' ? table.verifiedAt : null,
    isTableDenied,
    archivers: archivers.filter(({ periods, status }) => periods.length > 0 || status === 'MISSING'),
  };
}

/**
 * Lists first: without `s3:ListBucket` on the whole bucket, S3 answers 403 for a missing object.
 *
 * The table is about all archives of the bucket, so a reader of one archive may not even list it.
 */
async function findTable(bucket: ArchiveBucket): Promise<VerifiedTable | 'NONE' | 'DENIED'> {
  try {
    const { objects } = await bucket.list(TABLE_KEY);
    if (!objects.some(({ key }) => key === TABLE_KEY)) {
      return 'NONE';
    }
  } catch (error) {
    if ((error as Error).name === 'AccessDenied') {
      return 'DENIED';
    }
    throw error;
  }
  return bucket.readJson(TABLE_KEY);
}

function isSelected(archiver: ArchiverState, { account, region, keyPrefix }: StateFilter): boolean {
  return (
    (account ?? archiver.account) === archiver.account &&
    (region ?? archiver.region) === archiver.region &&
    (keyPrefix ?? archiver.keyPrefix) === archiver.keyPrefix
  );
}

/** Leaves out fields that are not part of a state, and all periods except the requested one. */
function limit(archiver: ArchiverState, { period }: StateFilter): ArchiverState {
  const { s3BucketName, account, region, keyPrefix, asOf, status } = archiver;
  const periods = archiver.periods
    .filter((each) => (period ?? each.period) === each.period)
    .map((each) => ({ period: each.period, status: each.status }));
  const worst = period === undefined || status === 'MISSING' ? status : findWorst(periods.map((each) => each.status));
  return { s3BucketName, account, region, archiver: archiver.archiver, keyPrefix, asOf, status: worst, periods };
}

/** Reads the statuses of the periods. With `withStatements`, a period is `TAMPERED` if the verifier has stated that. */
async function readStatuses(
  bucket: ArchiveBucket,
  filter: StateFilter,
  withStatements: boolean,
): Promise<ArchiverState[]> {
  const periods = await findArchivedPeriods(bucket, filter);
  const reported = periods.flatMap((period) =>
    [...period.statuses.keys()].map((archiver): ArchiverPeriod => ({ ...period, archiver })),
  );
  const keyPrefixes = [...new Set(periods.map(({ keyPrefix }) => keyPrefix))];
  const verified = withStatements ? await findStatements(bucket, keyPrefixes) : [];
  const statements = new Set(verified.map(statementKey));
  // A status that was removed has only a statement.
  const all = new Map([...reported, ...verified].map((place) => [statementKey(place), place]));
  const found = [...all].filter(([, { period }]) => (filter.period ?? period) === period);
  const states = new Map<string, ArchiverState>();
  await inParallel(found, PARALLEL_CALLS, async ([key, place]) => {
    const { account, region, keyPrefix, archiver, period } = place;
    const parsed = parseStatus((await bucket.find(statusKey(place))) ?? '', period);
    const statement = statements.has(key) ? await readStatement(bucket, key) : undefined;
    const [written, asOf] = typeof parsed === 'string' ? (['TAMPERED', null] as const) : [parsed.status, parsed.asOf];
    const status = statement?.status === 'TAMPERED' ? 'TAMPERED' : written;
    const id = [account, region, archiver, keyPrefix].join('\n');
    const added = { s3BucketName: bucket.s3BucketName, account, region, archiver, keyPrefix, asOf: null };
    const state = states.get(id) ?? { ...added, status: 'EMPTY', periods: [] };
    states.set(id, state);
    state.periods.push({ period, status });
    state.asOf = asOf !== null && asOf > (state.asOf ?? '') ? asOf : state.asOf;
  });
  for (const state of states.values()) {
    state.periods.sort((one, other) => (one.period > other.period ? -1 : 1));
    state.status = findWorst(state.periods.map(({ status }) => status));
  }
  return [...states].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, state]) => state);
}
