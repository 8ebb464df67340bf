import { AwsCallError } from './aws-call-error';

/** IAM actions of the SDK's commands. */
const ACTIONS: Record<string, string> = {
  GetObjectCommand: 's3:GetObject',
  ListObjectsV2Command: 's3:ListBucket',
  RestoreObjectCommand: 's3:RestoreObject',
};
/** Names of S3, then those of Step Functions. */
const REJECTED_CREDENTIALS = [
  ...['InvalidAccessKeyId', 'SignatureDoesNotMatch', 'ExpiredToken', 'InvalidToken'],
  ...['UnrecognizedClientException', 'InvalidSignatureException', 'ExpiredTokenException'],
];
const DENIALS = ['AccessDenied', 'AccessDeniedException'];
const NO_CONNECTION = ['ECONNREFUSED', 'ECONNRESET', 'ENOTFOUND', 'EAI_AGAIN', 'ETIMEDOUT', 'EHOSTUNREACH'];

/** Describes a failed call of AWS in one line, with the remedy; `undefined`: the error has another origin. */
export function describeAwsError(error: unknown): string | undefined {
  if (!(error instanceof AwsCallError)) {
    return undefined;
  }
  const { cause, name, message, input } = error;
  const line = message.replaceAll(/\s+/g, ' ').trim();
  if (message.includes('Region is missing')) {
    return '--region is required: neither the environment nor the profile names a Region';
  }
  if (name === 'CredentialsProviderError') {
    return `no AWS credentials: ${line}; set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or pass --profile`;
  }
  if (REJECTED_CREDENTIALS.includes(name)) {
    return `AWS rejected the credentials with ${name}: ${line}`;
  }
  if (name === 'NoSuchBucket') {
    return `--bucket must be an existing bucket, got ${JSON.stringify(input.Bucket)}`;
  }
  if (name === 'StateMachineDoesNotExist') {
    return `--state-machine must be an existing state machine, got ${JSON.stringify(input.stateMachineArn)}`;
  }
  if (name === 'InvalidObjectState') {
    return `cannot read s3://${input.Bucket}/${input.Key}, which is in an archive tier: ${line}; restore the object first`;
  }
  if (DENIALS.includes(name) || error.$metadata.httpStatusCode === 403) {
    return describeDenial(error, line);
  }
  if (NO_CONNECTION.includes(cause.code ?? '') || name === 'TimeoutError') {
    return `cannot connect to ${error.endpointUrl ?? 'AWS'}: ${line || cause.code}`;
  }
  const object = input.Key === undefined ? '' : ` of s3://${input.Bucket}/${input.Key}`;
  return `${error.commandName?.replace('Command', '')}${object} failed with ${name}: ${line}`;
}

/** Names the denied action and its resource. AWS names them only if the bucket belongs to the caller's account. */
function describeDenial({ commandName = '', input }: AwsCallError, message: string): string {
  const [, deniedAction, deniedResource] = /perform: (\S+) on resource: "?([^"\s]+)"?/.exec(message) ?? [];
  if (deniedAction !== undefined) {
    return `access denied: the credentials do not allow ${deniedAction} on ${deniedResource}`;
  }
  const stateResource = input.stateMachineArn ?? input.mapRunArn ?? input.executionArn;
  if (stateResource !== undefined) {
    return `access denied: the credentials do not allow states:${commandName.replace('Command', '')} on ${stateResource}`;
  }
  const resource =
    input.Bucket === undefined
      ? ''
      : ` on arn:aws:s3:::${input.Bucket}${input.Key === undefined ? '' : `/${input.Key}`}`;
  const action = ACTIONS[commandName];
  return action === undefined
    ? `access denied: the credentials do not allow ${commandName.replace('Command', '')}${resource}: ${message}`
    : `access denied: the credentials do not allow ${action}${resource} (or kms:Decrypt on the key of the bucket)`;
}
