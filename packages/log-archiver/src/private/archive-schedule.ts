import type { RunInput } from '@log-archiver/core';
import { Duration, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { ContextAttribute, Schedule, ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution, Universal } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { METRIC_NAMESPACE } from './core';
import type { Settings } from './settings';
import { viaServices } from './via-service';

export interface ArchiveScheduleProps
  extends Pick<Settings, 'timeZone' | 'settleTime' | 'scheduleHour' | 'enabled' | 'rolePath' | 'encryptionKey'> {
  readonly stateMachine: IStateMachine;
}

/**
 * Hours between the end of the settle time and the run, by default.
 *
 * Periods end at midnight, so they have settled at the hour of the `settleTime`, or an hour or two later after a clock
 * change. At another hour, a run archives the periods that have settled by then, so no period waits more than a day. If
 * a clock change skips the scheduled hour, no run starts that day; the next day's run archives what is due.
 * https://docs.aws.amazon.com/scheduler/latest/UserGuide/schedule-types.html#daylist-savings-time
 */
const MARGIN_HOURS = 3;
/**
 * Minutes between the run and the report that a run was due.
 *
 * When a run takes more than a day, the next day's run ends at once. These minutes are enough for its success to be
 * counted first.
 */
const DUE_MINUTE = '15';

/**
 * Starts a run every day, in the time zone that also decides where a period ends.
 *
 * Every day, whatever the granularity: a failed item is retried the next day, and a run without work costs a few state
 * transitions.
 */
export class ArchiveSchedule extends Construct {
  public readonly schedule: Schedule;
  /** Invocations that failed, with the reason. */
  public readonly deadLetterQueue: Queue;
  private readonly props: ArchiveScheduleProps;
  private readonly role: Role;

  constructor(scope: Construct, id: string, props: ArchiveScheduleProps) {
    super(scope, id);
    const { stateMachine, enabled, encryptionKey } = props;
    this.props = props;
    this.role = this.createRole();
    this.deadLetterQueue = this.createQueue(this.role, encryptionKey);
    // The planned time, which is the same however late the schedule is delivered.
    const input: RunInput = { scheduledTime: ContextAttribute.scheduledTime };
    this.schedule = new Schedule(this, 'Schedule', {
      description: 'Starts the daily run of LogArchiver',
      schedule: this.createExpression('0'),
      enabled,
      target: new StepFunctionsStartExecution(stateMachine, {
        input: ScheduleTargetInput.fromObject(input),
        role: this.role,
        deadLetterQueue: this.deadLetterQueue,
      }),
    });
  }

  /**
   * Publishes a zero to the metric every day after a run was due, whether or not it was started.
   *
   * The metric counts successful runs. Without the zeros, an archiver that never ran would have no data, like one whose
   * first run is not due yet.
   */
  public publishDueRuns(metricName: string) {
    new Schedule(this, 'DueRuns', {
      description: 'Reports that a run of LogArchiver was due',
      schedule: this.createExpression(DUE_MINUTE),
      target: new Universal({
        service: 'cloudwatch',
        action: 'putMetricData',
        input: ScheduleTargetInput.fromObject({
          Namespace: METRIC_NAMESPACE,
          MetricData: [{ MetricName: metricName, Value: 0 }],
        }),
        policyStatements: [
          new PolicyStatement({
            actions: ['cloudwatch:PutMetricData'],
            resources: ['*'],
            conditions: { StringEquals: { 'cloudwatch:namespace': METRIC_NAMESPACE } },
          }),
        ],
        role: this.role,
        deadLetterQueue: this.deadLetterQueue,
      }),
    });
  }

  private createExpression(minute: string): ScheduleExpression {
    const { settleTime, timeZone, scheduleHour: hour = (settleTime.toHours() + MARGIN_HOURS) % 24 } = this.props;
    return ScheduleExpression.cron({ minute, hour: `${hour}`, timeZone });
  }

  /** Without this role, the target would create one in the scope of the stack. */
  private createRole(): Role {
    const stack = Stack.of(this);
    const scheduleGroup = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    return new Role(this, 'Role', {
      path: this.props.rolePath,
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': stack.account, 'aws:SourceArn': scheduleGroup } },
      }),
    });
  }

  /** The target grants sending in the role's policy. It changes neither the queue's policy nor the key's. */
  private createQueue(role: Role, encryptionKey?: IKey): Queue {
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
      // SQS for the queue's data key; Step Functions in case it uses the caller's permissions for the input.
      const services = viaServices(Stack.of(this), 'sqs', 'states');
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
