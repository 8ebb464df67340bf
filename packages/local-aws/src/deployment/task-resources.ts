import { authorize } from '../iam/authorize';
import { invocationDenied } from '../lambda/failed-invocations';
import { LambdaFunction } from '../lambda/lambda-function';
import type { LocalAws } from '../local-aws';
import type { PublishInput } from '../sns/topics';
import { type References, resolve } from '../template/resolve';
import { readFunctions, type SynthesizedStack } from '../template/synthesized-stack';

type TaskResource = Pick<LambdaFunction, 'invoke'>;

/** What the tasks of a state machine call, by the resource that they name, as far as its role may. */
export function createTaskResources(aws: LocalAws, stack: SynthesizedStack, references: References, roleArn: string) {
  const refuse = (action: string, resource: string) => {
    if (aws.access) {
      authorize(aws.access, { roleArn, sessionName: 'execution' }, [{ action, resource }]);
    }
  };
  const functions = readFunctions(stack).map(
    ({ logicalId, taskRoot, timeoutSeconds, role }): [string, TaskResource] => {
      const functionArn = references.getAtt(logicalId, 'Arn');
      const props = {
        functionName: references.ref(logicalId),
        assetDirectory: taskRoot,
        timeoutSeconds,
        roleArn: aws.access && String(resolve(role, references)),
      };
      const lambdaFunction = new LambdaFunction(props, aws);
      const invoke = async (payload: unknown) => {
        try {
          refuse('lambda:InvokeFunction', functionArn);
        } catch (error) {
          throw invocationDenied(error as Error);
        }
        return lambdaFunction.invoke(payload);
      };
      return [functionArn, { invoke }];
    },
  );
  const publish = async (input: unknown) => {
    const { TopicArn } = input as PublishInput;
    try {
      refuse('sns:Publish', TopicArn);
    } catch (error) {
      throw Object.assign(error as Error, { name: 'SNS.AuthorizationErrorException' });
    }
    return aws.functionFaults.around('sns:publish', input, async () => aws.topics.publish(input as PublishInput));
  };
  return new Map<string, TaskResource>([...functions, ['arn:aws:states:::sns:publish', { invoke: publish }]]);
}
