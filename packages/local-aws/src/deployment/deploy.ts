import { readPolicies } from '../iam/stack-policies';
import type { Definition } from '../step-functions/interpreter/definition';
import { StateMachine } from '../step-functions/state-machine';
import { findReferences } from '../template/references';
import { resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';
import { createAlarms } from './alarms';
import type { DeploymentTarget } from './deployment-target';
import { createEventRules } from './event-rules';
import { createLogGroup, type LogGroupProperties } from './log-group';
import { createMetricFilters } from './metric-filters';
import { type LoggingConfiguration, observeExecutions } from './observe-executions';
import { createSigningKeys } from './signing-keys';
import { createTaskResources } from './task-resources';

export interface DeployedStack {
  readonly stateMachine: StateMachine;
  readonly bucketNames: string[];
  readonly logGroupNames: string[];
}

/**
 * Creates the resources of a stack: log groups, buckets, topics, signing keys, functions from their assets, the state machine,
 * metric filters, alarms and event rules.
 *
 * All other resources, such as queues and schedules, only have a name.
 */
export function deploy(stack: SynthesizedStack, target: DeploymentTarget): DeployedStack {
  const { stackName } = stack;
  const references = findReferences(stack, target);
  target.access?.add(readPolicies(stack, target));

  const logGroupNames = readResources(stack, 'AWS::Logs::LogGroup').map(([logicalId, properties]) => {
    const logGroupName = references.ref(logicalId);
    createLogGroup(target.logs.logGroups, logGroupName, resolve(properties, references) as LogGroupProperties);
    return logGroupName;
  });
  const bucketNames = readResources(stack, 'AWS::S3::Bucket').map(([logicalId]) => references.ref(logicalId));
  for (const bucketName of bucketNames) {
    target.buckets.createBucket(bucketName);
  }
  for (const [logicalId] of readResources(stack, 'AWS::SNS::Topic')) {
    target.topics.create(references.ref(logicalId));
  }
  createSigningKeys(stack, references, target.keys);
  createAlarms(stack, references, target.alarms);
  createEventRules(stack, references, target.eventBus);
  createMetricFilters(stack, references, target.logMetrics);
  const [machine] = readResources(stack, 'AWS::StepFunctions::StateMachine');
  if (!machine) {
    return {
      bucketNames,
      logGroupNames,
      get stateMachine(): never {
        throw new Error(`stateMachine is required: stack ${stackName} defines none`);
      },
    };
  }
  const [logicalId, { DefinitionString, RoleArn, LoggingConfiguration = {} }] = machine;
  const definition: Definition = JSON.parse(String(resolve(DefinitionString, references)));
  const resources = createTaskResources(stack, references, String(resolve(RoleArn, references)), target);
  const stateMachine = new StateMachine(
    references.ref(logicalId),
    definition,
    resources,
    target.clock,
    target.mapSettings,
    observeExecutions(resolve(LoggingConfiguration, references) as LoggingConfiguration, target),
  );
  target.stepFunctions.add(stateMachine);
  return { stateMachine, bucketNames, logGroupNames };
}
