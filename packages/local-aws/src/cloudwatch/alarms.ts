import { Alarm, type AlarmProps, type AlarmStateChange } from './alarm';
import type { AlarmState } from './judge-datapoints';
import type { MetricId, Metrics } from './metrics';

const MINUTE_MS = 60_000;

/** CloudWatch alarms. */
export class Alarms {
  private alarms: Alarm[] = [];
  private evaluatedUntil: number;

  constructor(
    private readonly metrics: Metrics,
    private readonly now: () => number,
    private readonly onStateChange: (change: AlarmStateChange) => void,
  ) {
    this.evaluatedUntil = now();
  }

  /** Creates an alarm with the state INSUFFICIENT_DATA. An alarm of the same name is replaced, and its state is kept. */
  public create(metric: MetricId, props: AlarmProps) {
    const { [props.alarmName]: state } = this.evaluate();
    this.delete(props.alarmName);
    this.alarms.push(new Alarm(props, this.metrics.find(metric), state));
  }

  public delete(alarmName: string) {
    this.alarms = this.alarms.filter(({ props }) => props.alarmName !== alarmName);
  }

  /**
   * Evaluates all alarms at every minute since the last evaluation, and returns their states by name.
   *
   * Alarms are not evaluated on their own, because a timer for every minute would make long waits slow. An evaluation only
   * sees what CloudWatch had received by its minute, and actions have its time.
   */
  public evaluate(): Record<string, AlarmState> {
    const now = this.now();
    const next = Math.floor(this.evaluatedUntil / MINUTE_MS + 1) * MINUTE_MS;
    this.evaluatedUntil = now;
    for (let minute = next; minute <= now; minute += MINUTE_MS) {
      for (const alarm of this.alarms) {
        const change = alarm.evaluate(minute);
        if (change) {
          this.onStateChange(change);
        }
      }
    }
    return Object.fromEntries(this.alarms.map(({ props, state }) => [props.alarmName, state]));
  }
}
