import { LocalAws, requiresEvaluator } from '@log-archiver/local-aws';
import type { App } from 'aws-cdk-lib';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { getResources, newArchiver, newStack, TOKYO } from '../../archiver-stack';

const [MINUTE, HOUR] = [60_000, 3_600_000];
const DAY = 24 * HOUR;
/** Instant of the deployment: an hour after a run would have been due. */
const DEPLOYED = Date.parse('2026-11-01T04:00:00Z');
const FIRST_RUN = Date.parse('2026-11-02T03:00:00Z');

const stack = newStack({ env: TOKYO });
newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic') });
const template = { Resources: getResources(stack) };
const { directory } = (stack.node.root as App).synth();

/** An archiver whose schedules and runs are played by their metrics. */
class PlayedArchiver {
  public readonly aws = new LocalAws({ now: DEPLOYED, accountId: TOKYO.account, enforcePolicies: true });
  private readonly stateMachineName: string;

  /** The schedule starts runs at an hour of the day, UTC. */
  constructor(private readonly scheduleHour = 3) {
    const { stateMachine } = this.aws.deploy({ stackName: 'Stack', template, assetDirectory: directory });
    this.stateMachineName = stateMachine.stateMachineArn.split(':').at(-1) as string;
  }

  /** Lets the schedule report that runs were due, until an instant. */
  public async passUntil(end: number) {
    for (let due = this.nextReport(); due <= end; due = this.nextReport()) {
      await this.aws.clock.moveTo(due);
      this.put('SuccessfulRuns', 0);
    }
    await this.aws.clock.moveTo(end);
    this.aws.alarms.evaluate();
  }

  /** Lets the schedule report until an instant, at which a run succeeds. */
  public async succeedAt(instant: number) {
    await this.passUntil(instant);
    this.put('SuccessfulRuns', 1);
    this.put('UntoldRuns', 0);
  }

  /** Writes a metric of a filter of the log, or of the schedule. */
  public put(metric: 'SuccessfulRuns' | 'UntoldRuns', Value: number) {
    const MetricName = `${metric}-${this.stateMachineName}`;
    this.aws.metrics.putMetricData({ Namespace: 'LogArchiver', MetricData: [{ MetricName, Value }] });
  }

  public putOfPlanner(MetricName: string, Value: number) {
    const Dimensions = [{ Name: 'StateMachine', Value: this.stateMachineName }];
    this.aws.metrics.putMetricData({ Namespace: 'LogArchiver', MetricData: [{ MetricName, Dimensions, Value }] });
  }

  /** Messages to operators: the hours since the deployment, the alarm, and its new state. */
  public get messages(): [hours: number, alarm: string, state: string][] {
    return this.aws.topics.messages.map(({ message, publishedAt }) => {
      const { AlarmName, OldStateValue, NewStateValue } = JSON.parse(message);
      return [(publishedAt - DEPLOYED) / HOUR, AlarmName.slice(0, -8), `${OldStateValue} → ${NewStateValue}`];
    });
  }

  private nextReport(): number {
    const today = Math.floor(this.aws.clock.now() / DAY) * DAY + this.scheduleHour * HOUR + 15 * MINUTE;
    return today > this.aws.clock.now() ? today : today + DAY;
  }
}

const NO_SUCCESS = 'Stack-ArchiverWatchNoSuccess';

requiresEvaluator(describe)('the alarms of a new archiver', () => {
  it('send no message before and after its first successful run', async () => {
    const archiver = new PlayedArchiver();
    await archiver.succeedAt(FIRST_RUN + MINUTE);
    archiver.putOfPlanner('OldestIncompleteHours', 0);
    archiver.putOfPlanner('LogGroupsAtRisk', 0);
    await archiver.passUntil(FIRST_RUN + 12 * HOUR);
    expect(archiver.messages).toEqual([]);
  });

  it('notify once, within three days, if it never runs', async () => {
    const archiver = new PlayedArchiver();
    await archiver.passUntil(DEPLOYED + 7 * DAY);
    expect(archiver.messages).toEqual([[expect.any(Number), NO_SUCCESS, 'INSUFFICIENT_DATA → ALARM']]);
    const [[hours]] = archiver.messages;
    expect(hours > (FIRST_RUN - DEPLOYED) / HOUR && hours <= 72).toBe(true);
  });

  it('send no message if its first run takes 30 hours, and the next one yields to it', async () => {
    const archiver = new PlayedArchiver();
    await archiver.succeedAt(FIRST_RUN + DAY + MINUTE);
    await archiver.succeedAt(FIRST_RUN + 30 * HOUR);
    await archiver.succeedAt(FIRST_RUN + 2 * DAY + MINUTE);
    await archiver.passUntil(FIRST_RUN + 3 * DAY);
    expect(archiver.messages).toEqual([]);
  });
});

