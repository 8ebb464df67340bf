import type { Stack } from 'aws-cdk-lib';
import { type IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { logsService } from './bucket-statements';

/** What S3 asks of a key when an object is written or read, as AWS's guide to exports words it. */
const KEY_ACTIONS = ['kms:GenerateDataKey*', 'kms:Decrypt'];

export interface KeyCallers {
  readonly principals: IPrincipal[];
  readonly conditions: Record<string, Record<string, unknown>>;
}

/**
 * For the policy of the key of a bucket: who writes and reads there, through the bucket alone. Without ids, which must be
 * different in a policy: a key can be that of several buckets.
 */
export function keyStatements(stack: Stack, bucketArn: string, callers?: KeyCallers): PolicyStatement[] {
  const logs = new PolicyStatement({
    principals: [logsService(stack)],
    actions: KEY_ACTIONS,
    resources: ['*'],
    conditions: forTheBucket(bucketArn),
  });
  if (callers === undefined) {
    return [logs];
  }
  const { principals, conditions } = callers;
  return [
    logs,
    new PolicyStatement({
      principals,
      actions: KEY_ACTIONS,
      resources: ['*'],
      conditions: {
        ...throughS3(stack, bucketArn),
        StringEquals: { ...conditions.StringEquals, ...throughS3(stack, bucketArn).StringEquals },
      },
    }),
  ];
}

/** For the role of a function that writes and reads there. */
export function keyUse(stack: Stack, keyArn: string, bucketArn: string): PolicyStatement {
  return new PolicyStatement({
    actions: ['kms:GenerateDataKey', 'kms:Decrypt'],
    resources: [keyArn],
    conditions: throughS3(stack, bucketArn),
  });
}

function throughS3({ region, urlSuffix }: Stack, bucketArn: string) {
  return { StringEquals: { 'kms:ViaService': `s3.${region}.${urlSuffix}` }, ...forTheBucket(bucketArn) };
}

/** The context is the bucket's ARN with a bucket key, and the object's without: right for an object that has none, too. */
function forTheBucket(bucketArn: string) {
  return { StringLike: { 'kms:EncryptionContext:aws:s3:arn': [bucketArn, `${bucketArn}/*`] } };
}
