import { Stack, Token } from 'aws-cdk-lib';
import { AccountPrincipal, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { validateKeyPrefix } from '../core';
import { OWN_FOLDER } from '../own-folder';
import { addOrWarnOfStatements } from '../policy-statements';
import { type Place, validateKey } from '../validate-environment';
import { callerStatements, logsServiceStatements } from './bucket-statements';
import { DestinationKey } from './destination-key';
import { hardenedBucket } from './hardened-bucket';
import { preparedBucket } from './managed-bucket';
import { refuseAnotherPlace, refuseDualLayer, refuseUnlessLetIn, validateRetainedKeys } from './validate-destination';

export interface ArchiveDestinationProps {
  readonly bucket?: IBucket;
  readonly keyPrefix?: string;
  /** Of the bucket, where none is given. @default - S3's own */
  readonly encryptionKey?: IKey;
}

/** Where the objects go: the bucket, its name as the workflow is told it, and who may write there. */
export class ArchiveDestination extends Construct {
  public readonly bucket: IBucket;
  public readonly keyPrefix: string;
  private readonly isOfAnotherAccount: boolean;
  private readonly key?: DestinationKey;

  constructor(scope: Construct, id: string, props: ArchiveDestinationProps) {
    super(scope, id);
    const { account, region } = Stack.of(this);
    this.bucket = props.bucket ?? hardenedBucket(this, 'Bucket', { encryptionKey: props.encryptionKey });
    this.isOfAnotherAccount = this.bucket.env.account !== account;
    const prepared = preparedBucket(this.bucket);
    const isShared = this.isOfAnotherAccount || prepared !== undefined;
    this.keyPrefix = props.keyPrefix ?? (isShared ? `${account}/${region}` : '');
    if (!Token.isUnresolved(this.keyPrefix)) {
      validateKeyPrefix(this.keyPrefix);
    }
    refuseAnotherPlace(this, this.bucket);
    refuseDualLayer(this, this.bucket);
    const { encryptionKey } = this.bucket;
    if (encryptionKey) {
      const place: Place = { parameter: 'the key of bucket', whose: 'the archiver', aspects: ['region'] };
      validateKey(this, place, encryptionKey);
    }
    this.key = encryptionKey && new DestinationKey(this, 'Key', { key: encryptionKey, bucket: this.bucket });
    if (prepared === undefined) {
      this.letArchiversIn();
    } else {
      refuseUnlessLetIn(this, prepared, this.keyPrefix);
      validateRetainedKeys(this, prepared, this.keyPrefix);
    }
  }

  /** The caller of CreateExportTask has to be allowed to write what CloudWatch Logs writes, since 2019-02-15. */
  public letWrite(role: IRole) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(this.exportKeys)],
        // If it is asked: AWS does not say what CloudWatch Logs asks of its caller.
        conditions: { StringEqualsIfExists: this.inItsAccount.StringEquals },
      }),
    );
    this.key?.letUse(role);
  }

  /** What has a receipt, and what the run has done so far. */
  public letPlan(role: IRole) {
    this.letList(role, this.ownKeys(''));
    this.letReadAndWrite(role, this.ownKeys('runs/'), this.ownKeys('periods/'));
  }

  /** The objects of an export, and the receipts. */
  public letRecord(role: IRole) {
    this.letList(role, this.keys);
    this.letReadAndWrite(role, this.ownKeys('receipts/'), this.ownKeys('parts/'));
  }

  private get keyStart(): string {
    return this.keyPrefix === '' ? '' : `${this.keyPrefix}/`;
  }

  private get keys(): string {
    return `${this.keyStart}*`;
  }

  /** They start with the year: whatever somebody has exported, it is over no receipt. */
  private get exportKeys(): string {
    return `${this.keyStart}????/*`;
  }

  /** A name that can be guessed, somebody else may have taken first. */
  private get inItsAccount() {
    return { StringEquals: { 's3:ResourceAccount': this.bucket.env.account } };
  }

  private ownKeys(folder: string): string {
    return `${this.keyStart}${OWN_FOLDER}/${folder}*`;
  }

  private letList(role: IRole, keys: string) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': keys }, ...this.inItsAccount },
      }),
    );
  }

  private letReadAndWrite(role: IRole, ...keys: string[]) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: keys.map((each) => this.bucket.arnForObjects(each)),
        conditions: this.inItsAccount,
      }),
    );
    this.key?.letUse(role);
  }

  /** CloudWatch Logs, and, in a bucket of another account, the archiver itself. */
  private letArchiversIn() {
    const { account } = Stack.of(this);
    const { bucketArn } = this.bucket;
    const principals = [new AccountPrincipal(account)];
    const logs = logsServiceStatements(Stack.of(this), {
      bucketArn,
      accounts: account,
      account,
      keys: this.exportKeys,
    });
    const callers = callerStatements({ bucketArn, principals, conditions: {}, keyStart: this.keyStart });
    addOrWarnOfStatements(
      this,
      this.bucket,
      'bucketPolicy',
      'the policy of an imported bucket cannot be changed from here; exports fail until it has these statements',
      [...Object.values(logs), ...(this.isOfAnotherAccount ? Object.values(callers) : [])],
    );
    this.key?.letArchiversIn(this.isOfAnotherAccount ? { principals, conditions: {} } : undefined);
  }
}
