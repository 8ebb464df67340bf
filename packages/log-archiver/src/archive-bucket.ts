import { Annotations, RemovalPolicy, Stack } from 'aws-cdk-lib';
import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { type IKey, Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, type BucketProps, type IBucket, TransitionDefaultMinimumObjectSize } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { ArchiveBucketAttributes, ArchiveBucketProps } from './archive-bucket-props';
import { addArchiveBucketPolicy, describeCallers } from './private/destination/bucket-policy';
import { DestinationKey } from './private/destination/destination-key';
import { grantReadArchive } from './private/destination/grant-read';
import { createHardenedBucket } from './private/destination/hardened-bucket';
import { createKeyStatements, type KeyCallers } from './private/destination/key-statements';
import { findLifecycleErrors } from './private/destination/lifecycle-rules';
import { ARCHIVE_BUCKET_SYMBOL, markAsManaged } from './private/destination/managed-bucket';
import { renderBucket } from './private/destination/rendered-bucket';
import {
  validateAccount,
  validateOrganizationId,
  validateRetention,
  validateSourceAccounts,
} from './private/destination/validate-archive-bucket';
import { createOutputs } from './private/outputs';
import { addOrPrintStatements } from './private/policy-statements';
import { DEFAULT_ROLE_PATH, validateRolePath } from './private/role-path';
import { validateEnvironment, validateKey } from './private/validate-environment';
import * as types from './private/validate-types';

/**
 * Bucket for the archives of many accounts, in the account and Region where it is deployed.
 *
 * CloudWatch Logs exports only to buckets of its own Region, so create one for each Region.
 *
 * Each account writes only under its own ID, and reads only its archiver's metadata. Receipts cannot be overwritten,
 * and only the owner can delete objects. The bucket is private, requires TLS 1.2, is versioned, and is retained when it
 * is removed from its stack.
 *
 * @exampleMetadata fixture=construct
 * @example
 * const retention = ArchiveRetention.years(7);
 *
 * new ArchiveBucket(this, 'Archive', {
 *   sourceAccounts: ['111111111111', '222222222222'],
 *   objectLock: s3.ObjectLockRetention.governance(retention.duration),
 *   retention,
 * });
 */
export class ArchiveBucket extends Construct {
  /**
   * Whether `x` is an `ArchiveBucket`.
   *
   * @param x any value
   */
  // biome-ignore lint/suspicious/noExplicitAny: jsii has no unknown
  public static isArchiveBucket(x: any): x is ArchiveBucket {
    return x !== null && typeof x === 'object' && ARCHIVE_BUCKET_SYMBOL in x;
  }

  /**
   * Imports the bucket of an `ArchiveBucket` that another app deploys, for a `LogArchiver` of one of its
   * `sourceAccounts`.
   *
   * Throws if `account` is not 12 digits, or if the key is an alias or in another Region.
   *
   * @param scope parent of the import
   * @param id ID of the import, unique in its scope
   * @param attributes what identifies the bucket
   */
  public static fromAttributes(scope: Construct, id: string, attributes: ArchiveBucketAttributes): IBucket {
    const { account, bucketName, encryptionKeyArn } = attributes;
    types.validateType('account', account, types.STRING);
    types.validateTypes({ bucketName: [bucketName, types.STRING], encryptionKeyArn: [encryptionKeyArn, types.STRING] });
    validateAccount('account', account);
    const { region } = Stack.of(scope);
    const encryptionKey =
      encryptionKeyArn === undefined ? undefined : Key.fromKeyArn(scope, `${id}Key`, encryptionKeyArn);
    if (encryptionKey) {
      validateKey(scope, { field: 'encryptionKeyArn', user: 'bucket', aspects: ['region'] }, encryptionKey);
    }
    const bucket = Bucket.fromBucketAttributes(scope, id, {
      account,
      region,
      bucketName: bucketName ?? defaultName(account, region),
      encryptionKey,
    });
    return markAsManaged(bucket, {});
  }

  /** Bucket to pass to archivers as `bucket`. */
  public readonly bucket: Bucket;

  /** Customer-managed key of the bucket, if it has one. */
  public readonly encryptionKey?: IKey;

  private readonly key?: DestinationKey;

