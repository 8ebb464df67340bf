import { type Column, countArchivable, SEED } from './columns';
import { PEERS } from './peers/peers';
import { type Panel, plotSlotUse, plotTradeOff, type Theme } from './plots';
import { computePrice } from './prices';
import type { Result } from './result';
import { type ColumnResults, type DelayedResults, OUR_NAME } from './run-columns';
import { formatDollars, formatDuration, formatNumber, formatShare, formatTable } from './table';
import {
  type CostedPolicy,
  computeCost,
  computeCosts,
  findBest,
  findFrontier,
  MIN_PAUSES,
  OURS,
  type Policy,
  RANGES,
  type Range,
  RETRY_ONLY,
} from './trade-off';

/** Poll interval of most peers, by a state machine. */
const EVERY_30_S: Policy = { ...RETRY_ONLY, pause: 30, growth: 1, maxPause: 30 };
const MARKED = [
  { name: OUR_NAME, policy: OURS },
  { name: 'retries only, from 2 s on', policy: RETRY_ONLY },
  { name: 'a poll every 30 s', policy: EVERY_30_S },
];
const RANGE_TITLES: Record<Range, string> = { short: '8 to 40 s', mid: '2 to 10 min', long: '15 min to 4 h' };
/** Largest values of the plot: dollars for 1,000 log groups, and percentage of idle time. */
const PANEL_MAX: Record<Range, Panel['max']> = {
  short: { dollars: 0.4, idle: 40 },
  mid: { dollars: 1.6, idle: 8 },
  long: { dollars: 12, idle: 1 },
};
const THEMES: readonly Theme[] = ['light', 'dark'];
const NONE = '–';

type Format = (result: Result, column: Column) => string;

/** Rows of the tables: a name, and how a result is written. */
const METRICS: Record<string, Format> = {
  archived: ({ archived }) => formatNumber(archived),
  'known to be archived': ({ known, wronglyKnown }) =>
    formatNumber(known) + (wronglyKnown > 0 ? ` (${wronglyKnown} wrongly)` : ''),
  'wall time': ({ seconds }) => formatDuration(seconds),
  'slot use': ({ slotUse }) => formatShare(slotUse),
  'state transitions': ({ transitions }) => formatNumber(transitions),
  'dollars of the state transitions': ({ transitions }) => formatDollars(computePrice({ transitions, lambda: [] })),
  'state transitions per log group': ({ transitions, known }) =>
    known === 0 ? NONE : formatNumber(transitions / known, 1),
  invocations: ({ invocations }) => formatNumber(invocations),
  'billed seconds of Lambda': ({ billedMs }) => formatNumber(billedMs / 1_000),
  'calls of CloudWatch Logs': ({ apiCalls }) => formatNumber(apiCalls),
  'longest history, events': ({ historyEvents }) => (historyEvents === null ? NONE : formatNumber(historyEvents)),
  'dollars per 1,000 log-group-months': ({ dollars }) => (dollars === null ? NONE : formatDollars(dollars)),
  ending: ({ ending }) => `\`${ending}\``,
};

/** Metrics in which the archivers are compared. The others of our archiver are in a table of their own. */
const COMPARED = [
  'slot use',
  'state transitions per log group',
  'dollars per 1,000 log-group-months',
  'wall time',
  'invocations',
  'billed seconds of Lambda',
  'calls of CloudWatch Logs',
  'longest history, events',
  'ending',
];

/** Formats the parts of the columns that take minutes. No other archiver has a column of several months. */
export function formatLargeParts(results: readonly ColumnResults[]): Record<string, string> {
  const ofOneMonth = results.filter(({ column }) => column.months === 1);
  return { 'large-ours': formatOurs(results), 'large-comparison': formatComparison(ofOneMonth) };
}

