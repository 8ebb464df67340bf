import type { ArchiveReport, ArchiveSummary, Period, ReportEntry } from '@log-archiver/core';
import { countByStatus } from '@log-archiver/core';
import { failuresIn } from './report';

const FIRST = 20;
/** Names and keys can be long, and the output of a run must fit beside its input. */
const MAX_FIRST_BYTES = 32_768;
/** What a Fail state's Cause holds. https://docs.aws.amazon.com/step-functions/latest/dg/service-quotas.html */
const MAX_CAUSE_CHARACTERS = 32_768;

/** What the execution answers of a report, or fails with, but for what the operator is told. */
export function summaryOf(
  report: ArchiveReport,
  periods: Period[],
  reportKey: string,
  s3BucketName: string,
): Omit<ArchiveSummary, 'notification'> {
  const failures = failuresIn(report.items);
  const planned = report.items.filter(({ status }) => status === 'PLANNED');
  const named = [periods.at(0), periods.at(-1)].map((period) => period?.name ?? '');
  return {
    status: report.status,
    periods: named,
    archived: report.archived,
    skipped: report.skipped,
    failed: report.failed,
    atRisk: countAtRisk(report.atRisk),
    reportKey,
    first: asManyAsFit([...failures, ...planned].slice(0, FIRST), MAX_FIRST_BYTES),
    plan: report.plan,
    cause: causeOf(report, failures, `the report is s3://${s3BucketName}/${reportKey}`),
  };
}

function causeOf({ archived, skipped, failed }: ArchiveReport, failures: ReportEntry[], more: string): string {
  const start = `${failed} of ${archived + skipped + failed} log groups and periods FAILED: `;
  const lines = failures
    .slice(0, FIRST)
    .map(({ logGroupName, period, error, taskId }) => ({ logGroupName, period, error, taskId }));
  const room = MAX_CAUSE_CHARACTERS - start.length - more.length - '; '.length;
  return `${start}${JSON.stringify(asManyAsFit(lines, room))}; ${more}`;
}

/** Log groups and periods, not lines. */
export function countAtRisk(items: ReportEntry[]): number {
  const { ARCHIVED, PLANNED } = countByStatus(items);
  return ARCHIVED + PLANNED;
}

/** The first items, in whole, whose JSON is not longer. */
function asManyAsFit<T>(items: T[], maxBytes: number): T[] {
  const fitting = [...items];
  while (Buffer.byteLength(JSON.stringify(fitting)) > maxBytes) {
    fitting.pop();
  }
  return fitting;
}
