import { Annotations, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, type IBucket, TransitionDefaultMinimumObjectSize } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ArchiveBucketAttributes, ArchiveBucketProps } from './archive-bucket-props';
import { addArchiveBucketPolicy, callersOf } from './private/destination/bucket-policy';
import { hardenedBucket } from './private/destination/hardened-bucket';
import { keyStatements } from './private/destination/key-statements';
import { markAsPrepared } from './private/destination/managed-bucket';
import {
  validateAccount,
  validateOrganizationId,
  validateRetention,
  validateSourceAccounts,
} from './private/destination/validate-archive-bucket';
import { addOrWarnOfStatements } from './private/policy-statements';
import { type Place, refuseElsewhere, validateKey } from './private/validate-environment';

const ARCHIVE_BUCKET_SYMBOL = Symbol.for('cdk-log-archiver.ArchiveBucket');

/**
 * One bucket for the archives of many accounts, in the account and Region where it is deployed. CloudWatch Logs exports to
 * buckets of its own Region only: make one for each Region.
 *
 * Each account writes below its own number, and reads nothing but what its archiver wrote about itself. Receipts cannot be
 * overwritten, and nobody but the owner can delete. The bucket is private, TLS 1.2 only, versioned, and outlives its stack.
 */
export class ArchiveBucket extends Construct {
  /** Whether `x` is an `ArchiveBucket`. */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no unknown
  public static isArchiveBucket(x: any): x is ArchiveBucket {
    return x !== null && typeof x === 'object' && ARCHIVE_BUCKET_SYMBOL in x;
  }

  /**
   * The bucket of an `ArchiveBucket` that another app deploys, for a `LogArchiver` of one of its `sourceAccounts`.
   *
   * Throws if `account` is not 12 digits, or if the key is an alias or in another Region.
   */
  public static fromAttributes(scope: Construct, id: string, attributes: ArchiveBucketAttributes): IBucket {
    const { account, encryptionKeyArn } = attributes;
    validateAccount('account', account);
    const { region } = Stack.of(scope);
    const encryptionKey =
      encryptionKeyArn === undefined ? undefined : Key.fromKeyArn(scope, `${id}Key`, encryptionKeyArn);
    if (encryptionKey) {
      validateKey(scope, { parameter: 'encryptionKeyArn', whose: 'the bucket', aspects: ['region'] }, encryptionKey);
    }
    const bucket = Bucket.fromBucketAttributes(scope, id, {
      account,
      region,
      bucketName: attributes.bucketName ?? defaultName(account, region),
      encryptionKey,
    });
    return markAsPrepared(bucket, {});
  }

  /** Where the objects go: the `bucket` of the archivers. */
  public readonly bucket: Bucket;

  /** The customer-managed key, if there is one. */
  public readonly encryptionKey?: IKey;

  constructor(scope: Construct, id: string, props: ArchiveBucketProps = {}) {
    super(scope, id);
    Object.defineProperty(this, ARCHIVE_BUCKET_SYMBOL, { value: true });
    const { account, partition, region } = Stack.of(this);
    const { sourceAccounts = [account], organizationId, encryptionKey, objectLock, retention } = props;
    const { bucketName = defaultName(account, region) } = props;
    validateOrganizationId(organizationId);
    validateSourceAccounts(sourceAccounts, organizationId);
    validateRetention(retention, objectLock);
    if (encryptionKey) {
      validateKey(this, { parameter: 'encryptionKey', whose: 'the bucket', aspects: ['region'] }, encryptionKey);
    }
    if (retention !== undefined && objectLock === undefined) {
      Annotations.of(this).addWarningV2(
        'cdk-log-archiver:objectLock',
        'a retention without objectLock does not keep what a source account overwrites, which it has to be allowed to: ' +
          'the version before is deleted 90 days later. Lock objects for as long as they are to be kept',
      );
    }

    const { serverAccessLogsBucket } = props;
    if (serverAccessLogsBucket) {
      const place: Place = { parameter: 'serverAccessLogsBucket', whose: 'the bucket', aspects: ['account', 'region'] };
      refuseElsewhere(this, place, serverAccessLogsBucket.env);
    }

    this.encryptionKey = encryptionKey;
    this.bucket = hardenedBucket(this, 'Bucket', {
      bucketName,
      encryptionKey,
      objectLockDefaultRetention: objectLock,
      serverAccessLogsBucket,
      // A bucket with a name, left over by a first deployment that failed, would stand in the way of the second.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...(retention && lifecycle(retention, sourceAccounts, region)),
    });
    addArchiveBucketPolicy(this.bucket, { sourceAccounts, organizationId });
    if (encryptionKey !== undefined) {
      // By its name: the bucket waits for the key, so the key's policy cannot wait for the bucket.
      this.letUse(encryptionKey, `arn:${partition}:s3:::${bucketName}`, { sourceAccounts, organizationId });
    }
    markAsPrepared(this.bucket, { sourceAccounts, hasRetention: retention !== undefined });
  }

  private letUse(key: IKey, bucketArn: string, callers: Parameters<typeof callersOf>[0]) {
    addOrWarnOfStatements(
      this,
      key,
      'keyPolicy',
      'the policy of an imported key cannot be changed from here; exports fail until it has these statements',
      keyStatements(Stack.of(this), bucketArn, callersOf(callers)),
    );
  }
}

function defaultName(account: string, region: string): string {
  return `log-archive-${account}-${region}`;
}

/** Keys go on with the year: receipts, below `<account>/<region>/_log-archiver/`, are passed over. */
function lifecycle(retention: NonNullable<ArchiveBucketProps['retention']>, accounts: string[], region: string) {
  return {
    lifecycleRules: retention._lifecycleRules(accounts.map((account) => `${account}/${region}/20`)),
    transitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K,
  } satisfies BucketProps;
}
