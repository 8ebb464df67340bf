import { type References, resolve } from './resolve';
import type { SynthesizedStack } from './synthesized-stack';

/** Account and Region that a stack is deployed to. */
export interface Environment {
  readonly accountId: string;
  readonly region: string;
}

/** Property that holds the name of a resource, by type. */
const NAME_PROPERTIES: Record<string, string> = {
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
  'AWS::IAM::Role': 'RoleName',
  'AWS::StepFunctions::StateMachine': 'StateMachineName',
  'AWS::SNS::Topic': 'TopicName',
  'AWS::SQS::Queue': 'QueueName',
  'AWS::CloudWatch::Alarm': 'AlarmName',
  'AWS::Events::Rule': 'Name',
};

const ARN_FORMATS: Record<string, (name: string, { accountId, region }: Environment) => string> = {
  'AWS::Lambda::Function': (name, { accountId, region }) => `arn:aws:lambda:${region}:${accountId}:function:${name}`,
  'AWS::StepFunctions::StateMachine': (name, { accountId, region }) =>
    `arn:aws:states:${region}:${accountId}:stateMachine:${name}`,
  'AWS::S3::Bucket': (name) => `arn:aws:s3:::${name}`,
  'AWS::Logs::LogGroup': (name, { accountId, region }) => `arn:aws:logs:${region}:${accountId}:log-group:${name}:*`,
  'AWS::IAM::Role': (name, { accountId }) => `arn:aws:iam::${accountId}:role/${name}`,
  'AWS::IAM::ManagedPolicy': (name, { accountId }) => `arn:aws:iam::${accountId}:policy/${name}`,
  'AWS::KMS::Key': (name, { accountId, region }) => `arn:aws:kms:${region}:${accountId}:key/${name}`,
  'AWS::SNS::Topic': (name, { accountId, region }) => `arn:aws:sns:${region}:${accountId}:${name}`,
  'AWS::SQS::Queue': (name, { accountId, region }) => `arn:aws:sqs:${region}:${accountId}:${name}`,
  'AWS::Events::Rule': (name, { accountId, region }) => `arn:aws:events:${region}:${accountId}:rule/${name}`,
  'AWS::CloudWatch::Alarm': (name, { accountId, region }) => `arn:aws:cloudwatch:${region}:${accountId}:alarm:${name}`,
};

/** Types whose `Ref` is the ARN. */
const TYPES_REFERENCED_BY_ARN = ['AWS::StepFunctions::StateMachine', 'AWS::IAM::ManagedPolicy', 'AWS::SNS::Topic'];
/** Attributes whose value is the name. */
const NAME_ATTRIBUTES = ['Name', 'QueueName', 'TopicName'];

/** Returns the values of a stack's references after deployment: names and ARNs formatted as on AWS. */
export function findReferences({ stackName, template }: SynthesizedStack, environment: Environment): References {
  const pseudoParameters: Record<string, string> = {
    'AWS::Partition': 'aws',
    'AWS::Region': environment.region,
    'AWS::AccountId': environment.accountId,
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
  };
  const getType = (logicalId: string): string => {
    const resource = template.Resources[logicalId];
    if (!resource) {
      throw new Error(
        `unknown resource "${logicalId}" in stack ${stackName}; a reference must name one of its resources`,
      );
    }
    return resource.Type;
  };
  const getName = (logicalId: string) => {
    const type = getType(logicalId);
    const given = template.Resources[logicalId]?.Properties?.[NAME_PROPERTIES[type] ?? ''];
    const name = given === undefined ? `${stackName}-${logicalId}` : String(resolve(given, references));
    return type === 'AWS::S3::Bucket' ? name.toLowerCase() : name;
  };
  const getArn = (logicalId: string) => {
    const type = getType(logicalId);
    // The ARN of a role contains its path.
    const { Path = '/' } = type === 'AWS::IAM::Role' ? (template.Resources[logicalId]?.Properties ?? {}) : {};
    const name = `${String(resolve(Path, references)).slice(1)}${getName(logicalId)}`;
    return (
      ARN_FORMATS[type]?.(name, environment) ?? `arn:aws:unknown:${environment.region}:${environment.accountId}:${name}`
    );
  };
  const references: References = {
    ref(logicalId) {
      const pseudoParameter = pseudoParameters[logicalId];
      if (pseudoParameter !== undefined) {
        return pseudoParameter;
      }
      if (getType(logicalId) === 'AWS::SQS::Queue') {
        return `https://sqs.${environment.region}.amazonaws.com/${environment.accountId}/${getName(logicalId)}`;
      }
      return TYPES_REFERENCED_BY_ARN.includes(getType(logicalId)) ? getArn(logicalId) : getName(logicalId);
    },
    getAtt(logicalId, attribute) {
      if (attribute === 'Arn') {
        return getArn(logicalId);
      }
      if (NAME_ATTRIBUTES.includes(attribute)) {
        return getName(logicalId);
      }
      throw new Error(
        `unsupported attribute ${attribute} of ${logicalId}; expected one of Arn, ${NAME_ATTRIBUTES.join(', ')}`,
      );
    },
  };
  return references;
}
