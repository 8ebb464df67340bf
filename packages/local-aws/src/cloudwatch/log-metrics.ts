import { parseFilterPattern } from '../logs/stores/filter-pattern';
import { parseEmbeddedMetrics } from './embedded-metrics';
import { parseJsonFilterPattern } from './json-filter-pattern';
import type { MetricId, Metrics } from './metrics';

/** A metric filter of a log group. */
export interface MetricFilter extends MetricId {
  readonly logGroupName: string;
  readonly filterPattern: string;
  /** Value of the metric for each matching line. */
  readonly value: number;
}

export interface LogLine {
  readonly logGroupName: string;
  readonly line: string;
  /** Milliseconds since the epoch. */
  readonly writtenAt: number;
}

/** Metrics from the lines of logs: embedded metrics, and those of metric filters. */
export class LogMetrics {
  private filters: (MetricFilter & { readonly matches: (line: string) => boolean })[] = [];

  constructor(private readonly metrics: Metrics) {}

  public addFilter(filter: MetricFilter) {
    this.filters.push({ ...filter, matches: createMatcher(filter.filterPattern) });
  }

  /** Deletes the filters of a log group. */
  public deleteFilters(logGroupName: string) {
    this.filters = this.filters.filter((filter) => filter.logGroupName !== logGroupName);
  }

  /** Whether a filter applies to the log group. */
  public isFiltered(logGroupName: string): boolean {
    return this.filters.some((filter) => filter.logGroupName === logGroupName);
  }

  public read({ logGroupName, line, writtenAt: timestamp }: LogLine) {
    for (const sample of parseEmbeddedMetrics(line)) {
      this.metrics.put(sample);
    }
    for (const { matches, ...filter } of this.filters) {
      if (filter.logGroupName === logGroupName && matches(line)) {
        const { namespace, metricName, dimensions, value } = filter;
        this.metrics.put({ namespace, metricName, dimensions, value, timestamp });
      }
    }
  }
}

function createMatcher(pattern: string): (line: string) => boolean {
  if (!pattern.trim().startsWith('{')) {
    return parseFilterPattern(pattern);
  }
  const matches = parseJsonFilterPattern(pattern);
  return (line) => line.startsWith('{') && matches(parseJson(line));
}

/** Returns `undefined` for text, which no pattern for JSON matches. */
function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
