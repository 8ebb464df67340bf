/** A time range in milliseconds since the epoch. */
export interface MetricWindow {
  /** Inclusive. */
  readonly from: number;
  /** Exclusive. */
  readonly to: number;
  /** Values that CloudWatch received later are left out. */
  readonly receivedBy: number;
}

interface Sample {
  readonly timestamp: number;
  readonly value: number;
  readonly receivedAt: number;
}

const STATISTICS = {
  SampleCount: (values: number[]) => values.length,
  Sum: (values: number[]) => values.reduce((sum, value) => sum + value, 0),
  Average: (values: number[]) => STATISTICS.Sum(values) / values.length,
  Minimum: (values: number[]) => Math.min(...values),
  Maximum: (values: number[]) => Math.max(...values),
};

export type Statistic = keyof typeof STATISTICS;

export function isStatistic(value: unknown): value is Statistic {
  return Object.hasOwn(STATISTICS, String(value));
}

/** Values of one metric, in the order of their timestamps. */
export class MetricSeries {
  public readonly samples: Sample[] = [];

  public add(sample: Sample) {
    this.samples.splice(this.findFirst(sample.timestamp + 1), 0, sample);
  }

  /** Computes a statistic of the values in a time range. Returns `undefined` if there are none. */
  public compute(statistic: Statistic, { from, to, receivedBy }: MetricWindow): number | undefined {
    const values: number[] = [];
    for (let index = this.findFirst(from); index < this.samples.length; index += 1) {
      const { timestamp, value, receivedAt } = this.samples[index] as Sample;
      if (timestamp >= to) {
        break;
      }
      if (receivedAt <= receivedBy) {
        values.push(value);
      }
    }
    return values.length === 0 ? undefined : STATISTICS[statistic](values);
  }

  /** Returns the index of the first sample from a time on, by bisection: alarms look back at long series every minute. */
  private findFirst(from: number): number {
    let [low, high] = [0, this.samples.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.samples[middle] as Sample).timestamp < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
