import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { JsonPath, TaskStateBase, type TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { UNTIL_TOPIC_ACCEPTS } from './retry-policies';

export interface PublishMessageProps extends Omit<TaskStateBaseProps, 'parameters' | 'resultPath'> {
  readonly topic: ITopic;
  /** `Subject` and `Message`, each by its name with a value, or by its name and `.$` with a path. */
  readonly message: object;
}

/**
 * State that publishes a message to the topic, and passes its input on.
 *
 * The CDK's `SnsPublish` grants the role the use of any key for the topic, not only the topic's own.
 */
export class PublishMessage extends TaskStateBase {
  protected readonly taskMetrics = undefined;
  protected readonly taskPolicies: PolicyStatement[];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: PublishMessageProps,
  ) {
    super(scope, id, { ...props, resultPath: JsonPath.DISCARD });
    this.taskPolicies = [new PolicyStatement({ actions: ['sns:Publish'], resources: [props.topic.topicArn] })];
    this.addRetry(UNTIL_TOPIC_ACCEPTS);
  }

  /** @internal */
  protected override _renderTask() {
    const { partition } = Stack.of(this);
    const { topic, message } = this.props;
    return {
      Resource: `arn:${partition}:states:::sns:publish`,
      Parameters: { TopicArn: topic.topicArn, ...message },
    };
  }
}