/** Formats the table of our archiver: a row for each metric. */
export function formatOurs(results: readonly ColumnResults[]): string {
  const rows = Object.entries(METRICS).map(([name, format]) => [
    name,
    ...results.map(({ ours, column }) => format(ours, column)),
  ]);
  const logs = ['bytes of function logs per log group', ...results.map(({ ours }) => formatNumber(ours.logBytes))];
  return formatTable(['', ...results.map(({ column }) => column.title)], [...rows, logs]);
}

/** Latencies of AWS, and our results with each. */
const LATENCIES: readonly [latency: string, get: (results: DelayedResults) => Result][] = [
  ['none', ({ ours }) => ours],
  ['50 ms for each call', ({ withCalls }) => withCalls],
  ['50 ms for each call, 1 s for each child execution', ({ withChildren }) => withChildren],
];

/** Formats the slot use, and the cost, when calls and child executions take time. */
export function formatLatency(results: readonly DelayedResults[]): string {
  const rows = LATENCIES.flatMap(([latency, get]) =>
    ['slot use', 'dollars per 1,000 log-group-months'].map((metric) => [
      ...[latency, metric],
      ...results.map((each) => format(metric, get(each), each.column)),
    ]),
  );
  return formatTable(['latency', '', ...results.map(({ column }) => column.title)], rows);
}

function formatPeers(): string {
  const rows = PEERS.map(({ name, source, policy, settings: { megabytes, architecture } }) => [
    `[${name}](${source})`,
    policy,
    `${megabytes} MB, ${architecture}`,
  ]);
  return formatTable(['archiver', 'modelled policy', 'functions'], rows);
}

/** Formats a table for each metric: a row for each archiver. */
export function formatComparison(results: readonly ColumnResults[]): string {
  const tables = COMPARED.map((metric) => {
    const rows = listArchivers(results).map(({ name, values }) => [
      name,
      ...values.map((result, index) => format(metric, result, (results[index] as ColumnResults).column)),
    ]);
    return formatTable([`**${metric}**`, ...results.map(({ column }) => column.title)], rows);
  });
  return [formatArchived(results), ...tables].join('\n\n');
}

/** Formats the number of archived log groups, and of those that the archiver knows to be archived if it differs. */
function formatArchived(results: readonly ColumnResults[]): string {
  const rows = listArchivers(results).map(({ name, values }) => [
    name,
    ...values.map(({ archived, known, wronglyKnown }, index) => {
      const possible = countArchivable((results[index] as ColumnResults).column);
      const count =
        archived === possible
          ? `all ${formatNumber(possible)}`
          : `${formatNumber(archived)} of ${formatNumber(possible)}`;
      const wrongly = wronglyKnown > 0 ? `, ${wronglyKnown} wrongly` : '';
      return known === archived ? count : `${count}, ${formatNumber(known)} known${wrongly}`;
    }),
  ]);
  return formatTable(['**archived**', ...results.map(({ column }) => column.title)], rows);
}

function listArchivers(results: readonly ColumnResults[]): { name: string; values: Result[] }[] {
  return [
    { name: `**${OUR_NAME}** (measured)`, values: results.map(({ ours }) => ours) },
    ...PEERS.map(({ name }, index) => ({
      name: `${name} (modelled)`,
      values: results.map(({ peers }) => peers[index] as Result),
    })),
  ];
}

function format(metric: string, result: Result, column: Column): string {
  return (METRICS[metric] as Format)(result, column);
}

/** Returns the slot use of each archiver for the plot. */
function listSlotUse(results: readonly ColumnResults[]) {
  return [
    { name: OUR_NAME, values: results.map(({ ours }) => ours.slotUse) },
    ...PEERS.map(({ name }, index) => ({
      name,
      values: results.map(({ column, peers }) => {
        const result = peers[index] as Result;
        return archivesEverything(result, column) ? result.slotUse : null;
      }),
    })),
  ];
}

function archivesEverything({ archived, known }: Result, column: Column): boolean {
  const possible = countArchivable(column);
  return archived === possible && known === possible;
}

/** Goals of the archiver. */
const GOALS = { slotUse: 0.97, meanSlotUse: 0.98, transitions: 5 };

