import { Lazy, Stack, Token } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addOrPrintStatements } from '../policy-statements';
import { createKeyStatements, createKeyUseStatement, type KeyCallers } from './key-statements';

export interface DestinationKeyProps {
  readonly key: IKey;
  readonly bucket: IBucket;
}

/** Customer-managed key of the destination bucket, and the grants to use it. */
export class DestinationKey extends Construct {
  private readonly key: IKey;
  private readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { key, bucket }: DestinationKeyProps) {
    super(scope, id);
    this.key = key;
    this.bucket = bucket;
  }

  /** Allows CloudWatch Logs, and callers of another account, to use the key, in the key's policy. */
  public grantArchivers(callers: KeyCallers | undefined) {
    addOrPrintStatements(
      this,
      this.key,
      {
        id: 'keyPolicy',
        text:
          'the KMS key of the bucket is imported, so its policy cannot be updated automatically; exports fail until it ' +
          'contains these statements',
        arn: this.key.keyArn,
        account: this.key.env.account,
      },
      createKeyStatements(Stack.of(this), this.knownBucketArn, callers),
    );
  }

  /** Allows a role to use the key through S3, in the role's policy. */
  public grantUse(role: IRole) {
    role.addToPrincipalPolicy(createKeyUseStatement(Stack.of(this), this.key, this.bucket));
  }

  /**
   * The bucket's ARN as far as it is known without a reference to the bucket, or that of any bucket.
   *
   * A bucket of the app depends on its key, so the key's policy must not refer to the bucket. The bucket's policy
   * limits the use to this bucket.
   */
  private get knownBucketArn(): string {
    const bucket = this.bucket.node.defaultChild;
    if (!(bucket instanceof CfnBucket)) {
      return this.bucket.bucketArn;
    }
    // Lazy: a name that is generated if needed is not known yet.
    const name = Lazy.any({ produce: () => Stack.of(bucket).resolve(bucket.bucketName) ?? '*' });
    return `arn:${Stack.of(this).partition}:s3:::${Token.asString(name)}`;
  }
}
