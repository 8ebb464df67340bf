import { CfnRole, type Policy } from 'aws-cdk-lib/aws-iam';
import type { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  DefinitionBody,
  type IChainable,
  LogLevel,
  StateMachine,
  type StateMachineProps,
  StateMachineType,
} from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

export interface CreateStateMachineProps
  extends Pick<StateMachineProps, 'comment' | 'stateMachineName' | 'encryptionConfiguration'> {
  /** First state. At least one of the states must be a Distributed Map. */
  readonly definition: IChainable;
  readonly logGroup: LogGroup;
  readonly rolePath: string;
}

/** Creates a standard state machine that writes all events to the log group, with its role under the path. */
export function createStateMachine(
  scope: Construct,
  { definition, logGroup, rolePath, ...props }: CreateStateMachineProps,
): StateMachine {
  const stateMachine = new StateMachine(scope, 'StateMachine', {
    stateMachineType: StateMachineType.STANDARD,
    definitionBody: DefinitionBody.fromChainable(definition),
    tracingEnabled: true,
    logs: { destination: logGroup, level: LogLevel.ALL, includeExecutionData: true },
    ...props,
  });
  moveRole(stateMachine, rolePath);
  attachMapPolicy(stateMachine);
  return stateMachine;
}

/** Moves the role, which the CDK creates without a path. A precreated role has no resource. */
function moveRole({ role }: StateMachine, rolePath: string) {
  const { defaultChild } = role.node;
  if (defaultChild instanceof CfnRole) {
    defaultChild.path = rolePath;
  }
}

/**
 * Attaches the policy of the Map again, now with its statements.
 *
 * The CDK attaches it before it has any, and a precreated role (`Role.customizeRoles`) copies them when it is attached.
 * Attaching it to another role again has no effect.
 */
function attachMapPolicy({ node, role }: StateMachine) {
  role.attachInlinePolicy(node.findChild('DistributedMapPolicy') as Policy);
}
