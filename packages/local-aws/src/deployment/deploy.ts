import { readPolicies } from '../iam/stack-policies';
import type { Definition } from '../step-functions/interpreter/definition';
import { StateMachine } from '../step-functions/state-machine';
import { findReferences } from '../template/references';
import { resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';
import { createAlarms } from './alarms';
import { deleteReplaced } from './delete-replaced';
import type { DeploymentTarget } from './deployment-target';
import { createEventRules } from './event-rules';
import { createLogGroup, type LogGroupProperties, updateLogGroup } from './log-group';
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
 * Creates or updates the resources of a stack: log groups, buckets, topics, signing keys, functions from their assets, the state machine,
 * metric filters, alarms and event rules.
 *
 * All other resources, such as queues and schedules, only have a name. An update deletes what the stack no longer defines,
 * but neither log groups nor buckets, as if each had a DeletionPolicy of Retain.
 */
export function deploy(stack: SynthesizedStack, target: DeploymentTarget): DeployedStack {
  const { stackName } = stack;
  const references = findReferences(stack, target);
  const previous = target.stacks.get(stackName);
  if (previous) {
    deleteReplaced(previous, stack, target);
  }
  target.stacks.set(stackName, stack);
  target.access?.add(readPolicies(stack, target));

  const logGroupNames = readResources(stack, 'AWS::Logs::LogGroup').map(([logicalId, properties]) => {
    const logGroupName = references.ref(logicalId);
    const isUpdate = previous !== undefined && logicalId in previous.template.Resources;
    const putLogGroup = isUpdate ? updateLogGroup : createLogGroup;
    putLogGroup(target.logs.logGroups, logGroupName, resolve(properties, references) as LogGroupProperties);
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
  const onStart = observeExecutions(resolve(LoggingConfiguration, references) as LoggingConfiguration, target);
  const stateMachineArn = references.ref(logicalId);
  const existing = target.stepFunctions.get(stateMachineArn);
  existing?.update(definition, resources, onStart);
  const stateMachine =
    existing ?? new StateMachine(stateMachineArn, definition, resources, target.clock, target.mapSettings, onStart);
  target.stepFunctions.add(stateMachine);
  return { stateMachine, bucketNames, logGroupNames };
}
