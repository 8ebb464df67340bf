import { randomUUID } from 'node:crypto';
import { AwsError } from '../protocol/aws-error';

/** Input of a state with the resource `sns:publish`. */
export interface PublishInput {
  readonly TopicArn: string;
  readonly Subject?: string;
  readonly Message: unknown;
}

export interface PublishedMessage {
  readonly topicArn: string;
  readonly subject?: string;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly publishedAt: number;
}

/** https://docs.aws.amazon.com/sns/latest/api/API_Publish.html */
const MAX_MESSAGE_BYTES = 262_144;
const SUBJECT = /^[\x21-\x7e][\x20-\x7e]{0,98}$/;

/** Amazon SNS topics, as far as state machines, alarms and rules publish to them. */
export class Topics {
  /** Published messages, oldest first. */
  public readonly messages: PublishedMessage[] = [];
  private readonly arns = new Set<string>();

  constructor(private readonly now: () => number) {}

  public create(topicArn: string) {
    this.arns.add(topicArn);
  }

  /** Publishes a message. Throws an `AwsError` with the name that Step Functions uses if SNS rejects it. */
  public publish(
    { TopicArn: topicArn, Subject: subject, Message }: PublishInput,
    publishedAt = this.now(),
  ): { MessageId: string } {
    // An object is published as its JSON.
    const message = typeof Message === 'string' ? Message : JSON.stringify(Message ?? '');
    if (!this.arns.has(topicArn)) {
      throw new AwsError('SNS.NotFoundException', 'Topic does not exist', 404);
    }
    if (subject !== undefined && !SUBJECT.test(subject)) {
      throw new AwsError('SNS.InvalidParameterException', 'Invalid parameter: Subject');
    }
    if (message === '') {
      throw new AwsError('SNS.InvalidParameterException', 'Invalid parameter: Empty message');
    }
    if (Buffer.byteLength(message) > MAX_MESSAGE_BYTES) {
      throw new AwsError('SNS.InvalidParameterException', 'Invalid parameter: Message too long');
    }
    this.messages.push({ topicArn, subject, message, publishedAt });
    return { MessageId: randomUUID() };
  }
}
