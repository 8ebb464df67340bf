import { join } from 'node:path';
import { LambdaFunction } from '../lambda/lambda-function';
import type { LocalAws } from '../local-aws';
import type { Definition } from '../step-functions/definition';
import { StateMachine } from '../step-functions/state-machine';
import { type References, resolve } from './resolve';

interface Resource {
  Type: string;
  Properties?: Record<string, unknown>;
}

/** A synthesized stack, as `cdk synth` leaves it. */
export interface SynthesizedStack {
  stackName: string;
  template: { Resources: Record<string, Resource> };
  /** The folder of the cloud assembly, in which the assets are. */
  assetDirectory: string;
}

export interface DeployedStack {
  readonly stateMachine: StateMachine;
  readonly bucketNames: string[];
  readonly logGroupNames: string[];
}

/** Makes what the stack's template says: log groups, buckets, functions from their assets, and its state machine. */
export function deploy(aws: LocalAws, { stackName, template, assetDirectory }: SynthesizedStack): DeployedStack {
  const references = referencesOf(aws, stackName, template.Resources);
  const ofType = (type: string) =>
    Object.entries(template.Resources).flatMap(([logicalId, { Type, Properties = {} }]) =>
      Type === type ? [[logicalId, Properties] as const] : [],
    );
  const namesOf = (type: string) => ofType(type).map(([logicalId]) => references.ref(logicalId));

  const logGroupNames = namesOf('AWS::Logs::LogGroup');
  for (const logGroupName of logGroupNames) {
    aws.logs.logGroups.create({ logGroupName });
  }
  const bucketNames = namesOf('AWS::S3::Bucket');
  for (const bucketName of bucketNames) {
    aws.files.createBucket(bucketName);
  }
  const dependencies = { requestHandler: aws.requestHandler, now: aws.clock.now };
  const functions = new Map(
    ofType('AWS::Lambda::Function').map(([logicalId, { Code, Timeout = 3 }]) => {
      const { S3Key } = Code as { S3Key: string };
      // The CDK uploads the folder asset.<hash> of the assembly as <hash>.zip.
      const props = {
        functionName: references.ref(logicalId),
        assetDirectory: join(assetDirectory, `asset.${S3Key.replace('.zip', '')}`),
        timeoutSeconds: Number(Timeout),
      };
      const lambdaFunction = new LambdaFunction(props, dependencies, aws.clock, aws.functionFaults);
      return [references.getAtt(logicalId, 'Arn'), lambdaFunction];
    }),
  );
  const [machine] = ofType('AWS::StepFunctions::StateMachine');
  if (!machine) {
    throw new Error(`stack ${stackName} has no state machine`);
  }
  const [logicalId, { DefinitionString }] = machine;
  const definition: Definition = JSON.parse(String(resolve(DefinitionString, references)));
  const stateMachine = new StateMachine(references.ref(logicalId), definition, functions, aws.clock, aws.itemOrder);
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
