import { Annotations, Stack } from 'aws-cdk-lib';
import { AccountPrincipal, type Grant, type IGrantable, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Bucket, IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { METADATA_PREFIX } from '../core';
import { addOrPrintStatements } from '../policy-statements';
import type { Settings } from '../settings';
import { areKnown } from '../validate-environment';
import {
  createCallerStatements,
  createLogsStatements,
  createRolePattern,
  formatExportedKeys,
} from './bucket-statements';
import { DestinationKey } from './destination-key';
import { grantReadArchive } from './grant-read';
import { createHardenedBucket } from './hardened-bucket';
import { findManagedBucket, type ManagedBucket } from './managed-bucket';
import { renderBucket } from './rendered-bucket';
import { findBucketErrors } from './validate-destination';

export type ArchiveDestinationProps = Pick<Settings, 'bucket' | 'keyPrefix' | 'encryptionKey' | 'rolePath'>;

/** Bucket and key prefix of the archive, and the grants to write there. */
export class ArchiveDestination extends Construct {
  public readonly bucket: IBucket;
  /** The bucket, if the archiver creates it. */
  public readonly ownBucket?: Bucket;
  public readonly keyPrefix: string;
  private readonly rolePath: string;
  private readonly isCrossAccount: boolean;
  private readonly key?: DestinationKey;

  constructor(scope: Construct, id: string, { bucket, keyPrefix, encryptionKey, rolePath }: ArchiveDestinationProps) {
    super(scope, id);
    this.ownBucket = bucket ? undefined : createHardenedBucket(this, 'Bucket', { encryptionKey });
    this.bucket = bucket ?? (this.ownBucket as Bucket);
    this.keyPrefix = keyPrefix;
    this.rolePath = rolePath;
    // Again, because the bucket can be changed until the template is written.
    this.node.addValidation({ validate: () => findBucketErrors(this) });
    this.isCrossAccount = this.bucket.env.account !== Stack.of(this).account;
    const { encryptionKey: key } = this.bucket;
    this.key = key && new DestinationKey(this, 'Key', { key, bucket: this.bucket });
    const managed = findManagedBucket(this.bucket);
    if (managed === undefined) {
      this.grantArchivers();
    } else {
      this.warnOfUnexpiredKeys(managed);
    }
  }

  /**
   * Allows the caller of CreateExportTask to write what CloudWatch Logs writes, which AWS requires since 2019-02-15.
   */
  public grantExport(role: IRole) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: this.writeActions,
        resources: formatExportedKeys([this.keyStart]).map((keys) => this.bucket.arnForObjects(keys)),
        // IfExists: AWS does not document what CloudWatch Logs checks about its caller.
        conditions: { StringEqualsIfExists: this.inBucketAccount.StringEquals },
      }),
    );
    this.key?.grantUse(role);
  }

  /** Allows the planner to list and read receipts, and to read and write the files of its runs and periods. */
  public grantPlan(role: IRole) {
    this.grantList(role, this.metadataKeys(''));
    this.grantRead(role, this.metadataKeys('receipts/'));
    this.grantReadWrite(role, this.metadataKeys('runs/'), this.metadataKeys('periods/'));
  }

  /** Allows to count the objects of an export, and to read and write receipts and part records. */
  public grantRecord(role: IRole) {
    this.grantList(role, `${this.keyStart}*`);
    this.grantReadWrite(role, this.metadataKeys('receipts/'), this.metadataKeys('parts/'));
  }

  /** Allows a principal to read the archive and its receipts. */
  public grantReadArchive(grantee: IGrantable): Grant {
    const { bucket, key, keyStart } = this;
    return grantReadArchive(this, grantee, { bucket, key, keyStart, isWholeBucket: this.ownBucket !== undefined });
  }

  /**
   * Actions that the caller of CreateExportTask needs. In a bucket of another account, the ACL too, unless the bucket is
   * known to have none.
   *
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html
   */
  private get writeActions(): string[] {
    const isManaged = findManagedBucket(this.bucket) !== undefined;
    return this.isCrossAccount && !isManaged && mayHaveAcls(this.bucket)
      ? ['s3:PutObject', 's3:PutObjectAcl']
      : ['s3:PutObject'];
  }

  /** Start of every key: the `keyPrefix` with a `/`, or nothing. */
  public get keyStart(): string {
    return this.keyPrefix === '' ? '' : `${this.keyPrefix}/`;
  }

  /** A bucket name can be guessed, and another account may have taken it first. */
  private get inBucketAccount() {
    return { StringEquals: { 's3:ResourceAccount': this.bucket.env.account } };
  }

  private metadataKeys(folder: string): string {
    return `${this.keyStart}${METADATA_PREFIX}/${folder}*`;
  }

  private grantList(role: IRole, keys: string) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': keys }, ...this.inBucketAccount },
      }),
    );
  }

  private grantRead(role: IRole, keys: string) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject'],
        resources: [this.bucket.arnForObjects(keys)],
        conditions: this.inBucketAccount,
      }),
    );
  }

  private grantReadWrite(role: IRole, ...keys: string[]) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: keys.map((each) => this.bucket.arnForObjects(each)),
        conditions: this.inBucketAccount,
      }),
    );
    this.key?.grantUse(role);
  }

  /**
   * Allows CloudWatch Logs, and this account's functions if the bucket is in another account, in the bucket's policy.
   */
  private grantArchivers() {
    const stack = Stack.of(this);
    const { account } = stack;
    const { bucketArn } = this.bucket;
    const { rolePath } = this;
    const keyStarts = [this.keyStart];
    const principals = [new AccountPrincipal(account)];
    const logs = createLogsStatements(stack, { bucketArn, account, keyStarts });
    const callers = createCallerStatements({
      bucketArn,
      principals,
      conditions: {},
      roles: createRolePattern(stack, account, rolePath),
      keyStarts,
      exportActions: this.writeActions,
    });
    addOrPrintStatements(
      this,
      this.bucket,
      {
        id: 'bucketPolicy',
        text:
          'the bucket is imported, so its policy cannot be updated automatically; exports fail until it contains these ' +
          'statements',
        arn: bucketArn,
        account: this.bucket.env.account,
      },
      [...Object.values(logs), ...(this.isCrossAccount ? Object.values(callers) : [])],
    );
    this.key?.grantArchivers(this.isCrossAccount ? { principals, conditions: {}, account, rolePath } : undefined);
  }

  /** An `ArchiveRetention` has one lifecycle rule per account, for the keys of the default prefix. */
  private warnOfUnexpiredKeys({ retentionDays }: ManagedBucket) {
    const { account, region } = Stack.of(this);
    const expiredPrefix = `${account}/${region}`;
    if (retentionDays !== undefined && areKnown(account, region, this.keyPrefix) && this.keyPrefix !== expiredPrefix) {
      Annotations.of(this).addWarningV2(
        'cdk-log-archiver:keyPrefix',
        `the bucket's retention applies only to the key prefix '${expiredPrefix}': objects under '${this.keyPrefix}' ` +
          'never expire',
      );
    }
  }
}

/** By default, S3 disables the ACLs of a new bucket. */
function mayHaveAcls(bucket: IBucket): boolean {
  const properties = renderBucket(bucket);
  const rules = properties?.OwnershipControls?.Rules ?? [];
  return properties === undefined || rules.some(({ ObjectOwnership }) => ObjectOwnership !== 'BucketOwnerEnforced');
}
