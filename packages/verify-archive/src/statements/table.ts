import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import {
  DAY_MS,
  type ExpectedArchiver,
  NO_ARCHIVER,
  STATEMENTS_PREFIX,
  toIsoTime,
  type VerificationRun,
  type VerifiedStatus,
} from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import { getName, parsePeriodFile, parseStatementKey } from '../keys';
import type { FoundArchiver } from '../run-files';
import { parseStatus } from './period-status';
import { readStatement, type Statement } from './statement';
import { VERIFIED_STATUSES } from './verified-statuses';

const PARALLEL_READS = 50;
/** An archiver reports every day. After three days without a report, it does not run. */
const STALE_AFTER_MS = 3 * DAY_MS;

/** One period in the table. */
export interface TablePeriod extends Pick<Statement, 'period' | 'status' | 'receipts' | 'findings' | 'verifiedAt'> {}

/** One archiver in the table. */
export interface TableArchiver {
  /** Bucket of its archive. */
  s3BucketName: string;
  /** Whether the account and Region are expected. Without expectations, every archiver is. */
  isExpected: boolean;
  account: string;
  region: string;
  /** `null`: none has reported. */
  archiver: string | null;
  keyPrefix: string | null;
  /** Worst status of the periods, or `STALE` or `MISSING`; `INCOMPLETE` without a verified period. */
  status: VerifiedStatus;
  /** ISO 8601: the last report of the archiver; `null`: none. */
  asOf: string | null;
  /** Newest first. */
  periods: TablePeriod[];
}

/** Table of all accounts, Regions and periods. Persisted. */
export interface VerifiedTable {
  format: 1;
  s3BucketName: string;
  /** ISO 8601: start of the run. */
  verifiedAt: string;
  run: string;
  /** Tables of other verifiers that are part of this one. */
  others: OtherTable[];
  /** Worst first. */
  archivers: TableArchiver[];
}

/** Table of the verifier of another bucket. */
export interface OtherTable {
  s3BucketName: string;
  /** ISO 8601; `null`: there is no table. */
  verifiedAt: string | null;
  /** Whether the verifier has not written its table for 40 days. */
  isLate: boolean;
}

/** Table of another verifier, with the archivers of its own bucket. */
export type ReadTable = OtherTable & Pick<VerifiedTable, 'archivers'>;

/** Archiver of the bucket, before it becomes part of the table. */
type FoundTableArchiver = Omit<TableArchiver, 's3BucketName' | 'isExpected'>;

/** Creates the table from all statements, also those of earlier runs, and from the tables of other verifiers. */
export async function createTable(
  bucket: ArchiveBucket,
  s3BucketName: string,
  run: VerificationRun,
  found: readonly FoundArchiver[],
  expect: readonly ExpectedArchiver[],
  otherTables: readonly ReadTable[],
): Promise<VerifiedTable> {
  const archivers = await readArchivers(bucket);
  await addReports(bucket, archivers, found);
  const expected = new Set(expect.map(placeId));
  const now = Date.parse(run.startedAt);
  markStale([...archivers.values()], expected, now);
  const own = [...archivers.values(), ...findMissing([...archivers.values()], expect)].map((archiver) => ({
    s3BucketName,
    isExpected: expect.length === 0 || expected.has(placeId(archiver)),
    ...archiver,
  }));
  return {
    format: 1,
    s3BucketName,
    verifiedAt: toIsoTime(now),
    run: run.id,
    others: otherTables.map(({ archivers: _, ...table }) => table),
    archivers: [...own, ...otherTables.flatMap((table) => table.archivers)].sort(compareArchivers),
  };
}

/** Marks the expected archivers of accounts and Regions in which none has reported for 3 days. */
function markStale(archivers: FoundTableArchiver[], expected: ReadonlySet<string>, now: number) {
  for (const [id, ofPlace] of groupByPlace(archivers)) {
    const reports = ofPlace.flatMap(({ asOf }) => (asOf === null ? [] : [Date.parse(asOf)]));
    if (expected.has(id) && Math.max(...reports) < now - STALE_AFTER_MS) {
      for (const archiver of ofPlace) {
        archiver.status = findWorst([archiver.status, 'STALE']);
      }
    }
  }
}

function findMissing(
  archivers: readonly FoundTableArchiver[],
  expect: readonly ExpectedArchiver[],
): FoundTableArchiver[] {
  const reporting = new Set(archivers.filter(({ asOf }) => asOf !== null).map(placeId));
  return expect
    .filter((place) => !reporting.has(placeId(place)))
    .map(({ account, region }) => {
      return { account, region, archiver: null, keyPrefix: null, status: 'MISSING', asOf: null, periods: [] };
    });
}

/** Counts archivers by status. */
export function countArchivers({ archivers }: VerifiedTable): Record<VerifiedStatus, number> {
  const counts = Object.fromEntries(VERIFIED_STATUSES.map((status) => [status, 0])) as Record<VerifiedStatus, number>;
  for (const { status } of archivers) {
    counts[status] += 1;
  }
  return counts;
}