requiresEvaluator(describe)('the alarm for no successful run', () => {
  const createHealthy = async () => {
    const archiver = new PlayedArchiver();
    for (const day of [0, 1, 2]) {
      await archiver.succeedAt(FIRST_RUN + day * DAY + MINUTE);
    }
    return archiver;
  };

  it('notifies within three days of the last success, and again when a run succeeds', async () => {
    const archiver = await createHealthy();
    await archiver.succeedAt(FIRST_RUN + 6 * DAY + MINUTE);
    await archiver.passUntil(FIRST_RUN + 7 * DAY);
    expect(archiver.messages).toEqual([
      [expect.any(Number), NO_SUCCESS, 'OK → ALARM'],
      [expect.any(Number), NO_SUCCESS, 'ALARM → OK'],
    ]);
    const [[hours]] = archiver.messages;
    expect(hours - (FIRST_RUN + 2 * DAY - DEPLOYED) / HOUR).toBeLessThanOrEqual(72);
  });

  it('sends no message about a day without success, or of runs of different lengths', async () => {
    const archiver = await createHealthy();
    await archiver.succeedAt(FIRST_RUN + 4 * DAY + MINUTE);
    await archiver.succeedAt(FIRST_RUN + 5 * DAY + 20 * HOUR);
    await archiver.succeedAt(FIRST_RUN + 6 * DAY + MINUTE);
    await archiver.passUntil(FIRST_RUN + 7 * DAY);
    expect(archiver.messages).toEqual([]);
  });
});

requiresEvaluator(describe).each(Array.from({ length: 24 }, (_, hour) => hour))(
  'the alarms of a schedule at hour %d',
  (hour) => {
    const firstRun = DEPLOYED + ((hour + 20) % 24 || 24) * HOUR;

    it('notify once, within three days, if the archiver never runs', async () => {
      const archiver = new PlayedArchiver(hour);
      await archiver.passUntil(DEPLOYED + 7 * DAY);
      expect(archiver.messages).toEqual([[expect.any(Number), NO_SUCCESS, 'INSUFFICIENT_DATA → ALARM']]);
      const [[hours]] = archiver.messages;
      expect(hours).toBeGreaterThan((firstRun - DEPLOYED) / HOUR);
      expect(hours).toBeLessThanOrEqual(72);
    });

    it('send no message if runs succeed after minutes or hours', async () => {
      const archiver = new PlayedArchiver(hour);
      for (const [day, duration] of [MINUTE, 20 * HOUR, MINUTE, 5 * HOUR, 30 * MINUTE].entries()) {
        await archiver.succeedAt(firstRun + day * DAY + duration);
      }
      expect(archiver.messages).toEqual([]);
    });
  },
);

requiresEvaluator(describe)('the other alarms', () => {
  it('report a failure that a run could not report, until a run succeeds', async () => {
    const archiver = new PlayedArchiver();
    await archiver.passUntil(FIRST_RUN + MINUTE);
    archiver.put('UntoldRuns', 1);
    await archiver.succeedAt(FIRST_RUN + DAY);
    await archiver.passUntil(FIRST_RUN + DAY + HOUR);
    const alarm = 'Stack-ArchiverWatchUntold';
    expect(archiver.messages.map(([, ...rest]) => rest)).toEqual([
      [alarm, 'INSUFFICIENT_DATA → ALARM'],
      [alarm, 'ALARM → OK'],
    ]);
  });

  it.each([
    ['OldestIncompleteHours', 1_513, 'OldestIncomplete'],
    ['LogGroupsAtRisk', 1, 'LogGroupsAtRisk'],
  ])('report %s from %d on, until the planner reports less', async (metric, value, alarm) => {
    const archiver = new PlayedArchiver();
    archiver.putOfPlanner(metric, value - 1);
    await archiver.passUntil(DEPLOYED + HOUR);
    archiver.putOfPlanner(metric, value);
    await archiver.passUntil(DEPLOYED + 12 * HOUR);
    archiver.putOfPlanner(metric, 0);
    await archiver.passUntil(DEPLOYED + 13 * HOUR);
    expect(archiver.messages.map(([, ...rest]) => rest)).toEqual([
      [`Stack-ArchiverWatch${alarm}`, 'OK → ALARM'],
      [`Stack-ArchiverWatch${alarm}`, 'ALARM → OK'],
    ]);
  });
});
