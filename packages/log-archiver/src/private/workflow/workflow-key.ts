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
 * Customer-managed key of the state machine, which needs a name.
 *
 * The CDK limits the role's use of the key by the name of the state machine. Without a name, the limit matches nothing.
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

  /**
   * Allows the state machine's role to use the key for the executions of the items.
   *
   * AWS does not document their encryption context: it may be `<state machine>/<Map>`.
   */
  public grantRun(stateMachine: StateMachine) {
    stateMachine.addToRolePolicy(
      this.createStatement(['kms:Decrypt', 'kms:GenerateDataKey'], `${this.stateMachineArn}/*`),
    );
  }

  /** Statements for a role that describes executions: the response contains the input. */
  public get readStatements(): PolicyStatement[] {
    return [this.createStatement(['kms:Decrypt'], this.stateMachineArn)];
  }

  private createStatement(actions: string[], stateMachineArn: string): PolicyStatement {
    return new PolicyStatement({
      actions,
      resources: [this.key.keyArn],
      conditions: { StringLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': stateMachineArn } },
    });
  }
}
