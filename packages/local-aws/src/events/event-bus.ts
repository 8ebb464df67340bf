import type { ServicePublisher } from '../sns/service-publisher';
import type { AwsEvent } from './aws-event';
import { type EventPattern, matchesPattern } from './event-pattern';
import { createTargetInput, type TargetInput } from './target-input';

/** A rule whose targets are topics. */
export interface EventRule {
  readonly ruleArn: string;
  readonly pattern: EventPattern;
  readonly targets: readonly (TargetInput & {
    readonly topicArn: string;
    /** @default - EventBridge publishes itself */
    readonly roleArn?: string;
  })[];
}

/** Default event bus of Amazon EventBridge. */
export class EventBus {
  private rules: EventRule[] = [];

  constructor(private readonly publisher: ServicePublisher) {}

  public addRule(rule: EventRule) {
    this.rules.push(rule);
  }

  public deleteRule(arn: string) {
    this.rules = this.rules.filter(({ ruleArn }) => ruleArn !== arn);
  }

  /** Whether there is a rule that an event could match. */
  public get isWatched(): boolean {
    return this.rules.length > 0;
  }

  public put(event: AwsEvent) {
    for (const { ruleArn, pattern, targets } of this.rules) {
      if (!matchesPattern(pattern, event)) {
        continue;
      }
      for (const { topicArn, roleArn, ...input } of targets) {
        this.publisher.publish({
          service: 'events.amazonaws.com',
          sourceArn: ruleArn,
          roleArn,
          topicArn,
          message: createTargetInput(event, input),
          publishedAt: Date.parse(event.time),
        });
      }
    }
  }
}
