import { Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { JsonPath, TaskStateBase, type TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';
import { UNTIL_TOPIC_ANSWERS } from './retry-policies';

export interface PublishMessageProps extends Omit<TaskStateBaseProps, 'parameters' | 'resultPath'> {
  readonly topic: ITopic;
  /** `Subject` and `Message`, each by its name with a value, or by its name and `.$` with a path. */
  readonly message: object;
}

/**
 * A state that tells the operator, and passes its input on. The CDK's `SnsPublish` takes a topic's own key for granted, and
 * gives the role more than that topic.
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
    this.addRetry(UNTIL_TOPIC_ANSWERS);
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
