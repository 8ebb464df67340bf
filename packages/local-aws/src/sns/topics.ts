import { randomUUID } from 'node:crypto';
import { AwsError } from '../protocol/aws-error';

/** What a state of the resource `sns:publish` gives. */
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

/** Amazon SNS: as much of it as a state machine needs to tell somebody. */
export class Topics {
  /** All that was published, in order. */
  public readonly messages: PublishedMessage[] = [];
  private readonly arns = new Set<string>();

  constructor(private readonly now: () => number) {}

  public create(topicArn: string) {
    this.arns.add(topicArn);
  }

  /** Throws an `AwsError`, named as Step Functions names it, where a topic refuses. */
  public publish({ TopicArn: topicArn, Subject: subject, Message }: PublishInput): { MessageId: string } {
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
    this.messages.push({ topicArn, subject, message, publishedAt: this.now() });
    return { MessageId: randomUUID() };
  }
}
