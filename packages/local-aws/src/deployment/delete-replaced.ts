import { readPolicies } from '../iam/stack-policies';
import { findReferences } from '../template/references';
import { resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';
import type { DeploymentTarget } from './deployment-target';

/**
 * Deletes what an update of a stack replaces or no longer defines.
 *
 * Alarms that the stack still defines keep their state. A state machine that it still defines keeps its executions.
 */
export function deleteReplaced(previous: SynthesizedStack, stack: SynthesizedStack, target: DeploymentTarget) {
  const references = findReferences(previous, target);
  const isKept = (logicalId: string) =>
    stack.template.Resources[logicalId]?.Type === previous.template.Resources[logicalId]?.Type;
  for (const [logicalId] of readResources(previous, 'AWS::CloudWatch::Alarm').filter(([id]) => !isKept(id))) {
    target.alarms.delete(references.ref(logicalId));
  }
  for (const [logicalId] of readResources(previous, 'AWS::Events::Rule')) {
    target.eventBus.deleteRule(references.getAtt(logicalId, 'Arn'));
  }
  for (const [, { LogGroupName }] of readResources(previous, 'AWS::Logs::MetricFilter')) {
    target.logMetrics.deleteFilters(String(resolve(LogGroupName, references)));
  }
  for (const [logicalId] of readResources(previous, 'AWS::StepFunctions::StateMachine').filter(([id]) => !isKept(id))) {
    target.stepFunctions.get(references.ref(logicalId))?.stop();
    target.stepFunctions.delete(references.ref(logicalId));
  }
  target.access?.remove(readPolicies(previous, target));
}
