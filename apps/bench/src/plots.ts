import { type EChartsCoreOption, init } from 'echarts';
import type { PolicyCost } from './trade-off';

export type Theme = 'light' | 'dark';

const COLORS = {
  light: {
    text: '#1f2328',
    lines: '#d1d9e0',
    frontiers: ['#d0d7de', '#afb8c1', '#8c959f', '#57606a'],
    ours: '#0969da',
    marks: ['#bc4c00', '#8250df', '#1a7f37'],
  },
  dark: {
    text: '#f0f6fc',
    lines: '#3d444d',
    frontiers: ['#3d444d', '#656c76', '#9198a1', '#d1d9e0'],
    ours: '#4493f8',
    marks: ['#f0883e', '#ab7df8', '#3fb950'],
  },
};
/** Colors of the other archivers' bars. */
const BARS = {
  light: ['#bc4c00', '#8250df', '#1a7f37', '#bf3989', '#9a6700', '#57606a'],
  dark: ['#f0883e', '#ab7df8', '#3fb950', '#db61a2', '#d29922', '#9198a1'],
};
const WIDTH = 960;
const FONT = 'Helvetica, Arial, sans-serif';

/** Bars of one archiver. */
export interface Series {
  readonly name: string;
  /** Share of the time; `null`: the archiver does not archive everything. */
  readonly values: readonly (number | null)[];
}

/** Plots the slot use of each archiver in each column. The first series is ours. */
export function plotSlotUse(columns: readonly string[], series: readonly Series[], theme: Theme): string {
  const { text, lines, ours } = COLORS[theme];
  return render(WIDTH, 420, {
    ...createFrame(theme, 'Use of the export slot, where everything is archived'),
    legend: createLegends(theme, [series.slice(0, 4), series.slice(4)]),
    grid: { left: 48, right: 12, top: 48, bottom: 100 },
    xAxis: {
      type: 'category',
      data: columns,
      axisLabel: { color: text, interval: 0, width: 104, overflow: 'break', lineHeight: 15, fontFamily: FONT },
      axisTick: { show: false },
      axisLine: { lineStyle: { color: lines } },
    },
    yAxis: {
      type: 'value',
      min: 0,
      max: 1,
      axisLabel: { color: text, fontFamily: FONT, formatter: (value: number) => value.toFixed(1) },
      splitLine: { lineStyle: { color: lines } },
    },
    series: series.map(({ name, values }, index) => ({
      name,
      type: 'bar',
      barMaxWidth: 16,
      data: values,
      itemStyle: { color: index === 0 ? ours : BARS[theme][index - 1] },
    })),
  });
}

/** Policies of one range of durations. */
export interface Panel {
  readonly title: string;
  /** Largest dollars and percentage of idle time that fit into the panel. */
  readonly max: { readonly dollars: number; readonly idle: number };
  /** The best policies, by their shortest pause between two polls. */
  readonly frontiers: readonly { readonly name: string; readonly costs: readonly PolicyCost[] }[];
  /** Policies with a name. The first one is ours. */
  readonly marked: readonly { readonly name: string; readonly cost: PolicyCost }[];
}

/** Plots the idle time of the slot against the cost, one panel for each range of durations. */
export function plotTradeOff(panels: readonly Panel[], theme: Theme): string {
  const { text, lines, frontiers, ours, marks } = COLORS[theme];
  const width = (WIDTH - 60) / panels.length;
  const left = (index: number) => 56 + index * width;
  const axis = { axisLabel: { color: text, fontFamily: FONT }, splitLine: { lineStyle: { color: lines } } };
  const toPoint = ({ dollars, mean }: PolicyCost) => [dollars, 100 * (1 - mean)];
  const name = { nameLocation: 'middle', nameTextStyle: { color: text, fontFamily: FONT, fontSize: 13 } };
  return render(WIDTH, 440, {
    ...createFrame(theme, 'Idle export slot against cost, for each way to poll'),
    legend: createLegends(theme, [
      panels[0]?.marked ?? [],
      (panels[0]?.frontiers ?? []).map(({ name: legend }) => ({ name: legend, icon: 'roundRect' })),
    ]),
    grid: panels.map((_, index) => ({ left: left(index), width: width - 56, top: 84, bottom: 120 })),
    graphic: panels.map(({ title }, index) => ({
      type: 'text',
      left: left(index),
      top: 52,
      style: { text: title, fill: text, font: `13px ${FONT}` },
    })),
    xAxis: panels.map(({ max }, index) => ({
      ...{ type: 'value', gridIndex: index, min: 0, ...axis, ...name, nameGap: 30 },
      name: 'dollars for 1,000 log groups',
      max: max.dollars,
    })),
    yAxis: panels.map(({ max }, index) => ({
      ...{ type: 'value', gridIndex: index, min: 0, ...axis, ...name, nameGap: 30 },
      name: index === 0 ? 'mean idle time, %' : '',
      max: max.idle,
    })),
    series: panels.flatMap((panel, index) => [
      ...panel.frontiers.map((each, order) => ({
        ...{ name: each.name, type: 'line', step: 'end', xAxisIndex: index, yAxisIndex: index, showSymbol: false },
        lineStyle: { color: frontiers[order], width: 2 },
        itemStyle: { color: frontiers[order] },
        data: each.costs.map(toPoint),
      })),
      ...panel.marked.map((each, order) => ({
        ...{ name: each.name, type: 'scatter', xAxisIndex: index, yAxisIndex: index, symbolSize: 14, z: 3 },
        symbol: ['circle', 'triangle', 'rect', 'diamond'][order],
        itemStyle: { color: order === 0 ? ours : marks[order - 1] },
        data: [toPoint(each.cost)],
      })),
    ]),
  });
}

function createFrame(theme: Theme, title: string) {
  return {
    animation: false,
    backgroundColor: 'transparent',
    title: {
      text: title,
      textStyle: { color: COLORS[theme].text, fontSize: 16, fontWeight: 'normal', fontFamily: FONT },
    },
  };
}

/** Creates a legend for each row. Longer ones would overlap, because a renderer on a server underestimates text. */
function createLegends(theme: Theme, rows: readonly (readonly { readonly name: string; readonly icon?: string }[])[]) {
  return rows.map((row, index) => ({
    ...{ bottom: 24 * (rows.length - 1 - index), itemGap: 36 },
    textStyle: { color: COLORS[theme].text, fontFamily: FONT, fontSize: 13 },
    data: row.map(({ name, icon }) => ({ name, icon })),
  }));
}

/** Renders a chart as SVG, without a browser. */
function render(width: number, height: number, option: EChartsCoreOption): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  chart.setOption(option);
  const svg = chart.renderToSVGString();
  chart.dispose();
  // The library numbers its charts, which would depend on the order of rendering.
  return `${svg.replaceAll(/\bzr\d+-/g, 'zr-')}\n`;
}