  /**
   * @param scope parent of the construct
   * @param id ID of the construct, unique in its scope
   * @param props properties of the construct
   */
  constructor(scope: Construct, id: string, props: ArchiveBucketProps = {}) {
    super(scope, id);
    Object.defineProperty(this, ARCHIVE_BUCKET_SYMBOL, { value: true });
    const { account, partition, region } = Stack.of(this);
    const { sourceAccounts = [account], organizationId, encryptionKey, objectLock, retention } = props;
    const { bucketName = defaultName(account, region), rolePath = DEFAULT_ROLE_PATH, serverAccessLogsBucket } = props;
    this.validateProps({ ...props, sourceAccounts, rolePath });
    if (retention !== undefined && objectLock === undefined) {
      Annotations.of(this).addWarningV2(
        'cdk-log-archiver:objectLock',
        'without objectLock, a source account can overwrite archived objects (exports require s3:PutObject), and the ' +
          'previous version is deleted after 90 days. Set objectLock for as long as you must keep objects',
      );
    }

    this.encryptionKey = encryptionKey;
    this.bucket = createHardenedBucket(this, 'Bucket', {
      bucketName,
      encryptionKey,
      objectLockDefaultRetention: objectLock,
      serverAccessLogsBucket,
      // If the first deployment fails, a retained bucket of this name would block the next one.
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
      ...(retention && createLifecycle(retention, sourceAccounts, region)),
    });
    this.key = encryptionKey && new DestinationKey(this, 'Key', { key: encryptionKey, bucket: this.bucket });
    this.node.addValidation({ validate: () => this.findLifecycleErrors(sourceAccounts) });
    addArchiveBucketPolicy(this.bucket, { sourceAccounts, organizationId, rolePath });
    if (encryptionKey !== undefined) {
      // By name: the bucket depends on the key, so the key's policy must not refer to the bucket.
      const bucketArn = `arn:${partition}:s3:::${bucketName}`;
      const callers = describeCallers({ sourceAccounts, organizationId });
      this.grantKeyUse(encryptionKey, bucketArn, { ...callers, account: '*', rolePath });
    }
    createOutputs(this, {
      BucketName: { placeholder: 'BUCKET', meaning: 'Bucket of the archives', value: this.bucket.bucketName },
    });
    markAsManaged(this.bucket, { sourceAccounts, rolePath, retentionDays: retention?.duration.toDays() });
  }

  /**
   * Grants a principal permission to read the archives of all accounts, such as the role of an auditor.
   *
   * The principal can list the bucket, read archived objects, receipts, period statuses, reports, and the records of a
   * verifier, and decrypt them with the key of the bucket. That is enough for the commands of `log-archiver` that read an
   * archive. The principal can write nothing.
   *
   * If the principal is in another account, the policies of the bucket and its key also get statements. For an imported
   * key, a warning prints them. For an imported role of another account, a warning prints the statements that the role's
   * own policy needs.
   *
   * @exampleMetadata fixture=construct
   * @example
   * declare const archive: ArchiveBucket;
   *
   * archive.grantRead(iam.Role.fromRoleName(this, 'Auditor', 'auditor'));
   *
   * @param grantee principal that may read the archives
   */
  public grantRead(grantee: IGrantable): Grant {
    return grantReadArchive(this, grantee, { bucket: this.bucket, key: this.key, keyStart: '*/', isWholeBucket: true });
  }

  private validateProps(props: ArchiveBucketProps & { sourceAccounts: string[]; rolePath: string }) {
    const { sourceAccounts, organizationId, rolePath, encryptionKey, serverAccessLogsBucket } = props;
    types.validateArray('sourceAccounts', sourceAccounts, types.STRING);
    types.validateTypes({
      organizationId: [organizationId, types.STRING],
      rolePath: [rolePath, types.STRING],
      bucketName: [props.bucketName, types.STRING],
      encryptionKey: [encryptionKey, types.KEY],
      objectLock: [props.objectLock, types.OBJECT_LOCK],
      retention: [props.retention, types.RETENTION],
      serverAccessLogsBucket: [serverAccessLogsBucket, types.BUCKET],
    });
    validateRolePath(rolePath);
    validateOrganizationId(organizationId);
    validateSourceAccounts(sourceAccounts, organizationId);
    validateRetention(props.retention, props.objectLock);
    if (encryptionKey) {
      validateKey(this, { field: 'encryptionKey', user: 'bucket', aspects: ['region'] }, encryptionKey);
    }
    if (serverAccessLogsBucket) {
      validateEnvironment(
        this,
        { field: 'serverAccessLogsBucket', user: 'bucket', aspects: ['account', 'region'] },
        serverAccessLogsBucket.env,
      );
    }
  }

  /** Checks the rules of the template, because the app can add rules to the bucket. */
  private findLifecycleErrors(accounts: string[]): string[] {
    const rules = renderBucket(this.bucket)?.LifecycleConfiguration?.Rules ?? [];
    const errors = accounts.flatMap((account) => findLifecycleErrors(rules, `${account}/${Stack.of(this).region}`));
    return errors.slice(0, 1);
  }

  private grantKeyUse(key: IKey, bucketArn: string, callers: KeyCallers) {
    addOrPrintStatements(
      this,
      key,
      {
        id: 'keyPolicy',
        text:
          'encryptionKey is imported, so its policy cannot be updated automatically; exports fail until the key policy ' +
          'contains these statements',
        arn: key.keyArn,
        account: key.env.account,
      },
      createKeyStatements(Stack.of(this), bucketArn, callers),
    );
  }
}

function defaultName(account: string, region: string): string {
  return `log-archive-${account}-${region}`;
}

/** Limits the rules to keys that continue with the year, so that receipts under `_log-archiver/` never expire. */
function createLifecycle(retention: NonNullable<ArchiveBucketProps['retention']>, accounts: string[], region: string) {
  return {
    lifecycleRules: retention._lifecycleRules(accounts.map((account) => `${account}/${region}/20`)),
    transitionDefaultMinimumObjectSize: TransitionDefaultMinimumObjectSize.ALL_STORAGE_CLASSES_128_K,
  } satisfies BucketProps;
}
