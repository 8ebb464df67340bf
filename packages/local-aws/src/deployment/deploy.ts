import { readPolicies } from '../iam/stack-policies';
import type { LocalAws } from '../local-aws';
import type { Definition } from '../step-functions/interpreter/definition';
import { StateMachine } from '../step-functions/state-machine';
import { findReferences } from '../template/references';
import { resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';
import { createLogGroup, type LogGroupProperties } from './log-group';
import { createTaskResources } from './task-resources';

export interface DeployedStack {
  readonly stateMachine: StateMachine;
  readonly bucketNames: string[];
  readonly logGroupNames: string[];
}

/**
 * Makes what the stack's template says: log groups, buckets, topics, functions from their assets, and its state machine.
 * What else there is, queues and alarms for example, has a name and no more.
 */
export function deploy(aws: LocalAws, stack: SynthesizedStack): DeployedStack {
  const { stackName } = stack;
  const references = findReferences(stack, aws);
  aws.access?.add(readPolicies(stack, aws));

  const logGroupNames = readResources(stack, 'AWS::Logs::LogGroup').map(([logicalId, properties]) => {
    const logGroupName = references.ref(logicalId);
    createLogGroup(aws.logs.logGroups, logGroupName, resolve(properties, references) as LogGroupProperties);
    return logGroupName;
  });
  const bucketNames = readResources(stack, 'AWS::S3::Bucket').map(([logicalId]) => references.ref(logicalId));
  for (const bucketName of bucketNames) {
    aws.buckets.createBucket(bucketName);
  }
  for (const [logicalId] of readResources(stack, 'AWS::SNS::Topic')) {
    aws.topics.create(references.ref(logicalId));
  }
  const [machine] = readResources(stack, 'AWS::StepFunctions::StateMachine');
  if (!machine) {
    return {
      bucketNames,
      logGroupNames,
      get stateMachine(): never {
        throw new Error(`stack ${stackName} has no state machine`);
      },
    };
  }
  const [logicalId, { DefinitionString, RoleArn }] = machine;
  const definition: Definition = JSON.parse(String(resolve(DefinitionString, references)));
  const resources = createTaskResources(aws, stack, references, String(resolve(RoleArn, references)));
  const stateMachine = new StateMachine(references.ref(logicalId), definition, resources, aws.clock, aws.itemOrder);
  aws.stepFunctions.add(stateMachine);
  return { stateMachine, bucketNames, logGroupNames };
}
