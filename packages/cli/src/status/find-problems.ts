import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { NO_ARCHIVER, type PeriodStatus, statementKey, truncate, type VerifiedStatus } from '@log-archiver/core';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { statusKey } from '@log-archiver/verify-archive/keys';
import { readStatement } from '@log-archiver/verify-archive/statements/statement';
import { PARALLEL_CALLS } from '../archive/find-archives';
import type { ArchiverState, ArchiveState } from './read-states';

/** A reason why a period is not complete. */
export interface Problem {
  account: string;
  region: string;
  archiver: string | null;
  /** `null`: the problem is not one of a period. */
  period: string | null;
  /** `null`: the problem is not one of a log group. */
  logGroupName: string | null;
  message: string;
}

const MAX_MESSAGE_CHARACTERS = 200;
const COMPLETE: readonly VerifiedStatus[] = ['COMPLETE', 'EMPTY'];

/** Whether nothing is missing in a period. */
export function isComplete(status: VerifiedStatus): boolean {
  return COMPLETE.includes(status);
}

/** Finds what is missing, and why: in the statuses of the periods, and in the statements of the verifier. */
export async function findProblems(
  bucket: ArchiveBucket,
  { archivers }: Pick<ArchiveState, 'archivers'>,
): Promise<Problem[]> {
  const found = await inParallel(archivers, PARALLEL_CALLS, async (archiver) => {
    const problems = findProblemsOfArchiver(archiver);
    // The records of an archive in another bucket are with its own verifier.
    const isHere = archiver.s3BucketName === bucket.s3BucketName && archiver.archiver !== null;
    for (const { period, status } of isHere ? archiver.periods : []) {
      if (!isComplete(status)) {
        problems.push(...(await findProblemsOfPeriod(bucket, archiver, period, status)));
      }
    }
    return problems;
  });
  return found.flat();
}

function findProblemsOfArchiver({ account, region, archiver, status, asOf }: ArchiverState): Problem[] {
  const create = (message: string) => [{ account, region, archiver, period: null, logGroupName: null, message }];
  if (status === 'MISSING') {
    return create('no archiver has ever reported');
  }
  return status === 'STALE' ? create(`the archiver has not reported since ${asOf}`) : [];
}

async function findProblemsOfPeriod(
  bucket: ArchiveBucket,
  { account, region, keyPrefix, archiver }: ArchiverState,
  period: string,
  status: VerifiedStatus,
): Promise<Problem[]> {
  const place = { account, region, keyPrefix: keyPrefix ?? '', archiver: archiver ?? NO_ARCHIVER, period };
  const create = (logGroupName: string | null, message: string): Problem => ({
    ...{ account, region, archiver, period, logGroupName },
    message: truncate(message, MAX_MESSAGE_CHARACTERS),
  });
  if (status === 'TAMPERED') {
    const statement = await readStatement(bucket, statementKey(place));
    const findings = statement?.firstFindings ?? [];
    return findings.length === 0
      ? [create(null, 'the status of the period is not one that an archiver wrote')]
      : findings.map(({ type, message }) => create(null, `${type}: ${message}`));
  }
  const text = await bucket.find(statusKey(place));
  const { failures = [], losses = [], failed = 0, reportKey }: Partial<PeriodStatus> = JSON.parse(text ?? '{}');
  const more = failed - failures.length;
  return [
    ...failures.map(({ logGroupName, error, cause }) => create(logGroupName, `FAILED (${error}): ${cause}`)),
    ...(more > 0 ? [create(null, `${more} more log groups FAILED; see ${reportKey}`)] : []),
    ...losses.map(({ logGroupName, cause, from, to }) => create(logGroupName, `LOST (${cause}): ${from} to ${to}`)),
  ];
}
