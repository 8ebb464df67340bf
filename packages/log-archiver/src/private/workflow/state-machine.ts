import { ArnFormat, Stack } from 'aws-cdk-lib';
import { type Policy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
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
    role: createRole(scope, rolePath),
    ...props,
  });
  attachMapPolicy(stateMachine);
  return stateMachine;
}

/** Creates the role. An older CDK would create one that Step Functions could assume for another account. */
function createRole(scope: Construct, path: string): Role {
  const stack = Stack.of(scope);
  const stateMachines = stack.formatArn({
    service: 'states',
    resource: 'stateMachine',
    resourceName: '*',
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  return new Role(scope, 'StateMachineRole', {
    assumedBy: new ServicePrincipal('states.amazonaws.com', {
      conditions: {
        ArnLike: { 'aws:SourceArn': stateMachines },
        StringEquals: { 'aws:SourceAccount': stack.account },
      },
    }),
    path,
  });
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
