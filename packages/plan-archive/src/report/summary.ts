import {
  type ArchiveReport,
  type ArchiveSummary,
  MAX_CAUSE_CHARACTERS,
  type Period,
  type ReportEntry,
  runbookLink,
  truncate,
} from '@log-archiver/core';
import { countLosses, describeProblems, findFailures, MAX_FIRST_ENTRIES } from './report';

/** Maximum size of the first entries. Names and keys can be long, and the output of a run must fit beside its input. */
const MAX_FIRST_BYTES = 24_576;
/** Maximum size of the first new losses, and of the first new warnings. */
const MAX_LIST_BYTES = 12_288;
/** Maximum length of a message in a summary, a cause or a notification. The report has the whole message. */
export const MAX_SHORT_MESSAGE = 200;

/** Summarizes a report for the output of the execution, or for the cause of its failure. */
export function summarize(
  report: ArchiveReport,
  periods: readonly Period[],
  reportKey: string,
  s3BucketName: string,
): Omit<ArchiveSummary, 'notification'> {
  const first = (['FAILED', 'LOST', 'PLANNED'] as const).flatMap((status) =>
    report.items.filter((entry) => entry.status === status),
  );
  return {
    status: report.status,
    periods: [periods.at(0), periods.at(-1)].map((period) => period?.name ?? ''),
    archived: report.archived,
    skipped: report.skipped,
    failed: report.failed,
    lost: report.lost,
    newLosses: takeWhatFits(report.newLosses.slice(0, MAX_FIRST_ENTRIES), MAX_LIST_BYTES),
    warnings: takeWhatFits(report.warnings.slice(0, MAX_FIRST_ENTRIES), MAX_LIST_BYTES),
    forecast: report.forecast,
    reportKey,
    first: takeWhatFits(first.slice(0, MAX_FIRST_ENTRIES).map(shorten), MAX_FIRST_BYTES),
    plan: report.plan,
    cause: describeCause(report, `s3://${s3BucketName}/${reportKey}`),
  };
}

/** Describes failures and new losses. The text is the cause of the failed execution. */
function describeCause(report: ArchiveReport, reportUrl: string): string {
  const isLoss = report.status === 'LOSS';
  const start = `${isLoss ? countLosses(report.newLosses) : describeProblems(report)}: `;
  const end = `; the report is ${reportUrl}; what to do: ${runbookLink(isLoss ? 'archiveloss' : 'archiveincomplete')}`;
  const failures = findFailures(report.items)
    .slice(0, MAX_FIRST_ENTRIES)
    .map(shorten)
    .map(({ logGroupName, period, error, cause, taskId }) => ({ logGroupName, period, error, cause, taskId }));
  const losses = report.newLosses
    .slice(0, MAX_FIRST_ENTRIES)
    .map(({ logGroupName, cause, from, to }) => ({ logGroupName, cause, from, to }));
  return `${start}${JSON.stringify(takeWhatFits([...failures, ...losses], MAX_CAUSE_CHARACTERS - start.length - end.length))}${end}`;
}

function shorten(entry: ReportEntry): ReportEntry {
  return { ...entry, cause: entry.cause && truncate(entry.cause, MAX_SHORT_MESSAGE) };
}

/** Returns as many of the first values as fit, in JSON, into a number of bytes. */
function takeWhatFits<T>(values: readonly T[], maxBytes: number): T[] {
  const fitting = [...values];
  while (Buffer.byteLength(JSON.stringify(fitting)) > maxBytes) {
    fitting.pop();
  }
  return fitting;
}
