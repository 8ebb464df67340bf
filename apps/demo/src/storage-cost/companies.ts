import { estimateCost, getTotal } from './estimate-cost';
import { type RegionPrices, TOKYO, VIRGINIA } from './prices';
import { listObjects, WORKLOADS } from './workloads';

/** A company whose accounts have the workloads of `docs/storage-cost.md`, or a share of them. */
export interface Company {
  readonly name: string;
  readonly accounts: number;
  /** Share of the workloads in each account. */
  readonly share: number;
  readonly logGroupsPerAccount: number;
}

/** The workloads have a log group for each of 200 functions, 40 services and 10 × 2 logs of instances. */
export const COMPANIES: readonly Company[] = [
  { name: 'small: 26 log groups in 1 account', accounts: 1, share: 0.1, logGroupsPerAccount: 26 },
  { name: 'medium: 260 log groups in 1 account', accounts: 1, share: 1, logGroupsPerAccount: 260 },
  { name: '50 accounts with 260 log groups each', accounts: 50, share: 1, logGroupsPerAccount: 260 },
];

/**
 * Cost of an export in US dollars, the same in both Regions.
 *
 * `docs/benchmarks.md` has $0.17 for 1,000 exports of 23 s: state transitions, Lambda and the functions' calls of S3. Their
 * logs of 1 to 3 KB per export cost a hundredth of that.
 */
const EXPORT = 0.17 / 1_000;
const EXPORT_SECONDS = 30;
const STORAGE_CLASS = 'Glacier Instant Retrieval';

/** Cost of a month in US dollars, and the time that the exports of one account take. */
export interface CompanyCost {
  readonly runs: number;
  readonly puts: number;
  /** Storage in the last month of the first year, and of the seventh. */
  readonly afterOneYear: number;
  readonly afterSevenYears: number;
  readonly slotHours: number;
}

/** Estimates the cost of monthly exports. */
export function estimateCompany({ accounts, share, logGroupsPerAccount }: Company, prices: RegionPrices): CompanyCost {
  const objects = WORKLOADS.flatMap(listObjects).map((size) => ({ ...size, count: size.count * share * accounts }));
  const estimate = (years: number) => estimateCost(objects, 12 * years, prices, STORAGE_CLASS);
  const { puts } = estimate(1);
  return {
    runs: accounts * logGroupsPerAccount * EXPORT,
    puts,
    afterOneYear: getTotal(estimate(1)) - puts,
    afterSevenYears: getTotal(estimate(7)) - puts,
    slotHours: (logGroupsPerAccount * EXPORT_SECONDS) / 3_600,
  };
}

const formatDollars = (value: number) => (value < 0.01 ? 'under $0.01' : `$${value.toFixed(2)}`);

/** Formats the table of the READMEs. The name of a company has its numbers. */
export function formatCompanies(): string {
  const rows = COMPANIES.flatMap((company) =>
    [TOKYO, VIRGINIA].map((prices) => {
      const { runs, puts, afterOneYear, afterSevenYears, slotHours } = estimateCompany(company, prices);
      const dollars = [runs, puts, afterOneYear, afterSevenYears].map(formatDollars);
      return [company.name, prices.name, ...dollars, `${slotHours.toFixed(1)} h`];
    }),
  );
  const head = ['company', 'Region', 'runs', 'PUT requests', 'storage after 1 year', 'after 7 years', 'export slot'];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
