import type { ArchiveRequest } from '@log-archiver/core';
import { type Duration, Stack, type TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface ArchiveScheduleProps {
  readonly stateMachine: IStateMachine;
  readonly timeZone: TimeZone;
  readonly settleTime: Duration;
  readonly enabled: boolean;
}

/**
 * Periods end at midnight, and have settled at the hour of the `settleTime`; in a night of the clock change an hour or two
 * later.
 */
const HOURS_TO_SPARE = 3;

/**
 * Starts the state machine in the time zone that also decides where a period ends. Every day, however long the periods
 * are: what failed yesterday is tried again, and a run that finds nothing to do costs a few state transitions.
 */
export class ArchiveSchedule extends Construct {
  public readonly schedule: Schedule;

  constructor(scope: Construct, id: string, { stateMachine, timeZone, settleTime, enabled }: ArchiveScheduleProps) {
    super(scope, id);
    const hour = (settleTime.toHours() + HOURS_TO_SPARE) % 24;
    // The planned instant, which stays the same however late the schedule is delivered.
    const input: ArchiveRequest = { scheduledTime: ContextAttribute.scheduledTime };
    this.schedule = new Schedule(this, 'Schedule', {
      description: 'Starts LogArchiver for what has ended and is not archived yet',
      schedule: ScheduleExpression.cron({ minute: '0', hour: `${hour}`, timeZone }),
      enabled,
      target: new StepFunctionsStartExecution(stateMachine, {
        input: ScheduleTargetInput.fromObject(input),
        role: this.role(),
      }),
    });
  }

  /** Without a role of its own the target's would be put on the stack. */
  private role(): Role {
    const stack = Stack.of(this);
    const scheduleGroup = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    return new Role(this, 'Role', {
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': scheduleGroup } },
      }),
    });
  }
}
