import { type ExpectedArchiver, runbookLink, type VerificationSummary, type VerifiedStatus } from '@log-archiver/core';
import { TABLE_PAGE_KEY } from '../keys';
import { countArchivers, type TableArchiver, type VerifiedTable } from './table';
import { VERIFIED_STATUSES } from './verified-statuses';

/** Maximum number of archivers in a message, and in the cause of an execution. */
const MAX_LINES = 20;
const MAX_CAUSES = 3;
/** Maximum number of periods that a line names. */
const MAX_PERIODS = 6;

/** Statuses of which an operator is notified, unless the archiver is none of the expected ones. */
const FAULTS: readonly VerifiedStatus[] = ['TAMPERED', 'MISSING', 'INCOMPLETE', 'STALE'];

/** Summarizes a run: the archivers at fault, worst first. */
export function summarize(
  table: VerifiedTable,
  expect: readonly ExpectedArchiver[],
  unverified: number,
): VerificationSummary {
  const archivers = countArchivers(table);
  const faults = table.archivers.filter((archiver) => isAtFault(archiver, expect));
  const common = { archivers, atFault: faults.length, unverified, page: TABLE_PAGE_KEY };
  if (faults.length === 0 && unverified === 0) {
    return { status: 'VERIFIED', ...common, cause: null, notification: null };
  }
  const { s3BucketName } = table;
  const title = describeFaults(faults.length, unverified);
  const lines = faults.map(formatFault);
  return {
    status: 'NOT_VERIFIED',
    ...common,
    cause: `${title}. ${[...limit(lines, MAX_CAUSES), `See s3://${s3BucketName}/${TABLE_PAGE_KEY}.`].join(' ')}`,
    notification: {
      subject: `LogArchiver: ${faults.length} at fault in ${s3BucketName}`,
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
function isAtFault({ status, account, region }: TableArchiver, expect: readonly ExpectedArchiver[]): boolean {
  const isExpected = expect.length === 0 || expect.some((each) => each.account === account && each.region === region);
  return status === 'TAMPERED' || (isExpected && FAULTS.includes(status));
}

function describeFaults(atFault: number, unverified: number): string {
  const parts = [
    ...(atFault > 0 ? [`${atFault} ${atFault === 1 ? 'archiver is' : 'archivers are'} at fault`] : []),
    ...(unverified > 0 ? [`${unverified} ${unverified === 1 ? 'period' : 'periods'} could not be verified`] : []),
  ];
  return parts.join(', and ');
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
    .map(({ period, findings }) => (findings > 0 ? `${period} (${findings} findings)` : period));
  const more = names.length > MAX_PERIODS ? ` and ${names.length - MAX_PERIODS} more` : '';
  return `${place} ${archiver ?? 'without a report'}: ${names.slice(0, MAX_PERIODS).join(', ') || 'no period'}${more}.`;
}

function limit(lines: readonly string[], maximum: number): string[] {
  const more = lines.length > maximum ? [`And ${lines.length - maximum} more.`] : [];
  return [...lines.slice(0, maximum), ...more];
}

function formatCounts(archivers: Record<VerifiedStatus, number>): string {
  const counts = VERIFIED_STATUSES.filter((status) => archivers[status] > 0);
  return counts.map((status) => `${status} ${archivers[status]}`).join(', ') || 'none';
}
