import type { Access } from '../iam/access';
import { parseAccountId } from '../iam/access-request';
import type { Topics } from './topics';

/** Message of an AWS service, which publishes for one of its resources. */
export interface ServiceMessage {
  /** Service principal, such as `events.amazonaws.com`. */
  readonly service: string;
  /** ARN of the rule or alarm. */
  readonly sourceArn: string;
  /** Role that the service assumes to publish. @default - the service itself publishes */
  readonly roleArn?: string;
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
}

/** A message that was not published. AWS only shows this in metrics and in the history of the alarm. */
export interface RefusedMessage extends ServiceMessage {
  readonly reason: string;
}

/** Services that the default policy of a topic admits, for resources of the topic's account. */
const SERVICES_OF_DEFAULT_POLICY = ['cloudwatch.amazonaws.com'];

/** Publishes messages of AWS services to topics. */
export class ServicePublisher {
  /** Messages that were refused, oldest first. */
  public readonly refused: RefusedMessage[] = [];

  /** @param access policies of all accounts. @default - policies are not enforced */
  constructor(
    private readonly topics: Topics,
    private readonly access?: Access,
  ) {}

  public publish(message: ServiceMessage) {
    const { topicArn: TopicArn, subject: Subject, message: Message, publishedAt } = message;
    try {
      if (this.access) {
        this.authorize(this.access, message);
      }
      this.topics.publish({ TopicArn, Subject, Message }, publishedAt);
    } catch (error) {
      this.refused.push({ ...message, reason: (error as Error).message });
    }
  }

  private authorize(access: Access, { service, sourceArn, roleArn, topicArn }: ServiceMessage) {
    const account = parseAccountId(sourceArn);
    const require = (principal: string, action: string, resource: string) => {
      const isService = principal === service;
      const context = isService ? { 'aws:SourceArn': sourceArn, 'aws:SourceAccount': account } : undefined;
      const decision = access.decide({ principal, action, resource, context });
      if (decision !== 'ALLOWED') {
        throw new Error(`${principal} is not authorized to perform: ${action} on resource: ${resource} ${decision}`);
      }
    };
    if (roleArn !== undefined) {
      require(service, 'sts:AssumeRole', roleArn);
      require(roleArn, 'sns:Publish', topicArn);
    } else if (
      access.governs(topicArn) ||
      !SERVICES_OF_DEFAULT_POLICY.includes(service) ||
      parseAccountId(topicArn) !== account
    ) {
      require(service, 'sns:Publish', topicArn);
    }
  }
}
