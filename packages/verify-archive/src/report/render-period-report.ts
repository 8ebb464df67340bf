import { type ArchiveReceipt, type ArchiveWarning, REASONS, type ReportEntry } from '@log-archiver/core';
import { escapeHtml, renderHead, renderPage, renderRow, renderTime } from '../html';
import { renderStatus } from '../statements/render-table';
import { formatBytes, formatCount, formatMilliseconds } from './format';
import { type LogGroupLoss, type LogGroupOutcome, type PeriodReport, sumObjects } from './period-report';
import { renderTimelines } from './render-timelines';
import { createTimelines } from './slot-timeline';

/** Maximum number of log groups in the table, which keeps the page below 400 kB. */
const MAX_ROWS = 1_000;
/** Maximum number of entries of each list before the table. */
const MAX_ENTRIES = 100;

const COLORS: Record<ReportEntry['status'], string> = {
  FAILED: 'bad',
  LOST: 'warn',
  PLANNED: 'warn',
  ARCHIVED: 'good',
  SKIPPED: 'none',
};

const STYLE = `
h2 { font-size: 1.1rem; margin: 1.75rem 0 .25rem; } h1, h2, h3 { break-after: avoid; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1rem 0 0; } li { padding: .25rem 0; overflow-wrap: anywhere; }
dl { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .5rem 1.5rem; margin: 0; }
@media print, (min-width: 45rem) { dl div:nth-child(-n + 2) { grid-column: span 2; } }
dt { color: var(--soft); font-size: .85rem; } dd { margin: 0; overflow-wrap: anywhere; }
th:first-child { width: 24%; } th:nth-child(2) { width: 34%; }
th:nth-child(n + 4), td:nth-child(n + 4) { text-align: right; white-space: nowrap; }
svg { box-sizing: border-box; width: 100%; height: .75rem; border: 1px solid var(--line); } rect { fill: var(--good); }
.slot { display: block; height: 2rem; } .axis { display: flex; flex-wrap: wrap; justify-content: space-between; }
.export { display: grid; grid-template-columns: 2fr 3fr 13rem; gap: 0 1rem; align-items: center; }
@media screen and (max-width: 45rem) { td:nth-child(n + 4) { text-align: left; } .export { display: block; } }
`;

/** Renders the page of a period. `writtenAt`: ISO 8601. */
export function renderPeriodReport(report: PeriodReport, writtenAt: string): string {
  const { period, losses, logGroups, unnamedFailures, problems, warnings, slotHolders } = report;
  const failures = [...logGroups.filter(isFailed).map(renderFailure), ...renderUnnamed(unnamedFailures)];
  return renderPage({
    title: `Archive of ${period}`,
    style: STYLE,
    body: [
      renderSummary(report, writtenAt),
      '<h2>Losses and failures</h2>',
      renderLists(losses.map(renderLoss), failures, problems.map(renderProblem)),
      ...(warnings.length === 0 ? [] : ['<h2>Warnings</h2>', renderLists(warnings.map(renderWarning))]),
      '<h2>Log groups</h2>',
      renderLogGroups(logGroups),
      '<h2>Export slot</h2>',
      renderTimelines(createTimelines(listReceipts(logGroups)), slotHolders),
    ].join('\n'),
  });
}

function renderSummary(report: PeriodReport, writtenAt: string): string {
  const { status, asOf, s3BucketName, keyPrefix, account, region, archiver, timeZones, logGroups } = report;
  const sums = sumAll(logGroups);
  const tasks = listReceipts(logGroups).reduce((sum, receipt) => sum + receipt.tasks.length, 0);
  const facts: Record<string, string> = {
    Archiver: escapeHtml(archiver ?? 'none'),
    Bucket: escapeHtml(keyPrefix === '' ? s3BucketName : `${s3BucketName}/${keyPrefix}`),
    Account: escapeHtml(account),
    Region: escapeHtml(region),
    'Time zone': escapeHtml(timeZones.join(', ') || 'unknown'),
    'Page written': renderTime(writtenAt),
    'Log groups': renderCounts(report),
    'Export tasks': formatCount(tasks),
    Objects: formatCount(sums.objects),
    Bytes: `${formatBytes(sums.bytes)}${sums.bytes < 1_000 ? '' : ` (${formatCount(sums.bytes)} bytes)`}`,
  };
  const shown =
    status === null ? '<b class="bad">NO STATUS</b>: no archiver has written a valid one' : renderStatus(status);
  return [
    `<p>${shown}${asOf === null ? '' : ` as of ${renderTime(asOf)}`}.</p>`,
    `<dl>${Object.entries(facts)
      .map(([label, content]) => `<div><dt>${label}</dt><dd>${content}</dd></div>`)
      .join('')}</dl>`,
  ].join('\n');
}

