import type { ArchiveSummary, ReportEntry } from '@log-archiver/core';
import { type EndedExecution, getActiveRun, getSummary } from './execute';
import { type CauseEntry, readCause, readMessage } from './read-cause';
import { formatDuration } from './run-progress';

const HOUR_MS = 3_600_000;

/** Formats the end of a run for people. */
export function formatRun(ended: EndedExecution): string {
  const [summary, activeRun] = [getSummary(ended), getActiveRun(ended)];
  if (summary !== undefined) {
    return [
      `${summary.status}: ${formatCounts(summary)}`,
      ...formatLost(summary),
      ...formatOutlook(summary),
      ...formatReport(summary),
    ].join('\n');
  }
  if (activeRun !== undefined) {
    return `nothing was archived: another run was active: ${activeRun}`;
  }
  return ended.status === 'SUCCEEDED'
    ? 'SUCCEEDED without the summary of a run; check that --state-machine names an archiver'
    : formatFailure(ended);
}

/** Formats the estimate of a dry run for people. */
export function formatPlan(summary: ArchiveSummary): string {
  const failures = summary.first.filter(({ status }) => status === 'FAILED');
  return [
    ...formatEstimate(summary),
    `${summary.archived} already archived, ${summary.skipped} skipped, ${summary.failed} would fail, ${summary.lost} lost`,
    ...failures.map(formatEntry),
    ...(summary.failed > failures.length ? [`And ${summary.failed - failures.length} more would fail.`] : []),
    ...formatLost(summary),
    ...formatOutlook(summary),
    ...formatReport(summary),
  ].join('\n');
}

/** Formats the size of a dry run's estimate. */
export function formatEstimate({ plan, periods }: ArchiveSummary): string[] {
  if (plan === null) {
    return [];
  }
  const { exports, exportHours, storedBytes, stateTransitions } = plan;
  const planned = `${exports} ${exports === 1 ? 'export' : 'exports'} planned for ${formatPeriods(periods)}`;
  if (exports === 0) {
    return [planned];
  }
  const time =
    exportHours === null
      ? 'duration unknown (no receipt shows one)'
      : `about ${formatDuration(exportHours * HOUR_MS)} of export time`;
  return [
    `${planned}, ${time}`,
    `${storedBytes.toLocaleString('en-US')} bytes stored in their log groups, ` +
      `about ${stateTransitions.toLocaleString('en-US')} state transitions`,
  ];
}

function formatPeriods(periods: readonly string[]): string {
  return [...new Set(periods)].join(' to ');
}

function formatCounts({ archived, skipped, failed, lost }: ArchiveSummary): string {
  return `${archived} archived, ${skipped} skipped, ${failed} failed, ${lost} lost`;
}

function formatLost({ first, newLosses }: ArchiveSummary): string[] {
  const losses = newLosses.map(({ logGroupName, cause, from, to }) =>
    formatCauseEntry({ logGroupName, cause, from, to }),
  );
  return losses.length > 0 ? losses : first.filter(({ status }) => status === 'LOST').map(formatEntry);
}

function formatOutlook({ forecast, warnings }: ArchiveSummary): string[] {
  return [
    ...(forecast === null ? [] : [`forecast: ${forecast.message}`]),
    ...warnings.map(({ type, message, subject }) => `warning: ${type}: ${message}${subject && `: ${subject}`}`),
  ];
}

/** Only the text of the summary names the bucket. */
function formatReport({ cause, reportKey }: ArchiveSummary): string[] {
  return [`report: ${readCause(cause)?.reportUrl ?? reportKey}`];
}

function formatFailure({ status, error, cause }: EndedExecution): string {
  const run = readCause(cause ?? '');
  if (run === undefined) {
    const message = cause === null ? '' : `: ${toLine(readMessage(cause))}`;
    return `${status}${error === null ? '' : ` with ${error}`}${message}`;
  }
  return [
    `${status} with ${error}: ${run.problems}`,
    ...run.entries.map(formatCauseEntry),
    `report: ${run.reportUrl}`,
    `what to do: ${run.article}`,
  ].join('\n');
}

function formatEntry({ period, logGroupName, status, error, cause }: ReportEntry): string {
  return `${period} ${logGroupName}: ${status} (${error})${cause === null ? '' : `: ${toLine(cause)}`}`;
}

function formatCauseEntry({ logGroupName, period, error, cause, from, to }: CauseEntry): string {
  return period === undefined
    ? `${logGroupName}: LOST (${cause}): ${from} to ${to}`
    : `${period} ${logGroupName}: FAILED (${error}): ${toLine(cause)}`;
}

function toLine(text: string): string {
  return text.replaceAll(/\s+/g, ' ').trim();
}
