import { NO_ARCHIVER, statementKey, type VerifiedStatus } from '@log-archiver/core';
import { escapeHtml, renderHead, renderPage, renderRow, renderTime } from '../html';
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
td:nth-child(-n + 3) { white-space: nowrap; }
td:nth-child(4) { min-width: 14rem; font-size: .85rem; }
`;

/** Renders the table as one page. */
export function renderTable(table: VerifiedTable): string {
  const { s3BucketName, verifiedAt, others, archivers } = table;
  const counts = countArchivers(table);
  const summary = VERIFIED_STATUSES.filter((status) => counts[status] > 0).map(
    (status) => `${renderStatus(status)} ${counts[status]}`,
  );
  return renderPage({
    title: `Archive ${s3BucketName}`,
    style: STYLE,
    body: `<p>Verified ${renderTime(verifiedAt)}. Archivers by status: ${summary.join(', ') || 'none'}</p>
${others.map(renderOther).join('')}<table>
${renderHead(['Status', 'Account', 'Region', 'Archiver', 'Last report', 'Periods'])}
<tbody>
${archivers.map(renderArchiver).join('\n')}
</tbody>
</table>`,
  });
}

function renderOther({ s3BucketName, verifiedAt, isLate }: OtherTable): string {
  const time = verifiedAt === null ? 'has no table' : `verified ${renderTime(verifiedAt)}`;
  return `<p>Also archive ${escapeHtml(s3BucketName)}, ${time}${isLate ? ' <b class="bad">LATE</b>' : ''}</p>\n`;
}

function renderArchiver(archiver: TableArchiver): string {
  return renderRow({
    Status: renderStatus(archiver.status),
    Account: escapeHtml(archiver.account),
    Region: escapeHtml(archiver.region),
    Archiver: escapeHtml(archiver.archiver ?? 'none'),
    'Last report': archiver.asOf === null ? 'never' : renderTime(archiver.asOf),
    Periods: renderPeriods(archiver),
  });
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

/** Renders a status in its color. */
export function renderStatus(status: VerifiedStatus): string {
  return `<b class="${COLORS[status]}">${status}</b>`;
}
