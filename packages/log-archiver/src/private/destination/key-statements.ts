import type { Stack } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { viaServices } from '../via-service';
import { type Conditions, createLogsPrincipal } from './bucket-statements';

/** Actions that S3 needs to write or read an object, spelled as in AWS's guide to exports. */
const KEY_ACTIONS = ['kms:GenerateDataKey*', 'kms:Decrypt'];

export interface KeyCallers {
  readonly principals: IPrincipal[];
  readonly conditions: Conditions;
  /** Account of the callers, or `*` if there may be several. */
  readonly account: string;
  /** Path of the callers' roles. */
  readonly rolePath: string;
}

/**
 * Returns the key policy's statements for CloudWatch Logs and the callers, limited to use through the bucket.
 *
 * The statements have no ids: several buckets can share a key, and ids must be unique in a policy.
 */
export function createKeyStatements(stack: Stack, bucketArn: string, callers?: KeyCallers): PolicyStatement[] {
  const logs = new PolicyStatement({
    principals: [createLogsPrincipal(stack)],
    actions: KEY_ACTIONS,
    resources: ['*'],
    conditions: requireBucket(bucketArn),
  });
  return callers === undefined ? [logs] : [logs, createCallerKeyStatement(stack, bucketArn, callers)];
}

/** Returns the key policy's statement for the callers, limited to use through the bucket. */
export function createCallerKeyStatement(
  stack: Stack,
  bucketArn: string,
  { principals, conditions, account, rolePath }: KeyCallers,
): PolicyStatement {
  const viaS3 = requireViaS3(stack, bucketArn);
  return new PolicyStatement({
    principals,
    actions: KEY_ACTIONS,
    resources: ['*'],
    conditions: {
      ...viaS3,
      StringEquals: { ...conditions.StringEquals, ...viaS3.StringEquals },
      ArnLike: { 'aws:PrincipalArn': `arn:${stack.partition}:iam::${account}:role${rolePath}*` },
    },
  });
}

/** Returns the statement for the role of a function that uses the key through the bucket. */
export function createKeyUseStatement(
  { urlSuffix }: Stack,
  keyArn: string,
  { bucketArn, env: { region } }: IBucket,
  actions: ('kms:GenerateDataKey' | 'kms:Decrypt')[],
): PolicyStatement {
  return new PolicyStatement({
    actions,
    resources: [keyArn],
    conditions: requireViaS3({ region, urlSuffix }, bucketArn),
  });
}

/** Returns the conditions that limit the use of a key to S3 and the bucket. */
export function requireViaS3(place: Pick<Stack, 'region' | 'urlSuffix'>, bucketArn: string) {
  return { StringEquals: { 'kms:ViaService': viaServices(place, 's3') }, ...requireBucket(bucketArn) };
}

/** The encryption context is the bucket's ARN with a bucket key, and the object's ARN without one. */
function requireBucket(bucketArn: string) {
  return { StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/*`] } };
}
