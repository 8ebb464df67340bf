import { Duration, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Schedule, type ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { StepFunctionsStartExecution } from 'aws-cdk-lib/aws-scheduler-targets';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import type { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';
import { viaServices } from './via-service';

export interface RunScheduleProps {
  readonly stateMachine: IStateMachine;
  readonly description: string;
  readonly expression: ScheduleExpression;
  /** Input of each run. */
  readonly input: object;
  /** @default true */
  readonly enabled?: boolean;
  readonly rolePath: string;
  /** @default - a key that AWS owns */
  readonly encryptionKey?: IKey;
}

/** Starts runs of a state machine. Invocations that fail go to a dead-letter queue. */
export class RunSchedule extends Construct {
  public readonly schedule: Schedule;
  /** Invocations that failed, with the reason. */
  public readonly deadLetterQueue: Queue;
  protected readonly role: Role;

  constructor(scope: Construct, id: string, props: RunScheduleProps) {
    super(scope, id);
    const { stateMachine, description, expression, input, enabled, rolePath, encryptionKey } = props;
    this.role = this.createRole(rolePath);
    this.deadLetterQueue = this.createQueue(this.role, encryptionKey);
    this.schedule = new Schedule(this, 'Schedule', {
      description,
      schedule: expression,
      enabled,
      target: new StepFunctionsStartExecution(stateMachine, {
        input: ScheduleTargetInput.fromObject(input),
        role: this.role,
        deadLetterQueue: this.deadLetterQueue,
      }),
    });
  }

  /** Without this role, the target would create one in the scope of the stack. */
  private createRole(path: string): Role {
    const stack = Stack.of(this);
    const scheduleGroup = stack.formatArn({
      service: 'scheduler',
      resource: 'schedule-group',
      resourceName: 'default',
    });
    return new Role(this, 'Role', {
      path,
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
