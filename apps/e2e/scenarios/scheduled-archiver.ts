import { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { type Granularity, LogArchiver, type LogGroupSelection } from 'cdk-log-archiver';
import { Archiver, type FinishedRun } from '../archiver';
import { synthesize } from '../synthesize';

/** Log group of the scenarios that need only one. */
export const APP = '/app';

/** Synthesizes an archiver in UTC, with a notification topic. */
export function synthesizeArchiver(
  logGroupNames: string[] = [APP],
  props: { granularity?: Granularity; selections?: LogGroupSelection[] } = {},
) {
  return synthesize((app) => {
    const stack = new Stack(app, 'Archive', { env: { account: '123456789012', region: 'ap-northeast-1' } });
    new LogArchiver(stack, 'LogArchiver', {
      ...props,
      logGroups: logGroupNames.map((name) => LogGroup.fromLogGroupName(stack, name, name)),
      notificationTopic: new Topic(stack, 'Topic', { topicName: 'operators' }),
    });
    return stack;
  });
}

/** A run of the schedule, short enough for a table. */
export interface ScheduledRun extends FinishedRun {
  /** `SUCCEEDED`, or the error. */
  readonly end: string;
  /** Entries of the report: period, and status or reason. */
  readonly entries: string[];
  /** Messages that the run published. */
  readonly messages: string[];
}

/** An archiver whose schedule starts a run every day at 03:00. */
export class ScheduledArchiver extends Archiver {
  /** Runs on a day, as the schedule does, and waits for the end. */
  public async runOn(day: string): Promise<ScheduledRun> {
    const scheduledTime = `${day}T03:00:00Z`;
    await this.aws.clock.moveTo(scheduledTime);
    const { messages } = this.aws.topics;
    const before = messages.length;
    const run = await this.run({ scheduledTime });
    return {
      ...run,
      end: run.result.status === 'FAILED' ? run.result.error : run.result.status,
      entries: run.outcomes.map(({ period, status, error }) => `${period} ${error ?? status}`),
      messages: messages.slice(before).map(({ message }) => message),
    };
  }

  /** Runs on each of some days, and returns how the runs ended. */
  public async runOnDays(...days: string[]): Promise<string[]> {
    const ends: string[] = [];
    for (const day of days) {
      ends.push((await this.runOn(day)).end);
    }
    return ends;
  }

  /** Puts the value that the second schedule puts at 03:15 of a day, whether or not a run was started. */
  public async reportDueRun(day: string) {
    const instant = Date.parse(`${day}T03:15:00Z`);
    await this.aws.clock.moveTo(new Date(instant).toISOString());
    const [, stateMachineName] = /:stateMachine:(.*)$/.exec(this.stack.stateMachine.stateMachineArn) ?? [];
    this.aws.metrics.putMetricData({
      Namespace: 'LogArchiver',
      MetricData: [{ MetricName: `SuccessfulRuns-${stateMachineName}`, Value: 0 }],
    });
  }

  /** Returns the status of each period, by name. */
  public get statuses(): Record<string, string> {
    return Object.fromEntries(this.periods.map(({ period, status }) => [period, status]));
  }

  /** Ids of the alarms that are in state ALARM now. */
  public get alarms(): string[] {
    return Object.entries(this.aws.alarms.evaluate())
      .filter(([, state]) => state === 'ALARM')
      .map(([name]) => findAlarmId(name))
      .sort();
  }

  /** Messages of alarms until now, oldest first: id and new state. */
  public get alarmMessages(): string[] {
    this.aws.alarms.evaluate();
    return this.aws.topics.messages
      .filter(({ message }) => message.startsWith('{'))
      .map(({ message }) => JSON.parse(message))
      .map(({ AlarmName, NewStateValue }) => `${findAlarmId(AlarmName)} ${NewStateValue}`);
  }
}

/** Returns the construct id of an alarm, from its name in the template. */
function findAlarmId(name: string): string {
  return name.replace(/^.*Watch(\w+)[0-9A-F]{8}$/, '$1');
}
