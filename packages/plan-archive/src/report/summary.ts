import {
  type ArchiveReport,
  type ArchiveSummary,
  countByStatus,
  MAX_CAUSE_CHARACTERS,
  type Period,
  type ReportEntry,
  runbookLink,
} from '@log-archiver/core';
import { describeFailures, findFailures, MAX_FIRST_ENTRIES } from './report';

/** Maximum size of the first entries. Names and keys can be long, and the output of a run must fit beside its input. */
const MAX_FIRST_BYTES = 32_768;

/** Summarizes a report for the output of the execution, or for the cause of its failure. */
export function summarize(
  report: ArchiveReport,
  periods: readonly Period[],
  reportKey: string,
  s3BucketName: string,
): Omit<ArchiveSummary, 'notification'> {
  const failures = findFailures(report.items);
  const planned = report.items.filter(({ status }) => status === 'PLANNED');
  return {
    status: report.status,
    periods: [periods.at(0), periods.at(-1)].map((period) => period?.name ?? ''),
    archived: report.archived,
    skipped: report.skipped,
    failed: report.failed,
    atRisk: countAtRisk(report.atRisk),
    reportKey,
    first: takeWhatFits([...failures, ...planned].slice(0, MAX_FIRST_ENTRIES), MAX_FIRST_BYTES),
    plan: report.plan,
    cause: describeCause(report, failures, `s3://${s3BucketName}/${reportKey}`),
  };
}

function describeCause(report: ArchiveReport, failures: readonly ReportEntry[], reportUrl: string): string {
  const start = `${describeFailures(report)}: `;
  const end = `; the report is ${reportUrl}; what to do: ${runbookLink('archiveincomplete')}`;
  const first = failures
    .slice(0, MAX_FIRST_ENTRIES)
    .map(({ logGroupName, period, error, taskId }) => ({ logGroupName, period, error, taskId }));
  return `${start}${JSON.stringify(takeWhatFits(first, MAX_CAUSE_CHARACTERS - start.length - end.length))}${end}`;
}

/** Counts log groups × periods at risk, a split period once. */
export function countAtRisk(entries: readonly ReportEntry[]): number {
  const { ARCHIVED, PLANNED } = countByStatus(entries);
  return ARCHIVED + PLANNED;
}

/** Returns as many of the first values as fit, in JSON, into a number of bytes. */
function takeWhatFits<T>(values: readonly T[], maxBytes: number): T[] {
  const fitting = [...values];
  while (Buffer.byteLength(JSON.stringify(fitting)) > maxBytes) {
    fitting.pop();
  }
  return fitting;
}
