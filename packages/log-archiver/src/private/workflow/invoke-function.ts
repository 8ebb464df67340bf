import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type RetryProps, TaskStateBase, type TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

export interface InvokeFunctionProps extends Omit<TaskStateBaseProps, 'parameters'> {
  readonly function: IFunction;
  /** What the function gets. @default - the effective input */
  readonly payload?: object;
  /** Tried in this order. */
  readonly retries: RetryProps[];
}

/**
 * A state that is the answer of a Lambda function. The CDK's `LambdaInvoke` may also invoke every version of the
 * function, retries what it is not told to, and does not take a payload as the contract types it.
 */
export class InvokeFunction extends TaskStateBase {
  protected readonly taskMetrics = undefined;
  protected readonly taskPolicies: PolicyStatement[];

  constructor(
    scope: Construct,
    id: string,
    private readonly invocation: InvokeFunctionProps,
  ) {
    super(scope, id, invocation);
    const { functionArn } = invocation.function;
    this.taskPolicies = [new PolicyStatement({ actions: ['lambda:InvokeFunction'], resources: [functionArn] })];
    for (const retry of invocation.retries) {
      this.addRetry(retry);
    }
  }

  /** @internal */
  protected override _renderTask() {
    return { Resource: this.invocation.function.functionArn, Parameters: this.invocation.payload };
  }
}
