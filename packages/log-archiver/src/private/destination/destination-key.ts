import { Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import type { Grant, IGrantable, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addOrPrintStatements, type PolicyWarning } from '../policy-statements';
import { grantOnResource, isInAccount } from './grant-on-resource';
import {
  createCallerKeyStatement,
  createKeyStatements,
  createKeyUseStatement,
  type KeyCallers,
  requireViaS3,
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

  /** Allows a principal to read with the key through S3, in its own policy, and in the key's if it is in another account. */
  public grantRead(grantee: IGrantable): Grant {
    const { key, bucket, knownBucketArn } = this;
    const keyArn = isInAccount(grantee, key.env.account) ? this.keyArn : this.formatArn(false);
    const place = { region: bucket.env.region, urlSuffix: Stack.of(this).urlSuffix };
    return grantOnResource(this, key, this.createWarning('the grantee of grantRead cannot read the archive'), {
      grantee,
      actions: ['kms:Decrypt'],
      resourceArns: [keyArn],
      conditions: requireViaS3(place, bucket.bucketArn),
      inPolicy: { resourceArns: ['*'], conditions: requireViaS3(place, knownBucketArn) },
    });
  }

  private addToRolePolicy(role: IRole, ...actions: Parameters<typeof createKeyUseStatement>[3]) {
    role.addToPrincipalPolicy(createKeyUseStatement(Stack.of(this), this.keyArn, this.bucket, actions));
  }

  private addToKeyPolicy(consequence: string, statements: PolicyStatement[]) {
    addOrPrintStatements(this, this.key, this.createWarning(consequence), statements);
  }

  private createWarning(consequence: string): PolicyWarning {
    return {
      id: 'keyPolicy',
      text:
        `the KMS key of the bucket is imported, so its policy cannot be updated automatically; ${consequence} until it ` +
        'contains these statements',
      arn: this.key.keyArn,
      account: this.key.env.account,
    };
  }

  /**
   * The key's ARN, or any key of its account if the app creates the key in another account or Region.
   *
   * Such a key has no physical name that this stack could refer to. The conditions still limit its use to the bucket.
   */
  private get keyArn(): string {
    const { account, region } = Stack.of(this);
    const { env } = this.key;
    return this.formatArn(env.account === account && env.region === region);
  }

  /** Returns the key's ARN, or any key of its account if a user in another environment cannot refer to the key. */
  private formatArn(isInEnvironment: boolean): string {
    const { partition } = Stack.of(this);
    const { env } = this.key;
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
