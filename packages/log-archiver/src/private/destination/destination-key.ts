import { Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import type { IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addOrPrintStatements } from '../policy-statements';
import {
  createCallerKeyStatement,
  createKeyStatements,
  createKeyUseStatement,
  type KeyCallers,
} from './key-statements';

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
    this.addToKeyPolicy('exports fail', createKeyStatements(Stack.of(this), this.knownBucketArn, callers));
  }

  /** Allows callers of another account than the key's to use the key, in the key's policy. */
  public grantCallers(callers: KeyCallers, consequence: string) {
    this.addToKeyPolicy(consequence, [createCallerKeyStatement(Stack.of(this), this.knownBucketArn, callers)]);
  }

  /** Allows a role to write and read with the key through S3, in the role's policy. */
  public grantUse(role: IRole) {
    this.addToRolePolicy(role, 'kms:GenerateDataKey', 'kms:Decrypt');
  }

  /** Allows a role to read with the key through S3, in the role's policy. */
  public grantDecrypt(role: IRole) {
    this.addToRolePolicy(role, 'kms:Decrypt');
  }

  private addToRolePolicy(role: IRole, ...actions: Parameters<typeof createKeyUseStatement>[3]) {
    role.addToPrincipalPolicy(createKeyUseStatement(Stack.of(this), this.keyArn, this.bucket, actions));
  }

  private addToKeyPolicy(consequence: string, statements: PolicyStatement[]) {
    const warning = {
      id: 'keyPolicy',
      text:
        `the KMS key of the bucket is imported, so its policy cannot be updated automatically; ${consequence} until it ` +
        'contains these statements',
      arn: this.key.keyArn,
      account: this.key.env.account,
    };
    addOrPrintStatements(this, this.key, warning, statements);
  }

  /**
   * The key's ARN, or any key of its account if the app creates the key in another account or Region.
   *
   * Such a key has no physical name that this stack could refer to. The conditions still limit its use to the bucket.
   */
  private get keyArn(): string {
    const { account, partition, region } = Stack.of(this);
    const { env } = this.key;
    const isInEnvironment = env.account === account && env.region === region;
    return isInEnvironment || !Resource.isOwnedResource(this.key)
      ? this.key.keyArn
      : `arn:${partition}:kms:${env.region}:${env.account}:key/*`;
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
