import { MetricSeries } from './metric-series';

/** Identity of a metric. Metrics with the same name and other dimensions are other metrics. */
export interface MetricId {
  readonly namespace: string;
  readonly metricName: string;
  /** Values by name. @default - none */
  readonly dimensions?: Readonly<Record<string, string>>;
}

/** A value of a metric. */
export interface MetricSample extends MetricId {
  readonly value: number;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
}

/** Input of PutMetricData: https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricData.html */
export interface PutMetricDataInput {
  readonly Namespace: string;
  readonly MetricData: readonly {
    readonly MetricName: string;
    readonly Dimensions?: readonly Dimension[];
    readonly Value: number;
    /** Instant in ISO 8601, or milliseconds since the epoch. @default - now */
    readonly Timestamp?: string | number;
  }[];
}

/** A dimension in templates and in inputs of operations. */
export interface Dimension {
  readonly Name: string;
  readonly Value: string;
}

/** CloudWatch metrics. */
export class Metrics {
  private readonly series = new Map<string, MetricSeries>();

  constructor(private readonly now: () => number) {}

  public put({ value, timestamp, ...id }: MetricSample) {
    this.find(id).add({ timestamp, value, receivedAt: this.now() });
  }

  /** Puts values as an AWS service or the operation PutMetricData does. */
  public putMetricData({ Namespace: namespace, MetricData }: PutMetricDataInput) {
    for (const { MetricName: metricName, Dimensions = [], Value: value, Timestamp = this.now() } of MetricData) {
      const timestamp = new Date(Timestamp).getTime();
      this.put({ namespace, metricName, dimensions: readDimensions(Dimensions), value, timestamp });
    }
  }

  /** Returns the values of a metric, in the order of their timestamps. */
  public list(id: MetricId): { timestamp: number; value: number }[] {
    return this.find(id).samples.map(({ timestamp, value }) => ({ timestamp, value }));
  }

  /** Returns the series of a metric, which may still be empty. */
  public find({ namespace, metricName, dimensions = {} }: MetricId): MetricSeries {
    const key = JSON.stringify([namespace, metricName, Object.entries(dimensions).sort()]);
    const series = this.series.get(key) ?? new MetricSeries();
    this.series.set(key, series);
    return series;
  }
}

export function readDimensions(dimensions: readonly Dimension[]): Record<string, string> {
  return Object.fromEntries(dimensions.map(({ Name, Value }) => [Name, Value]));
}
