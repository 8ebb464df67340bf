import type { RunInput } from '@log-archiver/core';
import { Duration, Stack, type TimeZone } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

export interface ArchiveScheduleProps {
  readonly stateMachine: IStateMachine;
  readonly timeZone: TimeZone;
  readonly settleTime: Duration;
  readonly enabled: boolean;
  /** Of its dead-letter queue. @default - SQS's own */
  readonly encryptionKey?: IKey;
}

/**
 * Periods end at midnight, and have settled at the hour of the `settleTime`; in a night of the clock change an hour or two
 * later. An hour that such a night does not have, the schedule passes over: the run of the next day does what is due.
 */
const HOURS_TO_SPARE = 3;

/**
 * Starts the state machine in the time zone that also decides where a period ends. Every day, however long the periods
 * are: what failed yesterday is tried again, and a run that finds nothing to do costs a few state transitions.
 */
export class ArchiveSchedule extends Construct {
  public readonly schedule: Schedule;
  /** What could not be started, and why. */
  public readonly deadLetterQueue: Queue;

  constructor(scope: Construct, id: string, props: ArchiveScheduleProps) {
    super(scope, id);
    const { stateMachine, timeZone, settleTime, enabled, encryptionKey } = props;
    const role = this.role();
    this.deadLetterQueue = this.queueOf(role, encryptionKey);
    const hour = (settleTime.toHours() + HOURS_TO_SPARE) % 24;
    // The planned instant, which stays the same however late the schedule is delivered.
    const input: RunInput = { scheduledTime: ContextAttribute.scheduledTime };
    this.schedule = new Schedule(this, 'Schedule', {
      description: 'Starts LogArchiver for what has ended and is not archived yet',
      schedule: ScheduleExpression.cron({ minute: '0', hour: `${hour}`, timeZone }),
      enabled,
      target: new StepFunctionsStartExecution(stateMachine, {
        input: ScheduleTargetInput.fromObject(input),
        role,
        deadLetterQueue: this.deadLetterQueue,
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

  /** The target lets the role send by the role's policy, not the queue's, and says nothing to the key. */
  private queueOf(role: Role, encryptionKey?: IKey): Queue {
    const queue = new Queue(this, 'DeadLetterQueue', {
      encryption: encryptionKey === undefined ? QueueEncryption.SQS_MANAGED : QueueEncryption.KMS,
      encryptionMasterKey: encryptionKey,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
    });
    queue.addToResourcePolicy(
      new PolicyStatement({
        sid: 'NobodyElseSends',
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['sqs:SendMessage'],
        resources: [queue.queueArn],
        conditions: { ArnNotEquals: { 'aws:PrincipalArn': role.roleArn } },
      }),
    );
    if (encryptionKey) {
      const { region, urlSuffix } = Stack.of(this);
      // The queue's data key; and the execution's input, should Step Functions ask for it in the caller's name.
      const services = ['sqs', 'states'].map((service) => `${service}.${region}.${urlSuffix}`);
      role.addToPrincipalPolicy(
        new PolicyStatement({
          actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
          resources: [encryptionKey.keyArn],
          conditions: { StringEquals: { 'kms:ViaService': services } },
        }),
      );
    }
    return queue;
  }
}