function renderCounts({ logGroups, unnamedFailures }: PeriodReport): string {
  const counts = new Map<ReportEntry['status'], number>();
  for (const { status } of logGroups) {
    counts.set(status, (counts.get(status) ?? 0) + 1);
  }
  if (unnamedFailures > 0) {
    counts.set('FAILED', (counts.get('FAILED') ?? 0) + unnamedFailures);
  }
  const parts = [...counts].map(([status, count]) => `${renderOutcome(status)} ${formatCount(count)}`);
  return parts.join(', ') || 'none';
}

function renderLists(...lists: string[][]): string {
  if (lists.every(({ length }) => length === 0)) {
    return '<p>None.</p>';
  }
  const items = lists.flatMap((list) => [
    ...list.slice(0, MAX_ENTRIES),
    ...(list.length > MAX_ENTRIES ? [`And ${formatCount(list.length - MAX_ENTRIES)} more.`] : []),
  ]);
  return `<ul>${items.map((item) => `<li>${item}</li>`).join('\n')}</ul>`;
}

function renderLoss({ logGroupName, cause, from, to }: LogGroupLoss): string {
  const range = `${renderTime(from, 'SECOND')} to ${renderTime(to, 'SECOND')}`;
  return `${renderOutcome('LOST')} ${escapeHtml(logGroupName)}: ${range}: ${REASONS[cause]} (${cause})`;
}

function renderFailure({ logGroupName, error, cause }: LogGroupOutcome): string {
  const message = cause === null ? '' : `: ${escapeHtml(cause)}`;
  return `${renderOutcome('FAILED')} ${escapeHtml(logGroupName)}: ${escapeHtml(error ?? 'unknown error')}${message}`;
}

/** Renders the number of failures whose log groups are only in a report that is missing. */
function renderUnnamed(count: number): string[] {
  return count === 0 ? [] : [`${renderOutcome('FAILED')} ${formatCount(count)} more log groups`];
}

function renderProblem(problem: string): string {
  return `<b class="bad">RECORD</b> ${escapeHtml(problem)}`;
}

function renderWarning({ type, subject, message }: ArchiveWarning): string {
  return `<b class="warn">${escapeHtml(type)}</b> ${subject === '' ? '' : `${escapeHtml(subject)}: `}${escapeHtml(message)}`;
}

function renderLogGroups(logGroups: readonly LogGroupOutcome[]): string {
  if (logGroups.length === 0) {
    return '<p>None.</p>';
  }
  const [shown, rest] = [logGroups.slice(0, MAX_ROWS), logGroups.slice(MAX_ROWS)];
  const { objects, bytes } = sumAll(rest);
  const more =
    rest.length === 0
      ? ''
      : `\n<p>And ${formatCount(rest.length)} more log groups, which are smaller or skipped: ${formatCount(objects)} objects, ${formatBytes(bytes)}.</p>`;
  return `<table>
${renderHead(['Outcome', 'Log group', 'Export started', 'Took', 'Objects', 'Bytes'])}
<tbody>
${shown.map(renderLogGroup).join('\n')}
</tbody>
</table>${more}`;
}

function renderLogGroup(outcome: LogGroupOutcome): string {
  const { logGroupName, status, losses, receipt } = outcome;
  const { objects, bytes } = sumObjects(receipt);
  const notes = [
    ...(status === 'ARCHIVED' && losses.length > 0 ? ['with a loss'] : []),
    ...(status === 'ARCHIVED' && receipt === null ? ['no valid receipt'] : []),
    ...(receipt && receipt.tasks.length > 1 ? [`in ${formatCount(receipt.tasks.length)} parts`] : []),
    ...(receipt?.forced ? ['forced'] : []),
    ...(outcome.error === null ? [] : [escapeHtml(describeReason(outcome.error))]),
  ];
  return renderRow({
    Outcome: [renderOutcome(status), ...notes].join(', '),
    'Log group': escapeHtml(logGroupName),
    'Export started': receipt === null ? '–' : renderTime(receipt.startedAt, 'SECOND'),
    Took: receipt === null ? '–' : formatMilliseconds(measure(receipt)),
    Objects: receipt === null ? '–' : formatCount(objects),
    Bytes: receipt === null ? '–' : formatBytes(bytes),
  });
}

function measure({ startedAt, finishedAt }: ArchiveReceipt): number {
  return Date.parse(finishedAt) - Date.parse(startedAt);
}

function renderOutcome(status: ReportEntry['status']): string {
  return `<b class="${COLORS[status]}">${status}</b>`;
}

function describeReason(error: string): string {
  return Object.hasOwn(REASONS, error) ? `${REASONS[error as keyof typeof REASONS]} (${error})` : error;
}

function isFailed({ status }: LogGroupOutcome): boolean {
  return status === 'FAILED';
}

function listReceipts(logGroups: readonly LogGroupOutcome[]): ArchiveReceipt[] {
  return logGroups.flatMap(({ receipt }) => receipt ?? []);
}

function sumAll(logGroups: readonly LogGroupOutcome[]): { objects: number; bytes: number } {
  const sums = logGroups.map(({ receipt }) => sumObjects(receipt));
  return {
    objects: sums.reduce((sum, { objects }) => sum + objects, 0),
    bytes: sums.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}
