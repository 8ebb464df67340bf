import { authorize } from '../iam/authorize';
import { invocationDenied } from '../lambda/failed-invocations';
import { LambdaFunction } from '../lambda/lambda-function';
import type { Permission } from '../protocol/service-call';
import type { PublishInput } from '../sns/topics';
import type { TaskResource } from '../step-functions/state-machine';
import { type References, resolve } from '../template/resolve';
import { readFunctions, type SynthesizedStack } from '../template/synthesized-stack';
import type { DeploymentTarget } from './deployment-target';
import { createItemReaders } from './item-readers';

/** Creates the resources that the tasks and item readers of a state machine call, by ARN. Calls are authorized by the machine's role. */
export function createTaskResources(
  stack: SynthesizedStack,
  references: References,
  roleArn: string,
  target: DeploymentTarget,
): Map<string, TaskResource> {
  const authorizeCalls = (permissions: readonly Permission[]) => {
    if (target.access) {
      authorize(target.access, { roleArn, sessionName: 'execution' }, permissions);
    }
  };
  const authorizeCall = (action: string, resource: string) => authorizeCalls([{ action, resource }]);
  const functions = readFunctions(stack).map((synthesized): [string, TaskResource] => {
    const { logicalId, taskRoot, handler, timeoutSeconds, role, environment, logGroup } = synthesized;
    const functionArn = references.getAtt(logicalId, 'Arn');
    const props = {
      functionName: references.ref(logicalId),
      logGroupName: logGroup === undefined ? undefined : String(resolve(logGroup, references)),
      assetDirectory: taskRoot,
      handler,
      timeoutSeconds,
      environment: resolve(environment, references) as Record<string, string>,
      roleArn: target.access && String(resolve(role, references)),
    };
    const lambdaFunction = new LambdaFunction(props, target);
    const invoke = async (payload: unknown) => {
      try {
        authorizeCall('lambda:InvokeFunction', functionArn);
      } catch (error) {
        throw invocationDenied(error as Error);
      }
      return lambdaFunction.invoke(payload);
    };
    return [functionArn, { invoke }];
  });
  const publish = async (input: unknown) => {
    const { TopicArn } = input as PublishInput;
    try {
      authorizeCall('sns:Publish', TopicArn);
    } catch (error) {
      throw Object.assign(error as Error, { name: 'SNS.AuthorizationErrorException' });
    }
    return target.functionFaults.around('sns:publish', input, async () => target.topics.publish(input as PublishInput));
  };
  return new Map([
    ...functions,
    ...createItemReaders(target, authorizeCalls),
    ['arn:aws:states:::sns:publish', { invoke: publish }],
  ]);
}
