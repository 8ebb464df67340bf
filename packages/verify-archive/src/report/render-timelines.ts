import { joinRanges, type Range, type SlotHolder, toIsoTime } from '@log-archiver/core';
import { escapeHtml, renderTime } from '../html';
import { formatCount, formatMilliseconds } from './format';
import type { SlotTimeline, TimelineExport } from './slot-timeline';

/** Maximum number of runs with a timeline. */
const MAX_RUNS = 10;
/** Maximum number of exports of a run that have a bar each. */
const MAX_EXPORTS = 50;
/** Maximum number of foreign tasks that are listed. */
const MAX_HOLDERS = 20;
/** Units of a timeline from its start to its end. */
const WIDTH = 1_000;

const LEGEND =
  'A bar is the export of a log group and this period, from the creation of its export task to its receipt. ' +
  'In a gap, the slot was idle, or an export of another period or a foreign task used it. ' +
  'A gap shorter than a thousandth of the bar is not drawn.';

/** Renders the use of the export slot, and the foreign tasks that held it. */
export function renderTimelines(timelines: readonly SlotTimeline[], slotHolders: readonly SlotHolder[]): string {
  const more = timelines.length - MAX_RUNS;
  return [
    timelines.length === 0 ? '<p>No export has a receipt.</p>' : `<p>${LEGEND}</p>`,
    ...timelines.slice(-MAX_RUNS).map(renderTimeline),
    ...(more > 0 ? [`<p>${formatCount(more)} earlier runs are not shown.</p>`] : []),
    ...renderHolders(slotHolders),
  ].join('\n');
}

function renderTimeline(timeline: SlotTimeline): string {
  const { run, from, to, exports, busy, busyMs } = timeline;
  const length = to - from;
  const share = length === 0 ? 100 : Math.round((100 * busyMs) / length);
  const use = `${formatCount(exports.length)} ${exports.length === 1 ? 'export' : 'exports'}, busy ${formatMilliseconds(busyMs)} of ${formatMilliseconds(length)} (${share}%), gaps ${formatMilliseconds(length - busyMs)}`;
  // The longest exports, in the order of their start.
  const longest = new Set(exports.toSorted((a, b) => b.to - b.from - (a.to - a.from)).slice(0, MAX_EXPORTS));
  const left = exports.length - longest.size;
  return [
    `<h3>Run ${escapeHtml(run)}</h3>`,
    `<p>${use}</p>`,
    renderBars(timeline, joinRanges(busy, length / WIDTH), `class="slot" role="img" aria-label="${use}"`),
    `<p class="axis"><span>${renderTime(toIsoTime(from), 'SECOND')}</span><span>${renderTime(toIsoTime(to), 'SECOND')}</span></p>`,
    `<ul>${exports
      .filter((each) => longest.has(each))
      .map((each) => renderExport(each, timeline))
      .join('\n')}</ul>`,
    ...(left > 0 ? [`<p>And ${formatCount(left)} shorter exports, which only the upper bar contains.</p>`] : []),
  ].join('\n');
}

function renderExport(exported: TimelineExport, timeline: SlotTimeline): string {
  const { logGroupName, from, to, tasks } = exported;
  const parts = tasks === 1 ? '' : `, ${formatCount(tasks)} tasks with the time between them`;
  const isOneDay = toIsoTime(timeline.from).slice(0, 10) === toIsoTime(timeline.to).slice(0, 10);
  const start = toIsoTime(from)
    .slice(isOneDay ? 11 : 0, 19)
    .replace('T', ' ');
  const bar = renderBars(timeline, [exported], 'aria-hidden="true"');
  return `<li class="export"><span>${escapeHtml(logGroupName)}</span>${bar}<span>${start}, ${formatMilliseconds(to - from)}${parts}</span></li>`;
}

/** Renders ranges of a timeline as the filled parts of a bar. The attributes are HTML. */
function renderBars({ from, to }: Range, ranges: readonly Range[], attributes: string): string {
  const scale = WIDTH / Math.max(1, to - from);
  const rects = ranges.map((range) => {
    // An export must be visible, however short.
    const width = Math.max(2, (range.to - range.from) * scale);
    const x = Math.min(WIDTH - width, (range.from - from) * scale);
    return `<rect x="${x.toFixed(1)}" width="${width.toFixed(1)}" height="10"/>`;
  });
  return `<svg viewBox="0 0 ${WIDTH} 10" preserveAspectRatio="none" ${attributes}>${rects.join('')}</svg>`;
}

function renderHolders(slotHolders: readonly SlotHolder[]): string[] {
  if (slotHolders.length === 0) {
    return [];
  }
  const shown = slotHolders.slice(0, MAX_HOLDERS).map(({ logGroupName, taskId, seconds }) => {
    const name = logGroupName === '' ? '' : ` of ${escapeHtml(logGroupName)}`;
    return `<li>Export task ${escapeHtml(taskId)}${name}: ${formatMilliseconds(seconds * 1_000)}</li>`;
  });
  const more = slotHolders.length - shown.length;
  return [
    '<h3>Foreign tasks in the export slot</h3>',
    '<p>No archiver started them. The run that wrote the status waited for them.</p>',
    `<ul>${shown.join('\n')}${more > 0 ? `<li>And ${formatCount(more)} more.</li>` : ''}</ul>`,
  ];
}
