import { type AlarmRule, type AlarmState, getEvaluationRange, judgeDatapoints } from './judge-datapoints';
import type { MetricSeries, Statistic } from './metric-series';

const COMPARISONS = {
  GreaterThanOrEqualToThreshold: {
    text: 'greater than or equal to',
    isBreaching: (value: number, threshold: number) => value >= threshold,
  },
  GreaterThanThreshold: { text: 'greater than', isBreaching: (value: number, threshold: number) => value > threshold },
  LessThanThreshold: { text: 'less than', isBreaching: (value: number, threshold: number) => value < threshold },
  LessThanOrEqualToThreshold: {
    text: 'less than or equal to',
    isBreaching: (value: number, threshold: number) => value <= threshold,
  },
};

export type ComparisonOperator = keyof typeof COMPARISONS;

export function isComparisonOperator(value: unknown): value is ComparisonOperator {
  return Object.hasOwn(COMPARISONS, String(value));
}

export interface AlarmProps extends AlarmRule {
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly description?: string;
  readonly statistic: Statistic;
  readonly periodSeconds: number;
  readonly threshold: number;
  readonly comparisonOperator: ComparisonOperator;
  /** ARNs of the actions of each state. */
  readonly actions: Readonly<Record<AlarmState, readonly string[]>>;
}

export interface AlarmStateChange {
  readonly alarm: AlarmProps;
  readonly from: AlarmState;
  readonly to: AlarmState;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

const HOUR_MS = 3_600_000;
const DAY_SECONDS = 86_400;

/** A metric alarm. It starts with the state INSUFFICIENT_DATA. */
export class Alarm {
  constructor(
    public readonly props: AlarmProps,
    private readonly series: MetricSeries,
    public state: AlarmState = 'INSUFFICIENT_DATA',
  ) {}

  /**
   * Evaluates the alarm at the start of a minute, and returns the change of its state.
   *
   * Periods end at that minute, whatever their length. An alarm that looks back more than a day is only evaluated at the
   * start of an hour.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/alarm-evaluation.html
   */
  public evaluate(at: number): AlarmStateChange | undefined {
    const { periodSeconds, evaluationPeriods } = this.props;
    if (periodSeconds * evaluationPeriods > DAY_SECONDS && at % HOUR_MS !== 0) {
      return undefined;
    }
    const values = this.readValues(at);
    const { state: from, props: alarm } = this;
    const to = this.judge(values) ?? from;
    if (to === from) {
      return undefined;
    }
    this.state = to;
    return { alarm, from, to, reason: this.describe(values, to), at };
  }

  /** Returns the values of the evaluation range, oldest first. */
  private readValues(at: number): (number | undefined)[] {
    const { statistic, periodSeconds } = this.props;
    const count = getEvaluationRange(this.props);
    return Array.from({ length: count }, (_, index) => {
      const to = at - (count - 1 - index) * periodSeconds * 1_000;
      return this.series.compute(statistic, { from: to - periodSeconds * 1_000, to, receivedBy: at });
    });
  }

  private judge(values: (number | undefined)[]): AlarmState | undefined {
    const { comparisonOperator, threshold } = this.props;
    const { isBreaching } = COMPARISONS[comparisonOperator];
    const datapoints = values.map((value) =>
      value === undefined ? undefined : { isBreaching: isBreaching(value, threshold) },
    );
    return judgeDatapoints(datapoints, this.props);
  }

  private describe(values: (number | undefined)[], to: AlarmState): string {
    const { comparisonOperator, threshold, evaluationPeriods } = this.props;
    const known = values.filter((value) => value !== undefined).slice(-evaluationPeriods);
    if (to === 'INSUFFICIENT_DATA') {
      return `Insufficient Data: ${evaluationPeriods} datapoints were unknown.`;
    }
    return known.length === 0
      ? `Threshold Crossed: no datapoints were received for ${evaluationPeriods} periods.`
      : `Threshold Crossed: the datapoints [${known.join(', ')}] were ${to === 'OK' ? 'not ' : ''}${COMPARISONS[comparisonOperator].text} the threshold (${threshold}).`;
  }
}
