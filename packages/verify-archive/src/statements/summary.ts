import { runbookLink, TABLE_PAGE_KEY, type VerificationSummary, type VerifiedStatus } from '@log-archiver/core';
import { countArchivers, type OtherTable, type TableArchiver, type VerifiedTable } from './table';
import { VERIFIED_STATUSES } from './verified-statuses';

/** Maximum number of archivers in a message, and in the cause of an execution. */
const MAX_LINES = 20;
const MAX_CAUSES = 3;
/** Maximum number of periods that a line names. */
const MAX_PERIODS = 6;

/** Statuses of which an operator is notified, unless the archiver is none of the expected ones. */
const FAULTS: readonly VerifiedStatus[] = ['TAMPERED', 'MISSING', 'INCOMPLETE', 'STALE'];

/** Summarizes a run: the archivers at fault, worst first. */
export function summarize(table: VerifiedTable, unverified: number): VerificationSummary {
  const archivers = countArchivers(table);
  const faults = table.archivers.filter(isAtFault);
  const late = table.others.filter(({ isLate }) => isLate);
  const common = { archivers, atFault: faults.length, unverified, lateVerifiers: late.length, page: TABLE_PAGE_KEY };
  if (faults.length === 0 && unverified === 0 && late.length === 0) {
    return { status: 'VERIFIED', ...common, cause: null, notification: null };
  }
  const { s3BucketName } = table;
  const count = faults.length + unverified + late.length;
  const title = describeFaults(faults.length, unverified, late.length);
  const lines = [...faults.map(formatFault), ...late.map(formatLate)];
  return {
    status: 'NOT_VERIFIED',
    ...common,
    cause: `${title}. ${[...limit(lines, MAX_CAUSES), `See s3://${s3BucketName}/${TABLE_PAGE_KEY}.`].join(' ')}`,
    notification: {
      subject: `LogArchiver: ${plural(count, 'fault')} in ${s3BucketName}`,
      message: [
        `The archive in ${s3BucketName} is not verified: ${title}.`,
        `Archivers: ${formatCounts(archivers)}.`,
        ...(lines.length === 0 ? [] : [`Worst first:\n${limit(lines, MAX_LINES).join('\n')}`]),
        `Run: ${table.run}\nTable: s3://${s3BucketName}/${TABLE_PAGE_KEY}\nWhat to do: ${runbookLink('archivenotverified')}`,
      ].join('\n\n'),
    },
  };
}

/**
 * Whether an operator must look at an archiver.
 *
 * If archivers are expected, any other one may have been removed on purpose. Then only a changed archive is a fault.
 */
function isAtFault({ status, isExpected }: TableArchiver): boolean {
  return status === 'TAMPERED' || (isExpected && FAULTS.includes(status));
}

function describeFaults(atFault: number, unverified: number, late: number): string {
  const describe = (count: number, one: string, several: string) =>
    count === 0 ? [] : [`${count} ${count === 1 ? one : several}`];
  return [
    ...describe(atFault, 'archiver is at fault', 'archivers are at fault'),
    ...describe(unverified, 'period could not be verified', 'periods could not be verified'),
    ...describe(late, 'other verifier has no new table', 'other verifiers have no new table'),
  ].join(', ');
}

function formatLate({ s3BucketName, verifiedAt }: OtherTable): string {
  return `LATE ${s3BucketName}: its verifier ${verifiedAt === null ? 'has written no table' : `ran last at ${verifiedAt}`}.`;
}

function formatFault({ status, account, region, archiver, asOf, periods }: TableArchiver): string {
  const place = `${status} ${account} ${region}`;
  if (status === 'MISSING') {
    return `${place}: no archiver has reported.`;
  }
  if (status === 'STALE') {
    return `${place} ${archiver}: last report at ${asOf}.`;
  }
  const names = periods
    .filter((period) => period.status === status)
    .map(({ period, findings }) => (findings > 0 ? `${period} (${plural(findings, 'finding')})` : period));
  const more = names.length > MAX_PERIODS ? ` and ${names.length - MAX_PERIODS} more` : '';
  return `${place} ${archiver ?? 'without a report'}: ${names.slice(0, MAX_PERIODS).join(', ') || 'no period'}${more}.`;
}

function plural(count: number, thing: string): string {
  return `${count} ${thing}${count === 1 ? '' : 's'}`;
}

function limit(lines: readonly string[], maximum: number): string[] {
  const more = lines.length > maximum ? [`And ${lines.length - maximum} more.`] : [];
  return [...lines.slice(0, maximum), ...more];
}

function formatCounts(archivers: Record<VerifiedStatus, number>): string {
  const counts = VERIFIED_STATUSES.filter((status) => archivers[status] > 0);
  return counts.map((status) => `${status} ${archivers[status]}`).join(', ') || 'none';
}