/** Groups periods that follow each other with the same status. */
export function groupByStatus<T extends { status: VerifiedStatus }>(periods: readonly T[]): T[][] {
  const ranges: T[][] = [];
  for (const period of periods) {
    const last = ranges.at(-1);
    if (last?.[0]?.status === period.status) {
      last.push(period);
    } else {
      ranges.push([period]);
    }
  }
  return ranges;
}

async function readArchivers(bucket: ArchiveBucket): Promise<Map<string, FoundTableArchiver>> {
  const keys: string[] = [];
  for await (const { key } of bucket.listObjects(STATEMENTS_PREFIX)) {
    if (parseStatementKey(key)) {
      keys.push(key);
    }
  }
  const archivers = new Map<string, FoundTableArchiver>();
  await inParallel(keys, PARALLEL_READS, async (key) => {
    const statement = await readStatement(bucket, key);
    if (!statement) {
      throw new Error(`statement ${key} must be JSON; remove it, and its period is verified again`);
    }
    const { account, region, archiver, keyPrefix, reported, period, status, receipts, findings, verifiedAt } =
      statement;
    const added: FoundTableArchiver = {
      account,
      region,
      archiver,
      keyPrefix,
      status: 'EMPTY',
      asOf: null,
      periods: [],
    };
    const id = archiverId(added);
    const ofArchiver = archivers.get(id) ?? added;
    archivers.set(id, ofArchiver);
    ofArchiver.periods.push({ period, status, receipts, findings, verifiedAt });
    ofArchiver.asOf = latest(ofArchiver.asOf, reported?.asOf);
  });
  for (const archiver of archivers.values()) {
    removeSuperseded(archiver, archivers);
    archiver.periods.sort((one, other) => (one.period > other.period ? -1 : 1));
    archiver.status = findWorst(archiver.periods.map(({ status }) => status));
  }
  return new Map([...archivers].filter(([, { periods }]) => periods.length > 0));
}

/** Removes periods without an archiver that an archiver has reported since. */
function removeSuperseded(archiver: FoundTableArchiver, archivers: ReadonlyMap<string, FoundTableArchiver>) {
  if (archiver.archiver !== null) {
    return;
  }
  const reported = new Set(
    [...archivers.values()]
      .filter((other) => other.archiver !== null && other.keyPrefix === archiver.keyPrefix)
      .filter((other) => placeId(other) === placeId(archiver))
      .flatMap(({ periods }) => periods.map(({ period }) => period)),
  );
  archiver.periods = archiver.periods.filter(({ period }) => !reported.has(period));
}

/** Adds the last report of each archiver, which may be later than its statements, and archivers without statements. */
async function addReports(
  bucket: ArchiveBucket,
  archivers: Map<string, FoundTableArchiver>,
  found: readonly FoundArchiver[],
): Promise<void> {
  await inParallel(found, PARALLEL_READS, async (archiver) => {
    const text = await bucket.find(archiver.newestStatus);
    const status = parseStatus(text ?? '', parsePeriodFile(getName(archiver.newestStatus)) ?? '');
    if (typeof status === 'string') {
      return;
    }
    const id = archiverId(archiver);
    const { account, region, keyPrefix } = archiver;
    const added: FoundTableArchiver = {
      ...{ account, region, keyPrefix, archiver: archiver.archiver },
      ...{ status: 'INCOMPLETE', asOf: null, periods: [] },
    };
    const ofArchiver = archivers.get(id) ?? added;
    archivers.set(id, ofArchiver);
    ofArchiver.asOf = latest(ofArchiver.asOf, status.asOf);
  });
}

function latest(one: string | null, other: string | undefined): string | null {
  return other === undefined || (one !== null && one >= other) ? one : other;
}

/** Returns the worst status; `EMPTY`: there is none. */
export function findWorst(statuses: readonly VerifiedStatus[]): VerifiedStatus {
  return VERIFIED_STATUSES.find((status) => statuses.includes(status)) ?? 'EMPTY';
}

function compareArchivers(one: TableArchiver, other: TableArchiver): number {
  const rank = ({ status }: TableArchiver) => VERIFIED_STATUSES.indexOf(status);
  return rank(one) - rank(other) || (sortId(one) < sortId(other) ? -1 : 1);
}

function sortId({ account, region, archiver, keyPrefix }: TableArchiver): string {
  return [account, region, archiver, keyPrefix].join('\n');
}

function archiverId({
  keyPrefix,
  account,
  region,
  archiver,
}: Pick<FoundTableArchiver, 'keyPrefix' | 'account' | 'region' | 'archiver'>): string {
  return [keyPrefix, account, region, archiver ?? NO_ARCHIVER].join('\n');
}

function placeId({ account, region }: ExpectedArchiver): string {
  return `${account}\n${region}`;
}

function groupByPlace(archivers: readonly FoundTableArchiver[]): Map<string, FoundTableArchiver[]> {
  const groups = new Map<string, FoundTableArchiver[]>();
  for (const archiver of archivers) {
    const id = placeId(archiver);
    groups.set(id, [...(groups.get(id) ?? []), archiver]);
  }
  return groups;
}
