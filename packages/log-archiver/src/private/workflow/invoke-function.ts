import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { type RetryProps, TaskStateBase, type TaskStateBaseProps } from 'aws-cdk-lib/aws-stepfunctions';
import type { Construct } from 'constructs';

export interface InvokeFunctionProps extends Omit<TaskStateBaseProps, 'parameters'> {
  readonly function: IFunction;
  /** Payload of the function. @default - the effective input */
  readonly payload?: object;
  /** Retriers in the order in which they are matched. */
  readonly retries: RetryProps[];
}

/**
 * State whose result is the response of a Lambda function.
 *
 * The CDK's `LambdaInvoke` also grants invoking every version of the function, and adds retries of its own. It does not
 * accept a payload that is typed by the contract.
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
