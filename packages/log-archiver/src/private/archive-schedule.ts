import type { ArchiveRequest } from '@log-archiver/core';
import { Stack, type TimeZone } from 'aws-cdk-lib';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import {
  ContextAttribute,
  type CronOptionsWithTimezone,
  Schedule,
  ScheduleExpression,
  ScheduleTargetInput,
} from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { Frequency } from '../frequency';

export interface ArchiveScheduleProps {
  readonly stateMachine: IStateMachine;
  readonly frequency: Frequency;
  readonly timeZone: TimeZone;
  readonly enabled: boolean;
}

/** More than 12 hours after the end of the period: not before then can all events be exported. */
const CRON: Record<Frequency, CronOptionsWithTimezone> = {
  [Frequency.MONTHLY]: { minute: '0', hour: '3', day: '2', month: '*', year: '*' },
  [Frequency.DAILY]: { minute: '0', hour: '13', day: '*', month: '*', year: '*' },
};

/** Starts the state machine in the time zone that also decides where a period ends. */
export class ArchiveSchedule extends Construct {
  public readonly schedule: Schedule;

  constructor(scope: Construct, id: string, { stateMachine, frequency, timeZone, enabled }: ArchiveScheduleProps) {
    super(scope, id);
    // The planned instant, which stays the same however late the schedule is delivered.
    const input: ArchiveRequest = { scheduledTime: ContextAttribute.scheduledTime };
    this.schedule = new Schedule(this, 'Schedule', {
      description: 'Starts LogArchiver for the period that has just ended',
      schedule: ScheduleExpression.cron({ ...CRON[frequency], timeZone }),
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
