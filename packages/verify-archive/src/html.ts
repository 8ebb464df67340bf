import { formatTime } from '@log-archiver/core';

/** Style that all pages share. Colors only repeat what the text says. Print is always light. */
const STYLE = `
:root { color-scheme: light dark; --text: #1a1d21; --soft: #5b636e; --page: #ffffff; --line: #d9dee4; --bad: #b42318;
  --warn: #8a5a00; --good: #1a6b3c; --none: #5b636e; }
@media screen and (prefers-color-scheme: dark) { :root { --text: #e6e9ed; --soft: #a0a8b3; --page: #14171a;
  --line: #333a42; --bad: #ff8a80; --warn: #ffc46b; --good: #7bd8a0; --none: #a0a8b3; } }
body { margin: 0 auto; max-width: 90rem; padding: 1rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; margin: 0; } p { color: var(--soft); margin: .25rem 0 1rem; }
table { border-collapse: collapse; width: 100%; }
th, td { padding: .5rem .75rem .5rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
td { overflow-wrap: anywhere; } th { color: var(--soft); font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; } code { font-size: .85rem; }
b, time { white-space: nowrap; }
.bad { color: var(--bad); } .warn { color: var(--warn); } .good { color: var(--good); } .none { color: var(--none); }
@media print { :root { font-size: 80%; } body { padding: 0; } tr, li { break-inside: avoid; } }
@media screen and (max-width: 45rem) { thead { display: none; } table, tbody, tr, td { display: block; }
  td { border: 0; padding: 0; } tr { border-bottom: 1px solid var(--line); padding: .75rem 0; }
  td::before { content: attr(data-label) ' '; color: var(--soft); } }
`;

export interface Page {
  readonly title: string;
  /** Style of this page. */
  readonly style: string;
  /** HTML. */
  readonly body: string;
}

/** Renders a page without scripts, fonts or other files: it is opened from a bucket, or as an attachment. */
export function renderPage({ title, style, body }: Page): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escapeHtml(title)}</title>
<style>${STYLE}${style}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;
}

/** Renders a row of a table from the HTML of its cells by label. A narrow screen shows the labels. */
export function renderRow(cells: Record<string, string>): string {
  const rendered = Object.entries(cells).map(([label, content]) => `<td data-label="${label}">${content}</td>`);
  return `<tr>${rendered.join('')}</tr>`;
}

export function renderHead(labels: readonly string[]): string {
  return `<thead><tr>${labels.map((label) => `<th>${label}</th>`).join('')}</tr></thead>`;
}

/** Renders a time of ISO 8601 in UTC, to the minute or to the second. */
export function renderTime(time: string, precision: 'MINUTE' | 'SECOND' = 'MINUTE'): string {
  return `<time datetime="${escapeHtml(time)}">${escapeHtml(formatTime(time, precision))}</time>`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Escapes text for HTML, and replaces control characters. Names and messages come from the accounts that write to the bucket. */
export function escapeHtml(text: string): string {
  return text
    .replaceAll(/(?!\n)[\p{Cc}\p{Bidi_Control}]/gu, '\u{FFFD}')
    .replaceAll(/[&<>"']/g, (character) => ENTITIES[character] as string);
}
