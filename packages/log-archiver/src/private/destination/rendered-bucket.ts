import { type CfnResource, Stack } from 'aws-cdk-lib';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { BUCKET_PLACEHOLDER } from '../policy-statements';

/** Properties of a bucket in its template, as far as this package reads them. */
export interface BucketProperties {
  readonly BucketEncryption?: {
    readonly ServerSideEncryptionConfiguration?: {
      readonly ServerSideEncryptionByDefault?: { readonly SSEAlgorithm?: string; readonly KMSMasterKeyID?: unknown };
    }[];
  };
  readonly LifecycleConfiguration?: { readonly Rules?: BucketLifecycleRule[] };
  readonly OwnershipControls?: { readonly Rules?: { readonly ObjectOwnership?: string }[] };
}

export interface BucketLifecycleRule {
  readonly Id?: string;
  readonly Status?: string;
  readonly Prefix?: string;
  readonly TagFilters?: unknown[];
  readonly ExpirationInDays?: number;
  readonly ExpirationDate?: string;
  readonly Transition?: BucketTransition;
  readonly Transitions?: BucketTransition[];
}

export interface BucketTransition {
  readonly StorageClass: string;
  readonly TransitionInDays?: number;
  readonly TransitionDate?: string;
}

interface Rendered {
  readonly Resources: Record<string, { readonly Properties?: BucketProperties }>;
}

/**
 * Returns the properties of a bucket of the app, `undefined` if it is imported.
 *
 * They are those of the template, so they include what an escape hatch has overridden.
 */
export function renderBucket({ node }: IBucket): BucketProperties | undefined {
  const { defaultChild } = node;
  if (!(defaultChild instanceof CfnBucket)) {
    return undefined;
  }
  // The CDK's types do not publish the method that renders a resource.
  const resource = defaultChild as CfnResource & { _toCloudFormation(): unknown };
  const { Resources }: Rendered = Stack.of(resource).resolve(resource._toCloudFormation());
  return Object.values(Resources)[0]?.Properties ?? {};
}

/** Returns the ARN of a bucket for a reader, with a placeholder if the name is generated at deployment. */
export function renderBucketArn({ bucketArn, node: { defaultChild } }: IBucket): string {
  if (!(defaultChild instanceof CfnBucket)) {
    return bucketArn;
  }
  const { bucketName } = defaultChild;
  const stack = Stack.of(defaultChild);
  return `arn:${stack.partition}:s3:::${stack.resolve(bucketName) === undefined ? BUCKET_PLACEHOLDER : bucketName}`;
}
