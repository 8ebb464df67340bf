import type { EventBus } from '../events/event-bus';
import { type EventPattern, validatePattern } from '../events/event-pattern';
import type { TargetInput } from '../events/target-input';
import { type References, resolve } from '../template/resolve';
import { readResources, type SynthesizedStack } from '../template/synthesized-stack';

interface RuleProperties {
  EventPattern?: EventPattern;
  State?: string;
  Targets?: (TargetInput & { Arn: string; RoleArn?: string; InputPath?: string })[];
}

/** Creates the rules of a stack, with those of their targets that are topics. */
export function createEventRules(stack: SynthesizedStack, references: References, eventBus: EventBus) {
  for (const [logicalId, properties] of readResources(stack, 'AWS::Events::Rule')) {
    const {
      EventPattern: pattern,
      State = 'ENABLED',
      Targets = [],
    } = resolve(properties, references) as RuleProperties;
    const topics = Targets.filter(({ Arn }) => Arn.startsWith('arn:aws:sns:'));
    if (pattern === undefined || State === 'DISABLED' || topics.length === 0) {
      continue;
    }
    validatePattern(pattern, logicalId);
    if (topics.some(({ InputPath }) => InputPath !== undefined)) {
      throw new Error(`Targets of ${logicalId} must not have InputPath: it is not supported`);
    }
    eventBus.addRule({
      ruleArn: references.getAtt(logicalId, 'Arn'),
      pattern,
      targets: topics.map(({ Arn: topicArn, RoleArn: roleArn, Input, InputTransformer }) => ({
        topicArn,
        roleArn,
        Input,
        InputTransformer,
      })),
    });
  }
}