/** Formats each goal, and whether it holds. The first column has the shortest exports. */
export function formatGoals(results: readonly DelayedResults[]): string {
  const rows = LATENCIES.flatMap(([latency, get]) => {
    const uses = results.map((each) => ({ title: each.column.title, use: get(each).slotUse }));
    const mean = uses.reduce((sum, { use }) => sum + use, 0) / uses.length;
    const below = uses.filter(({ use }) => use < GOALS.slotUse);
    const lowest = `lowest: ${formatShare(Math.min(...uses.map(({ use }) => use)))}`;
    const measured = below.map(({ title, use }) => `${title}: ${formatShare(use)}`).join('; ') || lowest;
    return [
      [`slot use of at least ${GOALS.slotUse} in every column`, latency, formatHolds(below.length === 0), measured],
      [
        `slot use of at least ${GOALS.meanSlotUse} on average`,
        ...[latency, formatHolds(mean >= GOALS.meanSlotUse), formatShare(mean)],
      ],
    ];
  });
  const { column, ours } = results[0] as DelayedResults;
  const transitions = ours.transitions / ours.known;
  const dearer = results.flatMap((each) => describeCheaperPeer(each) ?? []);
  rows.push(
    [
      `at most ${GOALS.transitions} state transitions per log group with exports of ${column.title}`,
      ...['none', formatHolds(transitions <= GOALS.transitions), formatNumber(transitions, 1)],
    ],
    ...formatGeneralGoal(results),
    [
      'no higher cost than the cheapest peer that archives everything in the same column',
      ...['none', formatHolds(dearer.length === 0), dearer.join('; ') || 'in every column'],
    ],
  );
  return formatTable(['goal', 'latency', 'holds', 'measured'], rows);
}

function formatHolds(holds: boolean): string {
  return holds ? 'yes' : '**no**';
}

/** Formats the goal of cost against the peers that archive everything in every column in which nothing goes wrong. */
function formatGeneralGoal(results: readonly ColumnResults[]): string[][] {
  const undisturbed = results.filter(({ column }) => column.takenSeconds === 0 && !column.hasBadLogGroups);
  return PEERS.flatMap(({ name }, index) => {
    const isGeneral = undisturbed.every(({ column, peers }) => archivesEverything(peers[index] as Result, column));
    if (!isGeneral) {
      return [];
    }
    const pairs = undisturbed.map(({ column, ours, peers }) => ({
      title: column.title,
      ours: Number(ours.dollars),
      theirs: Number(peers[index]?.dollars),
    }));
    return [
      [
        `no higher cost than ${name}, which archives everything in each undisturbed column`,
        'none',
        formatHolds(pairs.every((pair) => pair.ours <= pair.theirs)),
        pairs
          .map(({ title, ours, theirs }) => `${title}: ${formatDollars(ours)} against ${formatDollars(theirs)}`)
          .join('; '),
      ],
    ];
  });
}

/** Describes the cheapest peer that archives everything, if it is cheaper than ours. */
function describeCheaperPeer({ column, ours, peers }: ColumnResults): string | undefined {
  const [cheapest] = peers
    .map((result, index) => ({ result, name: PEERS[index]?.name }))
    .filter(({ result }) => archivesEverything(result, column))
    .sort((one, other) => Number(one.result.dollars) - Number(other.result.dollars));
  if (cheapest === undefined || Number(ours.dollars) <= Number(cheapest.result.dollars)) {
    return undefined;
  }
  const { name, result } = cheapest;
  return (
    `${column.title}: ${formatDollars(Number(ours.dollars))}, slot use ${formatShare(ours.slotUse)}, against ` +
    `${formatDollars(Number(result.dollars))}, slot use ${formatShare(result.slotUse)} (${name})`
  );
}

