import type { Resource } from './archiver-stack';

/** Longest value of each pseudo parameter. */
const PSEUDO_PARAMETERS: Record<string, string> = {
  'AWS::Partition': 'aws-us-gov',
  'AWS::Region': 'ap-southeast-1',
  'AWS::AccountId': '123456789012',
  'AWS::URLSuffix': 'amazonaws.com.cn',
};
const LOG_GROUP = 'g'.repeat(512);
/** Length that the construct assumes for a name that is not known yet. */
const OWN_LOG_GROUP = 'g'.repeat(100);
const STATE_MACHINE = 's'.repeat(80);

const arn = (service: string, resource: string) => `arn:aws-us-gov:${service}:ap-southeast-1:123456789012:${resource}`;

const REFS: Record<string, string> = {
  'AWS::S3::Bucket': 'b'.repeat(63),
  'AWS::Logs::LogGroup': OWN_LOG_GROUP,
  'AWS::StepFunctions::StateMachine': arn('states', `stateMachine:${STATE_MACHINE}`),
  'AWS::SNS::Topic': arn('sns', 't'.repeat(256)),
};
const ARNS: Record<string, string> = {
  'AWS::S3::Bucket': `arn:aws-us-gov:s3:::${'b'.repeat(63)}`,
  'AWS::Logs::LogGroup': arn('logs', `log-group:${LOG_GROUP}:*`),
  'AWS::Lambda::Function': arn('lambda', `function:${'f'.repeat(64)}`),
  'AWS::SQS::Queue': arn('sqs', 'q'.repeat(80)),
  'AWS::KMS::Key': arn('kms', 'key/01234567-89ab-cdef-0123-456789abcdef'),
};
const NAMES: Record<string, string> = { 'AWS::StepFunctions::StateMachine': STATE_MACHINE };

/** Resolves a part of a template like CloudFormation, with the longest possible values. */
export function withLongestValues(value: unknown, resources: Record<string, Resource>): unknown {
  const resolve = (part: unknown) => withLongestValues(part, resources);
  const requireValue = (found: string | undefined) => {
    if (found === undefined) {
      throw new Error(`no longest value is known for ${JSON.stringify(value)}`);
    }
    return found;
  };
  if (Array.isArray(value)) {
    return value.map(resolve);
  }
  if (typeof value !== 'object' || value === null) {
    return value;
  }
  const [[name, operand]] = Object.entries(value).length === 1 ? Object.entries(value) : [['', undefined]];
  switch (name) {
    case 'Ref':
      return requireValue(PSEUDO_PARAMETERS[operand] ?? REFS[resources[operand]?.Type]);
    case 'Fn::GetAtt':
      return requireValue((operand[1] === 'Arn' ? ARNS : NAMES)[resources[operand[0]].Type]);
    case 'Fn::Join':
      return (resolve(operand[1]) as string[]).join(operand[0]);
    case 'Fn::Split':
      return (resolve(operand[1]) as string).split(operand[0]);
    case 'Fn::Select':
      return (resolve(operand[1]) as string[])[operand[0]];
    default:
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));
  }
}
