import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import {
  type FolderItem,
  InvalidArchiveRequest,
  NO_ARCHIVER,
  type PlanVerificationRequest,
  STATEMENTS_PREFIX,
  show,
  statementKey,
  type VerificationPlan,
} from '@log-archiver/core';
import { ArchiveBucket } from '../archive-bucket';
import type { Clients } from '../clients';
import { archiversKey, foldersKey, parseStatementKey, periodsKey, statusKey } from '../keys';
import type { PlannedPeriod } from '../run-files';
import { parseStatus, saysTheSame } from '../statements/period-status';
import { readStatement } from '../statements/statement';
import { findKeyPrefixes } from './find-key-prefixes';
import { addPeriod, type FoundPeriod, type FoundRecords, findPeriods, periodId } from './find-periods';
import { isDue } from './is-due';

const PARALLEL_CALLS = 20;
/**
 * Maximum number of folders of a run, because the Map's results of all folders must fit into 256 KiB.
 *
 * The run reports the other periods as unverified. They have no new statement, so the next run verifies them.
 */
const MAX_FOLDERS = 50_000;

/** Times of the statements of each archiver, in milliseconds since the epoch, by `periodId`. */
type StatementTimes = Map<string, Map<string, number>>;

/**
 * Determines the periods that a run verifies, and writes their folders of receipts to S3.
 *
 * A period is verified if it has no statement, if its status has changed since the statement, or if its turn has come.
 */
export async function planVerification(
  request: PlanVerificationRequest,
  s3BucketName: string,
  clients: Clients,
): Promise<VerificationPlan> {
  validateInterval(request);
  const { run, keyPrefixes } = request;
  const bucket = new ArchiveBucket(clients, s3BucketName);
  const found: FoundRecords = { periods: new Map(), archivers: [] };
  await inParallel(keyPrefixes ?? (await findKeyPrefixes(bucket)), PARALLEL_CALLS, (keyPrefix) =>
    findPeriods(bucket, keyPrefix, found),
  );
  const statements = await findStatements(bucket, keyPrefixes, found);
  const all = [...found.periods.values()].sort((one, other) => (periodId(one) < periodId(other) ? -1 : 1));
  const due = await inParallel(all, PARALLEL_CALLS, (period) =>
    mustVerify(bucket, period, statements.get(periodId(period)) ?? new Map(), request),
  );
  const periods = all
    .filter((_, index) => due[index])
    .map(({ statuses, ...period }): PlannedPeriod => {
      const archivers = new Set([...statuses.keys(), ...(statements.get(periodId(period))?.keys() ?? [])]);
      return { ...period, archivers: [...archivers].filter((archiver) => archiver !== NO_ARCHIVER).sort() };
    });
  const folders = listFolders(periods);
  await bucket.write(periodsKey(run), JSON.stringify(periods));
  await bucket.write(archiversKey(run), JSON.stringify(found.archivers));
  await bucket.write(foldersKey(run), JSON.stringify(folders));
  return { folders: folders.length, foldersKey: foldersKey(run), periods: periods.length };
}

/** Lists the folders of the periods, as many as a run can verify. */
export function listFolders(periods: readonly Pick<PlannedPeriod, 'folders'>[], maximum = MAX_FOLDERS): FolderItem[] {
  return periods.flatMap(({ folders }) => folders.map((folder) => ({ folder }))).slice(0, maximum);
}

function validateInterval({ verifyEveryDays, runEveryDays }: PlanVerificationRequest) {
  if (!(runEveryDays > 0 && verifyEveryDays > runEveryDays)) {
    throw new InvalidArchiveRequest(
      `verifyEveryDays must be greater than runEveryDays, got ${show(verifyEveryDays)} and ${show(runEveryDays)}`,
    );
  }
}

/**
 * Finds the statements, and adds their periods: all records of a period may have been removed since.
 *
 * Statements of another `keyPrefix` remain in the table. The archiver no longer uses it, and the role may not read there.
 */
async function findStatements(
  bucket: ArchiveBucket,
  keyPrefixes: string[] | null,
  { periods }: FoundRecords,
): Promise<StatementTimes> {
  const times: StatementTimes = new Map();
  for await (const { key, lastModified } of bucket.listObjects(STATEMENTS_PREFIX)) {
    const period = parseStatementKey(key);
    if (period && (keyPrefixes === null || keyPrefixes.includes(period.keyPrefix))) {
      const id = periodId(addPeriod(periods, period));
      times.set(id, (times.get(id) ?? new Map()).set(period.archiver, lastModified));
    }
  }
  return times;
}

async function mustVerify(
  bucket: ArchiveBucket,
  period: FoundPeriod,
  statements: ReadonlyMap<string, number>,
  request: PlanVerificationRequest,
): Promise<boolean> {
  const archivers = period.statuses.size === 0 && statements.size === 0 ? [NO_ARCHIVER] : period.statuses.keys();
  // The statement without an archiver is obsolete as soon as an archiver has one.
  const inForce = [...statements].filter(([archiver]) => statements.size === 1 || archiver !== NO_ARCHIVER);
  const verifiedAt = Math.min(...inForce.map(([, writtenAt]) => writtenAt));
  if (
    [...archivers].some((archiver) => !statements.has(archiver)) ||
    isDue(period, verifiedAt, Date.parse(request.run.startedAt), request)
  ) {
    return true;
  }
  for (const [archiver, writtenAt] of period.statuses) {
    // S3 rounds times to seconds, so both may be written at the same time.
    if (writtenAt >= (statements.get(archiver) ?? 0) && (await hasChanged(bucket, { ...period, archiver }))) {
      return true;
    }
  }
  return false;
}

/** Whether the status of a period differs from the one in its statement. Each run of an archiver writes the status anew. */
async function hasChanged(bucket: ArchiveBucket, period: Parameters<typeof statusKey>[0]): Promise<boolean> {
  const statement = await readStatement(bucket, statementKey(period));
  if (statement === undefined) {
    return true;
  }
  const status = parseStatus((await bucket.find(statusKey(period))) ?? '', period.period);
  return !saysTheSame(typeof status === 'string' ? null : status, statement.reported);
}