/** Formats what other ways to poll would cost. */
function formatTradeOff(): string {
  const rows = Object.entries(RANGES).flatMap(([range, durations]) => {
    const costs = computeCosts(durations);
    const ours = computeCost(OURS, durations);
    const asTight = findBest(
      costs.filter(({ policy }) => policy.minPause >= OURS.minPause),
      (cost) => cost.mean >= ours.mean,
      (cost) => cost.dollars,
    );
    const twiceAsTight = findBest(
      costs,
      (cost) => 1 - cost.mean <= (1 - ours.mean) / 2,
      (cost) => cost.dollars,
    );
    const twiceAsCheap = findBest(
      costs,
      (cost) => cost.dollars <= ours.dollars / 2,
      (cost) => -cost.mean,
    );
    const title = RANGE_TITLES[range as Range];
    return [
      ...MARKED.map(({ name, policy }) => formatPolicy(title, name, { policy, cost: computeCost(policy, durations) })),
      formatPolicy(title, 'as tight: the cheapest with no more polls a second', asTight),
      formatPolicy(title, 'twice as tight: half the idle time', twiceAsTight),
      formatPolicy(title, 'twice as cheap: half the cost', twiceAsCheap),
    ];
  });
  const head = [
    ...['exports of', 'way to poll', 'in the function', 'then, by the state machine'],
    ...['slot use, mean', 'slot use, worst', 'state transitions', 'polls', 'dollars per 1,000'],
  ];
  return formatTable(head, rows);
}

function formatPolicy(range: string, name: string, best: CostedPolicy | undefined): string[] {
  if (best === undefined) {
    return [range, name, 'no compared way does this', ...Array<string>(6).fill(NONE)];
  }
  const { policy, cost } = best;
  const { pollingSeconds, minPause, pauseShare, maxAgeSeconds, pause, growth, maxPause } = policy;
  const inside =
    pollingSeconds === 0
      ? 'no'
      : `${pollingSeconds} s per call until ${formatNumber(maxAgeSeconds)} s, every ${minPause} s or ${100 * pauseShare} % of the age`;
  const between = growth === 1 ? `every ${pause} s` : `${pause} s × ${growth}, at most ${maxPause} s`;
  return [
    ...[range, name, inside, between, formatShare(cost.mean), formatShare(cost.worst)],
    ...[formatNumber(cost.transitions, 1), formatNumber(cost.polls), formatDollars(cost.dollars)],
  ];
}

/** Returns the panels of the plot of the trade-off. */
function listPanels(): Panel[] {
  return Object.entries(RANGES).map(([range, durations]) => ({
    title: `exports of ${RANGE_TITLES[range as Range]}`,
    max: PANEL_MAX[range as Range],
    frontiers: listFrontiers(durations),
    marked: MARKED.map(({ name, policy }) => ({ name, cost: computeCost(policy, durations) })),
  }));
}

function listFrontiers(durations: readonly number[]): Panel['frontiers'] {
  const costs = computeCosts(durations);
  return MIN_PAUSES.map((minPause) => ({
    name: `best with a poll every ${minPause} s`,
    costs: findFrontier(costs.filter(({ policy }) => policy.minPause === minPause).map(({ cost }) => cost)),
  }));
}

/** Formats the generated parts of `docs/benchmarks.md` that do not depend on the machine, by name. */
export function formatParts(results: readonly DelayedResults[]): Record<string, string> {
  return {
    seed: `The seed of the random durations is ${SEED}.`,
    goals: formatGoals(results),
    ours: formatOurs(results),
    latency: formatLatency(results),
    peers: formatPeers(),
    comparison: formatComparison(results),
    'trade-off': formatTradeOff(),
  };
}

/** Renders the pictures of the document, by their names in `docs/images`. */
export function renderPictures(results: readonly ColumnResults[]): Record<string, string> {
  const titles = results.map(({ column }) => column.title);
  const panels = listPanels();
  return Object.fromEntries(
    THEMES.flatMap((theme) => [
      [`slot-use-${theme}.svg`, plotSlotUse(titles, listSlotUse(results), theme)],
      [`slot-trade-off-${theme}.svg`, plotTradeOff(panels, theme)],
    ]),
  );
}
