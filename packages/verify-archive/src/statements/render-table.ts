import { NO_ARCHIVER, statementKey, type VerifiedStatus } from '@log-archiver/core';
import {
  countArchivers,
  groupByStatus,
  type OtherTable,
  type TableArchiver,
  type TablePeriod,
  type VerifiedTable,
} from './table';
import { VERIFIED_STATUSES } from './verified-statuses';

/** Periods of a tampered archive whose statements are named. */
const MAX_NAMED_STATEMENTS = 10;

const COLORS: Record<VerifiedStatus, string> = {
  TAMPERED: 'bad',
  MISSING: 'bad',
  INCOMPLETE: 'warn',
  STALE: 'warn',
  COMPLETE_WITH_LOSS: 'warn',
  COMPLETE: 'good',
  EMPTY: 'none',
};

const STYLE = `
:root { color-scheme: light dark; --text: #1a1d21; --soft: #5b636e; --page: #ffffff; --line: #d9dee4; --bad: #b42318;
  --warn: #8a5a00; --good: #1a6b3c; --none: #5b636e; }
@media (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --soft: #a0a8b3; --page: #14171a; --line: #333a42;
  --bad: #ff8a80; --warn: #ffc46b; --good: #7bd8a0; --none: #a0a8b3; } }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0; } p { color: var(--soft); margin: .25rem 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; } th { color: var(--soft); font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; } code { font-size: .85rem; }
b, time, td:nth-child(-n + 3) { white-space: nowrap; }
td:nth-child(4) { min-width: 14rem; font-size: .85rem; } .bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); }
.none { color: var(--none); }
@media (max-width: 45rem) { thead { display: none; } table, tbody, tr, td { display: block; } td { border: 0; padding: 0; }
  tr { border-bottom: 1px solid var(--line); padding: .75rem 0; }
  td::before { content: attr(data-label) ' '; color: var(--soft); } }
`;

/** Renders the table as one page without scripts, fonts or other files: it is opened from a bucket, or as an attachment. */
export function renderTable(table: VerifiedTable): string {
  const { s3BucketName, verifiedAt, others, archivers } = table;
  const counts = countArchivers(table);
  const summary = VERIFIED_STATUSES.filter((status) => counts[status] > 0).map(
    (status) => `${renderStatus(status)} ${counts[status]}`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Archive ${escapeHtml(s3BucketName)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>Archive ${escapeHtml(s3BucketName)}</h1>
<p>Verified ${formatTime(verifiedAt)}. Archivers by status: ${summary.join(', ') || 'none'}</p>
${others.map(renderOther).join('')}<table>
<thead><tr><th>Status</th><th>Account</th><th>Region</th><th>Archiver</th><th>Last report</th><th>Periods</th></tr></thead>
<tbody>
${archivers.map(renderArchiver).join('\n')}
</tbody>
</table>
</body>
</html>
`;
}

function renderOther({ s3BucketName, verifiedAt, isLate }: OtherTable): string {
  const time = verifiedAt === null ? 'has no table' : `verified ${formatTime(verifiedAt)}`;
  return `<p>Also archive ${escapeHtml(s3BucketName)}, ${time}${isLate ? ' <b class="bad">LATE</b>' : ''}</p>\n`;
}

function renderArchiver(archiver: TableArchiver): string {
  const cells = {
    Status: renderStatus(archiver.status),
    Account: escapeHtml(archiver.account),
    Region: escapeHtml(archiver.region),
    Archiver: escapeHtml(archiver.archiver ?? 'none'),
    'Last report': archiver.asOf === null ? 'never' : formatTime(archiver.asOf),
    Periods: renderPeriods(archiver),
  };
  const rendered = Object.entries(cells).map(([label, content]) => `<td data-label="${label}">${content}</td>`);
  return `<tr>${rendered.join('')}</tr>`;
}

/** Renders periods that follow each other with the same status as one range, and names the statements of tampered ones. */
function renderPeriods(archiver: TableArchiver): string {
  const { periods, keyPrefix, account, region } = archiver;
  if (periods.length === 0) {
    return 'none';
  }
  const ranges = groupByStatus(periods).map((range) => {
    const [newest, oldest] = [range[0] as TablePeriod, range.at(-1) as TablePeriod];
    const names = newest === oldest ? newest.period : `${oldest.period} – ${newest.period} (${range.length})`;
    return `<li>${escapeHtml(names)} ${renderStatus(newest.status)}</li>`;
  });
  const tampered = periods.filter(({ status }) => status === 'TAMPERED');
  const named = tampered.slice(0, MAX_NAMED_STATEMENTS).map(({ period, findings }) => {
    const place = { keyPrefix: keyPrefix ?? '', account, region, archiver: archiver.archiver ?? NO_ARCHIVER, period };
    return `<li>${findings} ${findings === 1 ? 'finding' : 'findings'}: <code>${escapeHtml(`s3://${archiver.s3BucketName}/${statementKey(place)}`)}</code></li>`;
  });
  return `<ul>${[...ranges, ...named].join('')}</ul>`;
}

function renderStatus(status: VerifiedStatus): string {
  return `<b class="${COLORS[status]}">${status}</b>`;
}

function formatTime(time: string): string {
  return `<time datetime="${escapeHtml(time)}">${escapeHtml(time.slice(0, 16).replace('T', ' '))} UTC</time>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for HTML. Names of archivers and prefixes come from the accounts that write to the bucket. */
function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
