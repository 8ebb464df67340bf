import type { LocalAws } from '../local-aws';
import { type References, resolve } from './resolve';
import type { Resource } from './synthesized-stack';

/** The property that has the name of a resource, if the template gives it one. */
const NAME_PROPERTIES: Record<string, string> = {
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** Which attribute, besides, is that name. */
const NAME_ATTRIBUTES: Record<string, string> = {
  'AWS::StepFunctions::StateMachine': 'Name',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
};

/** What a template's `Ref` and `Fn::GetAtt` come to in an account. */
export function referencesOf(aws: LocalAws, stackName: string, resources: Record<string, Resource>): References {
  const scope = `${aws.region}:${aws.accountId}`;
  const pseudoParameters: Record<string, string> = {
    'AWS::Partition': 'aws',
    'AWS::Region': aws.region,
    'AWS::AccountId': aws.accountId,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
  };
  const nameOf = (logicalId: string, { Type, Properties }: Resource) => {
    const given = Properties?.[NAME_PROPERTIES[Type] ?? ''];
    const name = given === undefined ? `${stackName}-${logicalId}` : String(resolve(given, references));
    return Type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
  };
  const arnOf = (logicalId: string, resource: Resource) => {
    const name = nameOf(logicalId, resource);
    switch (resource.Type) {
      case 'AWS::Lambda::Function':
        return `arn:aws:lambda:${scope}:function:${name}`;
      case 'AWS::StepFunctions::StateMachine':
        return `arn:aws:states:${scope}:stateMachine:${name}`;
      case 'AWS::S3::Bucket':
        return `arn:aws:s3:::${name}`;
      case 'AWS::SNS::Topic':
        return `arn:aws:sns:${scope}:${name}`;
      case 'AWS::SQS::Queue':
        return `arn:aws:sqs:${scope}:${name}`;
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
      switch (resource.Type) {
        case 'AWS::StepFunctions::StateMachine':
        case 'AWS::SNS::Topic':
          return arnOf(logicalId, resource);
        case 'AWS::SQS::Queue':
          return `https://sqs.${aws.region}.amazonaws.com/${aws.accountId}/${nameOf(logicalId, resource)}`;
        default:
          return nameOf(logicalId, resource);
      }
    },
    getAtt(logicalId, attribute) {
      const resource = resources[logicalId];
      if (resource && attribute === 'Arn') {
        return arnOf(logicalId, resource);
      }
      if (resource && attribute === NAME_ATTRIBUTES[resource.Type]) {
        return nameOf(logicalId, resource);
      }
      throw new Error(`local-aws does not know ${attribute} of ${logicalId}`);
    },
  };
  return references;
}
