import { Lazy, Resource, Stack, Token } from 'aws-cdk-lib';
import type { IRole } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { CfnBucket, type IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { addOrWarnOfStatements } from '../policy-statements';
import { type KeyCallers, keyStatements, keyUse } from './key-statements';

export interface DestinationKeyProps {
  readonly key: IKey;
  readonly bucket: IBucket;
}

/** The customer-managed key of the bucket where the objects go, and who may use it. */
export class DestinationKey extends Construct {
  private readonly key: IKey;
  private readonly bucket: IBucket;

  constructor(scope: Construct, id: string, { key, bucket }: DestinationKeyProps) {
    super(scope, id);
    this.key = key;
    this.bucket = bucket;
  }

  /** In the policy of the key. */
  public letArchiversIn(callers: KeyCallers | undefined) {
    addOrWarnOfStatements(
      this,
      this.key,
      'keyPolicy',
      "the policy of the bucket's key, imported, cannot be changed from here; exports fail until it has these statements",
      keyStatements(Stack.of(this), this.knownBucketArn, callers),
    );
  }

  public letUse(role: IRole) {
    role.addToPrincipalPolicy(keyUse(Stack.of(this), this.keyArn, this.bucket.bucketArn));
  }

  /** A key of the app has no name that another account or Region could know: there it is any key, through that bucket. */
  private get keyArn(): string {
    const { account, partition, region } = Stack.of(this);
    const { env } = this.key;
    const isHere = env.account === account && env.region === region;
    return isHere || !Resource.isOwnedResource(this.key)
      ? this.key.keyArn
      : `arn:${partition}:kms:${env.region}:${env.account}:key/*`;
  }

  /**
   * The bucket of the app waits for its key, so the key's policy can know no more of it than a name that was given. A
   * bucket without one can be any: that it is this one's, the bucket's policy says.
   */
  private get knownBucketArn(): string {
    const bucket = this.bucket.node.defaultChild;
    if (!(bucket instanceof CfnBucket)) {
      return this.bucket.bucketArn;
    }
    // A name that is generated if needed is not known before it was.
    const name = Lazy.any({ produce: () => Stack.of(bucket).resolve(bucket.bucketName) ?? '*' });
    return `arn:${Stack.of(this).partition}:s3:::${Token.asString(name)}`;
  }
}
