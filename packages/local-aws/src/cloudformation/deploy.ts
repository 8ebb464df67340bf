import { LambdaFunction } from '../lambda/lambda-function';
import type { LocalAws } from '../local-aws';
import type { Definition } from '../step-functions/definition';
import { StateMachine } from '../step-functions/state-machine';
import { createLogGroup, type LogGroupProperties } from './log-group';
import { type References, resolve } from './resolve';
import { functionsOf, type Resource, resourcesOf, type SynthesizedStack } from './synthesized-stack';

export interface DeployedStack {
  readonly stateMachine: StateMachine;
  readonly bucketNames: string[];
  readonly logGroupNames: string[];
}

/** Makes what the stack's template says: log groups, buckets, functions from their assets, and its state machine. */
export function deploy(aws: LocalAws, stack: SynthesizedStack): DeployedStack {
  const { stackName, template } = stack;
  const references = referencesOf(aws, stackName, template.Resources);

  const logGroupNames = resourcesOf(stack, 'AWS::Logs::LogGroup').map(([logicalId, properties]) => {
    const logGroupName = references.ref(logicalId);
    createLogGroup(aws.logs.logGroups, logGroupName, resolve(properties, references) as LogGroupProperties);
    return logGroupName;
  });
  const bucketNames = resourcesOf(stack, 'AWS::S3::Bucket').map(([logicalId]) => references.ref(logicalId));
  for (const bucketName of bucketNames) {
    aws.files.createBucket(bucketName);
  }
  const functions = new Map(
    functionsOf(stack).map(({ logicalId, taskRoot, timeoutSeconds }) => {
      const props = { functionName: references.ref(logicalId), assetDirectory: taskRoot, timeoutSeconds };
      const lambdaFunction = new LambdaFunction(props, aws);
      return [references.getAtt(logicalId, 'Arn'), lambdaFunction];
    }),
  );
  const [machine] = resourcesOf(stack, 'AWS::StepFunctions::StateMachine');
  if (!machine) {
    throw new Error(`stack ${stackName} has no state machine`);
  }
  const [logicalId, { DefinitionString }] = machine;
  const definition: Definition = JSON.parse(String(resolve(DefinitionString, references)));
  const stateMachine = new StateMachine(references.ref(logicalId), definition, functions, aws.clock, aws.itemOrder);
  aws.stepFunctions.add(stateMachine);
  return { stateMachine, bucketNames, logGroupNames };
}

const NAME_PROPERTIES: Record<string, string> = {
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
};

function referencesOf(aws: LocalAws, stackName: string, resources: Record<string, Resource>): References {
  const pseudoParameters: Record<string, string> = {
    'AWS::Partition': 'aws',
    'AWS::Region': aws.region,
    'AWS::AccountId': aws.accountId,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
  };
  const arnOf = (logicalId: string, type: string) => {
    const name = `${stackName}-${logicalId}`;
    const scope = `${aws.region}:${aws.accountId}`;
    switch (type) {
      case 'AWS::Lambda::Function':
        return `arn:aws:lambda:${scope}:function:${name}`;
      case 'AWS::StepFunctions::StateMachine':
        return `arn:aws:states:${scope}:stateMachine:${name}`;
      case 'AWS::S3::Bucket':
        return `arn:aws:s3:::${references.ref(logicalId)}`;
      default:
        return `arn:aws:unknown:${scope}:${name}`;
    }
  };
  const references: References = {
    ref(logicalId) {
      const pseudoParameter = pseudoParameters[logicalId];
      if (pseudoParameter !== undefined) {
        return pseudoParameter;
      }
      const resource = resources[logicalId];
      if (!resource) {
        throw new Error(`stack ${stackName} refers to ${logicalId}, which it does not have`);
      }
      if (resource.Type === 'AWS::StepFunctions::StateMachine') {
        return arnOf(logicalId, resource.Type);
      }
      const given = resource.Properties?.[NAME_PROPERTIES[resource.Type] ?? ''];
      const name = given === undefined ? `${stackName}-${logicalId}` : String(resolve(given, references));
      return resource.Type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
    },
    getAtt(logicalId, attribute) {
      const resource = resources[logicalId];
      if (!resource || attribute !== 'Arn') {
        throw new Error(`local-aws does not know ${attribute} of ${logicalId}`);
      }
      return arnOf(logicalId, resource.Type);
    },
  };
  return references;
}
