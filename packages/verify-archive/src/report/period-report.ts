import {
  type ArchiveReceipt,
  type ArchiveReport,
  type ArchiveWarning,
  type Loss,
  mergeParts,
  type PeriodStatus,
  type ReportEntry,
  type SlotHolder,
} from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import { metadataPrefix, statusKey } from '../keys';
import type { FoundPeriod } from '../plan/find-periods';
import { readReceiptsInForce } from '../receipts/receipts-in-force';
import { parseRunReport, parseStatusDetails, type StatusDetails } from './parse-records';

/** Outcome of a log group. */
export interface LogGroupOutcome extends Pick<ReportEntry, 'logGroupName' | 'status' | 'error' | 'cause'> {
  losses: readonly Loss[];
  /** `null`: the log group has no receipt in force. */
  receipt: ArchiveReceipt | null;
}

/** A loss, and its log group. */
export interface LogGroupLoss extends Loss {
  logGroupName: string;
}

/** Contents of the page of a period. */
export interface PeriodReport extends Pick<FoundPeriod, 'account' | 'region' | 'keyPrefix' | 'period'> {
  s3BucketName: string;
  /** Name of the state machine; `null`: no archiver has written a status of the period. */
  archiver: string | null;
  timeZones: string[];
  /** `null`: no archiver has written a valid status of the period. */
  status: PeriodStatus['status'] | null;
  /** ISO 8601: when the status was written. */
  asOf: string | null;
  losses: LogGroupLoss[];
  /** Worst first, then the largest. */
  logGroups: LogGroupOutcome[];
  /** Number of failed log groups of which only the number is known. */
  unnamedFailures: number;
  warnings: ArchiveWarning[];
  /** Foreign export tasks during the run that wrote the status. */
  slotHolders: SlotHolder[];
  /** Records that are missing, not valid, or contradict each other. */
  problems: string[];
}

/** Statuses, worst first. */
const STATUSES: ReportEntry['status'][] = ['FAILED', 'LOST', 'PLANNED', 'ARCHIVED', 'SKIPPED'];

/** Reads the records of an archiver's period: its status, the report of the run that wrote it, and the receipts in force. */
export async function readPeriodReport(
  bucket: ArchiveBucket,
  found: FoundPeriod,
  archiver: string | null,
): Promise<PeriodReport> {
  const { account, region, keyPrefix, period, folders } = found;
  const problems: string[] = [];
  const status = archiver === null ? undefined : await readStatus(bucket, { ...found, archiver }, problems);
  const report = status && (await readReport(bucket, found, status, problems));
  const receipts: ArchiveReceipt[] = [];
  for (const folder of folders) {
    const { inForce, invalid } = await readReceiptsInForce(bucket, folder);
    receipts.push(...inForce);
    problems.push(...invalid);
  }
  const archived = receipts.map(createArchived);
  const names = new Set(archived.map(({ logGroupName }) => logGroupName));
  if (status && names.size < status.archived) {
    problems.push(`the status counts ${status.archived} archived log groups, and ${names.size} have a valid receipt`);
  }
  const entries = report?.items.filter((entry) => entry.period === period) ?? status?.failures ?? [];
  const others = mergeParts(entries)
    .filter(({ logGroupName }) => !names.has(logGroupName))
    .map(({ logGroupName, status, error, cause, losses }) => ({
      ...{ logGroupName, status, error, cause, losses },
      receipt: null,
    }));
  const logGroups = [...archived, ...others].sort(compareOutcomes);
  const failures = logGroups.filter((outcome) => outcome.status === 'FAILED').length;
  return {
    ...{ s3BucketName: bucket.s3BucketName, account, region, keyPrefix, period, archiver },
    timeZones: [...new Set(receipts.map(({ timeZone }) => timeZone))].sort(),
    status: status?.status ?? null,
    asOf: status?.asOf ?? null,
    losses: status?.losses ?? receipts.flatMap(listLosses),
    logGroups,
    unnamedFailures: Math.max(0, (status?.failed ?? 0) - failures),
    warnings: status?.warnings ?? [],
    slotHolders: report?.slotHolders ?? [],
    problems,
  };
}

/** Returns the number of objects of a receipt, and their bytes. */
export function sumObjects(receipt: ArchiveReceipt | null): { objects: number; bytes: number } {
  const tasks = receipt?.tasks ?? [];
  return {
    objects: tasks.reduce((sum, { objects }) => sum + objects, 0),
    bytes: tasks.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

async function readStatus(
  bucket: ArchiveBucket,
  place: FoundPeriod & { archiver: string },
  problems: string[],
): Promise<StatusDetails | undefined> {
  const key = statusKey(place);
  const status = parseStatusDetails((await bucket.find(key)) ?? '', place.period);
  if (typeof status === 'string') {
    problems.push(`${key} is ignored because it is not valid: ${status}`);
    return undefined;
  }
  return status;
}

/** Reads the report that a status names. The keys of a status come from the account: it may name only its own report. */
async function readReport(
  bucket: ArchiveBucket,
  { keyPrefix, account, region }: FoundPeriod,
  { reportKey }: StatusDetails,
  problems: string[],
): Promise<Pick<ArchiveReport, 'items' | 'slotHolders'> | undefined> {
  const prefix = `${metadataPrefix(keyPrefix)}runs/${account}/${region}/`;
  const text = reportKey.startsWith(prefix) ? await bucket.find(reportKey) : undefined;
  if (text === undefined) {
    problems.push(`the report ${reportKey} of the status does not exist: skipped log groups are not listed`);
    return undefined;
  }
  const report = parseRunReport(text);
  if (typeof report === 'string') {
    problems.push(`${reportKey} is ignored because it is not valid: ${report}`);
    return undefined;
  }
  return report;
}

function createArchived(receipt: ArchiveReceipt): LogGroupOutcome {
  const { logGroupName, losses } = receipt;
  return { logGroupName, status: 'ARCHIVED', error: null, cause: null, losses, receipt };
}

function listLosses({ logGroupName, losses }: ArchiveReceipt): LogGroupLoss[] {
  return losses.map((loss) => ({ ...loss, logGroupName }));
}

function compareOutcomes(one: LogGroupOutcome, other: LogGroupOutcome): number {
  return (
    STATUSES.indexOf(one.status) - STATUSES.indexOf(other.status) ||
    sumObjects(other.receipt).bytes - sumObjects(one.receipt).bytes ||
    (one.logGroupName < other.logGroupName ? -1 : 1)
  );
}
