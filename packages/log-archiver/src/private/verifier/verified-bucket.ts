import { Stack } from 'aws-cdk-lib';
import { AccountPrincipal, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { METADATA_PREFIX, STATEMENTS_PREFIX, TABLE_KEY, VERIFIED_PREFIX } from '../core';
import { DestinationKey } from '../destination/destination-key';
import type { VerifierSettings } from './verifier-settings';

export type VerifiedBucketProps = Pick<VerifierSettings, 'bucket' | 'keyPrefix' | 'otherBuckets' | 'rolePath'>;

const VERIFIER_SYMBOL = Symbol.for('cdk-log-archiver.VerifierOfBucket');
const STATEMENTS = `${STATEMENTS_PREFIX}*`;
/** Files of the planner. The items of the Map are among them. */
const PLANS = ['folders', 'periods', 'archivers'].map((name) => `${VERIFIED_PREFIX}/runs/*/${name}.json`);
const [FOLDERS] = PLANS as [string];
const RESULTS = `${VERIFIED_PREFIX}/runs/*/results/*`;

/**
 * Bucket of the archive, and the grants to verify it. A verifier lists the objects of the archive and never reads them.
 *
 * No function can write what another one writes. So `verify-receipts`, which parses files of other accounts, can write
 * neither a plan nor a statement.
 */
export class VerifiedBucket extends Construct {
  private readonly settings: VerifiedBucketProps;
  private readonly key?: DestinationKey;

  constructor(scope: Construct, id: string, settings: VerifiedBucketProps) {
    super(scope, id);
    this.settings = settings;
    const { bucket, rolePath } = settings;
    const { encryptionKey: key } = bucket;
    const { account } = Stack.of(this);
    markAsVerified(bucket, scope.node.path);
    this.key = key && new DestinationKey(this, 'Key', { key, bucket });
    if (key && key.env.account !== account) {
      this.key?.grantCallers(
        { principals: [new AccountPrincipal(account)], conditions: {}, account, rolePath },
        'runs of the verifier fail',
      );
    }
  }

  /** Allows to find archivers, periods and statements, and to write the plan of a run. */
  public grantPlan(role: IRole) {
    this.grantList(role);
    this.grant(role, 's3:GetObject', `${this.metadata}/periods/*`, STATEMENTS);
    this.grant(role, 's3:PutObject', ...PLANS);
    this.key?.grantUse(role);
  }

  /** Allows to read receipts, to list the objects of their tasks, and to write results. */
  public grantVerify(role: IRole) {
    this.grantList(role);
    this.grant(role, 's3:GetObject', `${this.metadata}/receipts/*`);
    this.grant(role, 's3:PutObject', RESULTS);
    this.key?.grantUse(role);
  }

  /** Allows to read plans, results and period statuses, and to write statements and the table. */
  public grantReport(role: IRole) {
    this.grantList(role);
    this.grant(role, 's3:GetObject', `${this.metadata}/periods/*`, `${VERIFIED_PREFIX}/runs/*`, STATEMENTS);
    this.grant(role, 's3:PutObject', STATEMENTS, `${VERIFIED_PREFIX}/table.*`);
    this.key?.grantUse(role);
  }

  /** Allows to read the tables of the verifiers of other buckets, which are in other Regions of the same account. */
  public grantReadTables(role: IRole) {
    for (const [index, bucket] of this.settings.otherBuckets.entries()) {
      this.add(role, 's3:ListBucket', [bucket.bucketArn], { StringLike: { 's3:prefix': TABLE_KEY } });
      this.add(role, 's3:GetObject', [bucket.arnForObjects(TABLE_KEY)]);
      const { encryptionKey: key } = bucket;
      if (key) {
        new DestinationKey(this, `OtherKey${index}`, { key, bucket }).grantDecrypt(role);
      }
    }
  }

  /** Allows Step Functions to read the items of the Maps: the folders of a run, and the receipts in each. */
  public grantReadItems(role: IRole) {
    this.add(role, 's3:ListBucket', [this.settings.bucket.bucketArn], {
      StringLike: { 's3:prefix': `${this.metadata}/receipts/*` },
    });
    this.grant(role, 's3:GetObject', FOLDERS);
    this.key?.grantDecrypt(role);
  }

  /**
   * Allows to list all keys.
   *
   * The functions also read objects that may be missing. S3 answers 403 instead of 404 unless the caller may list the
   * bucket, and AWS does not document which prefix a condition would have to allow.
   */
  private grantList(role: IRole) {
    this.add(role, 's3:ListBucket', [this.settings.bucket.bucketArn]);
  }

  private grant(role: IRole, action: string, ...keys: string[]) {
    this.add(
      role,
      action,
      keys.map((each) => this.settings.bucket.arnForObjects(each)),
    );
  }

  public get bucket(): IBucket {
    return this.settings.bucket;
  }

  /** Keys of the archivers' metadata. In an archive bucket, each `keyPrefix` starts with an account. */
  public get metadata(): string {
    const { keyPrefix } = this.settings;
    const start = keyPrefix === null ? '*/' : keyPrefix === '' ? '' : `${keyPrefix}/`;
    return `${start}${METADATA_PREFIX}`;
  }

  /** A bucket name can be guessed, and another account may have taken it first. */
  private add(
    role: IRole,
    action: string,
    resources: string[],
    conditions: Record<string, Record<string, string>> = {},
  ) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [action],
        resources,
        conditions: { ...conditions, StringEquals: { 's3:ResourceAccount': Stack.of(this).account } },
      }),
    );
  }
}

/** Throws if the bucket has a verifier. A second one would overwrite its statements and its table. */
function markAsVerified(bucket: IBucket, path: string) {
  const { [VERIFIER_SYMBOL]: first } = bucket as { [VERIFIER_SYMBOL]?: string };
  if (first !== undefined) {
    throw new Error(
      `bucket must have only one ArchiveVerifier (a second one would overwrite its statements and table), got another at ${first}`,
    );
  }
  Object.defineProperty(bucket, VERIFIER_SYMBOL, { value: path });
}
