import { ArnFormat, Names, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  CustomerManagedEncryptionConfiguration,
  type StateMachine,
  type StateMachineProps,
} from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

/**
 * A customer-managed key for a state machine, which then has a name: what its role may do with the key, the CDK limits by
 * that name, and without one by a text that matches nothing.
 */
export class WorkflowKey extends Construct {
  public readonly stateMachineProps: Pick<StateMachineProps, 'stateMachineName' | 'encryptionConfiguration'>;
  private readonly key: IKey;
  private readonly stateMachineArn: string;

  constructor(scope: Construct, id: string, key: IKey) {
    super(scope, id);
    const stateMachineName = Names.uniqueResourceName(scope, { maxLength: 80, separator: '-' });
    this.key = key;
    this.stateMachineProps = {
      stateMachineName,
      encryptionConfiguration: new CustomerManagedEncryptionConfiguration(key),
    };
    this.stateMachineArn = Stack.of(this).formatArn({
      service: 'states',
      resource: 'stateMachine',
      resourceName: stateMachineName,
      arnFormat: ArnFormat.COLON_RESOURCE_NAME,
    });
  }

  /** The executions of the items are those of `<state machine>/<Map>`, should that be what they are encrypted for. */
  public letRun(stateMachine: StateMachine) {
    stateMachine.addToRolePolicy(this.use(['kms:Decrypt', 'kms:GenerateDataKey'], `${this.stateMachineArn}/*`));
  }

  /** Whoever describes an execution has to be able to read its input. */
  public get readStatements(): PolicyStatement[] {
    return [this.use(['kms:Decrypt'], this.stateMachineArn)];
  }

  private use(actions: string[], encryptedFor: string): PolicyStatement {
    return new PolicyStatement({
      actions,
      resources: [this.key.keyArn],
      conditions: { StringLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': encryptedFor } },
    });
  }
}
