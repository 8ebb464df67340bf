import {
  countObjects,
  estimateCost,
  estimatePacking,
  findBreakEven,
  getTotal,
  type ObjectCount,
} from './estimate-cost';
import { GIB, KIB, type RegionPrices, STORAGE_CLASSES, TOKYO, VIRGINIA } from './prices';
import { COMPRESSION, listObjects, type SizedObjects, WORKLOADS } from './workloads';

const REGIONS = [TOKYO, VIRGINIA];
/** Retention of the example in README. */
const YEARS = 7;
const MONTHS = 12 * YEARS;
const CLASS = 'Glacier Instant Retrieval';

const LAMBDA = listObjects(WORKLOADS[0] as (typeof WORKLOADS)[number]);
const ACCOUNT = WORKLOADS.flatMap(listObjects);
const ACCOUNTS: [string, SizedObjects[]][] = [
  ['Lambda only', LAMBDA],
  ['all three', ACCOUNT],
];

/** Formats the generated parts of `docs/storage-cost.md`, by name. @param demo objects of a month, by log group */
export function formatDocument(demo: ReadonlyMap<string, SizedObjects[]>): Record<string, string> {
  return {
    demo: formatDemo([...demo]),
    workloads: formatCounts([
      ...WORKLOADS.map((workload): [string, SizedObjects[]] => [workload.name, listObjects(workload)]),
      ['all three', ACCOUNT],
    ]),
    bill: formatBill(),
    classes: formatClasses(),
    'break-even': formatBreakEven(),
    packing: formatPacking(),
  };
}

/** Formats the result for README. */
export function formatResult(): string {
  const { objects, smallObjects, bytes, smallBytes } = countObjects(ACCOUNT);
  const cost = estimateCost(ACCOUNT, MONTHS, TOKYO, CLASS);
  const lambda = estimateCost(LAMBDA, MONTHS, TOKYO, CLASS);
  return [
    `* An account with ${formatNumber(objects)} log streams and ${formatGib(bytes)} compressed per month pays ` +
      `${formatDollars(getTotal(cost))} a month for storage and PUT requests after ${YEARS} years (Tokyo, ${CLASS} after a month).`,
    `* ${formatShare(smallObjects, objects)} of its objects are under 128 KB, with ${formatShare(smallBytes, bytes)} of the bytes ` +
      `and ${formatShare(cost.small, getTotal(cost))} of that bill.`,
    `* With only the log groups of its 200 Lambda functions, the bill is ${formatDollars(getTotal(lambda))}, and objects ` +
      `under 128 KB are ${formatShare(lambda.small, getTotal(lambda))} of it.`,
  ].join('\n');
}

/** Formats the prices in the formula of README, and the assumption about its bytes. */
export function formatPrices(): string {
  const format = (name: string, price: (prices: RegionPrices) => number) => [name, ...REGIONS.map(price).map(String)];
  const rows = [
    format('*PUT*, 1,000 requests', ({ thousandPuts }) => thousandPuts),
    format('*Standard*, a GB and month', ({ standard }) => standard),
    format(`*class*, a GB and month in ${CLASS}`, ({ classes }) => classes[CLASS].storage),
  ];
  return [
    formatTable(['price', ...REGIONS.map(({ name }) => name)], rows),
    '',
    `The estimates below assume that 1 GB of logs is ${COMPRESSION} GB compressed.`,
  ].join('\n');
}

/** Replaces the text between `<!-- name -->` and `<!-- /name -->`. */
export function replacePart(text: string, name: string, content: string): string {
  const [start, end] = [`<!-- ${name} -->\n`, `\n<!-- /${name} -->`];
  const [from, to] = [text.indexOf(start), text.indexOf(end)];
  if (from === -1 || to === -1) {
    throw new Error(`the document must contain ${start.trim()} and ${end.trim()}`);
  }
  return text.slice(0, from + start.length) + content + text.slice(to);
}

/** Leaves out the total size: compressed sizes differ a little between versions of Node. */
function formatDemo(rows: [string, SizedObjects[]][]): string {
  const cells = rows.map(([name, sizes]) => {
    const [objects, , mean, share] = formatCount(countObjects(sizes)) as [string, string, string, string];
    return [name, objects, mean, share];
  });
  return formatTable(['log group', 'objects', 'mean size', 'objects under 128 KB'], cells);
}

function formatCounts(rows: [string, SizedObjects[]][]): string {
  return formatTable(
    ['log streams', 'objects', 'compressed', 'mean size', 'objects under 128 KB', 'their bytes'],
    rows.map(([name, sizes]) => [name, ...formatCount(countObjects(sizes))]),
  );
}

function formatCount({ objects, bytes, smallObjects, smallBytes }: ObjectCount): string[] {
  return [
    ...[formatNumber(objects), formatGib(bytes), formatKib(bytes / objects)],
    ...[formatShare(smallObjects, objects), formatShare(smallBytes, bytes)],
  ];
}

function formatBill(): string {
  const rows = ACCOUNTS.flatMap(([name, sizes]) =>
    [1, 2, YEARS].map((years) => {
      const cost = estimateCost(sizes, 12 * years, TOKYO, CLASS);
      const { puts, small, large } = cost;
      const dollars = [puts, small, large, getTotal(cost)].map(formatDollars);
      return [name, String(years), ...dollars, formatShare(small, getTotal(cost))];
    }),
  );
  const head = [
    'log streams',
    'years',
    'PUT requests',
    'under 128 KB',
    'larger',
    'bill',
    'share of those under 128 KB',
  ];
  return formatTable(head, rows);
}

function formatClasses(): string {
  const rows = REGIONS.flatMap((prices) =>
    ACCOUNTS.map(([name, sizes]) => [
      ...[prices.name, name],
      ...[null, ...STORAGE_CLASSES].map((storageClass) =>
        formatDollars(getTotal(estimateCost(sizes, MONTHS, prices, storageClass))),
      ),
    ]),
  );
  return formatTable(['Region', 'log streams', 'S3 Standard', ...STORAGE_CLASSES], rows);
}

function formatBreakEven(): string {
  const format = (prices: RegionPrices) =>
    STORAGE_CLASSES.map((storageClass) => formatKib(findBreakEven(MONTHS, prices, storageClass)));
  return formatTable(
    ['Region', ...STORAGE_CLASSES],
    REGIONS.map((prices) => [prices.name, ...format(prices)]),
  );
}

function formatPacking(): string {
  const rows = STORAGE_CLASSES.map((storageClass) => [
    storageClass,
    ...[false, true].map((isLocked) => formatDollars(estimatePacking(ACCOUNT, MONTHS, TOKYO, storageClass, isLocked))),
  ]);
  return formatTable(['storage class', 'without Object Lock', 'with Object Lock'], rows);
}

function formatTable(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

function formatNumber(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}

function formatGib(bytes: number): string {
  return bytes < GIB / 100 ? `${(bytes / KIB).toFixed(0)} KB` : `${(bytes / GIB).toFixed(1)} GB`;
}

function formatKib(bytes: number): string {
  const kibibytes = bytes / KIB;
  return kibibytes < 1 ? `${kibibytes.toFixed(1)} KB` : `${formatNumber(kibibytes)} KB`;
}

function formatShare(part: number, whole: number): string {
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 1 ? '< 1 %' : `${Math.round(percent)} %`;
}

function formatDollars(dollars: number): string {
  return dollars < 0 ? `−$${(-dollars).toFixed(2)}` : `$${dollars.toFixed(2)}`;
}
