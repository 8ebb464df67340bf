import { Annotations, Stack, Token } from 'aws-cdk-lib';
import { type IRole, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { BlockPublicAccess, Bucket, BucketEncryption, type IBucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { validateKeyPrefix } from './core';

export interface ArchiveDestinationProps {
  readonly bucket?: IBucket;
  readonly keyPrefix?: string;
}

/** Where the archiver puts what it writes itself, as core has it: runs, periods, receipts and parts. */
const OWN_FOLDER = '_log-archiver';

/** Where the objects go: the bucket, its name as the workflow is told it, and who may write there. */
export class ArchiveDestination extends Construct {
  public readonly bucket: IBucket;
  public readonly keyPrefix: string;

  constructor(scope: Construct, id: string, { bucket, keyPrefix = '' }: ArchiveDestinationProps) {
    super(scope, id);
    if (!Token.isUnresolved(keyPrefix)) {
      validateKeyPrefix(keyPrefix);
    }
    this.keyPrefix = keyPrefix;
    this.bucket = bucket ?? this.createBucket();
    this.refuseAnotherRegion();
    this.letCloudWatchLogsWrite();
  }

  /** The caller of CreateExportTask has to be allowed to write what CloudWatch Logs writes, since 2019-02-15. */
  public letWrite(role: IRole) {
    role.addToPrincipalPolicy(
      new PolicyStatement({ actions: ['s3:PutObject'], resources: [this.bucket.arnForObjects(this.keys)] }),
    );
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

  private get keys(): string {
    return this.keyPrefix === '' ? '*' : `${this.keyPrefix}/*`;
  }

  private ownKeys(folder: string): string {
    return `${this.keys.slice(0, -1)}${OWN_FOLDER}/${folder}*`;
  }

  private letList(role: IRole, keys: string) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:ListBucket'],
        resources: [this.bucket.bucketArn],
        conditions: { StringLike: { 's3:prefix': keys } },
      }),
    );
  }

  private letReadAndWrite(role: IRole, ...keys: string[]) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: ['s3:GetObject', 's3:PutObject'],
        resources: keys.map((each) => this.bucket.arnForObjects(each)),
      }),
    );
  }

  private createBucket(): Bucket {
    return new Bucket(this, 'Bucket', {
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      encryption: BucketEncryption.S3_MANAGED,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      versioned: true,
    });
  }

  private refuseAnotherRegion() {
    const ours = Stack.of(this).region;
    const theirs = this.bucket.env.region;
    if (!Token.isUnresolved(ours) && !Token.isUnresolved(theirs) && ours !== theirs) {
      throw new Error(
        `bucket must be in the Region of the log groups, ${ours}, since CloudWatch Logs exports to no other, got ${theirs}`,
      );
    }
  }

  /** https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/S3ExportTasks.html, with no way for a confused deputy. */
  private letCloudWatchLogsWrite() {
    const { account, partition, region, urlSuffix } = Stack.of(this);
    const principals = [new ServicePrincipal(`logs.${region}.${urlSuffix}`)];
    const fromHere = {
      StringEquals: { 'aws:SourceAccount': account },
      ArnLike: { 'aws:SourceArn': `arn:${partition}:logs:${region}:${account}:log-group:*` },
    };
    const statements = [
      new PolicyStatement({
        principals,
        actions: ['s3:GetBucketAcl'],
        resources: [this.bucket.bucketArn],
        conditions: fromHere,
      }),
      new PolicyStatement({
        principals,
        actions: ['s3:PutObject'],
        resources: [this.bucket.arnForObjects(this.keys)],
        conditions: {
          ...fromHere,
          StringEquals: { ...fromHere.StringEquals, 's3:x-amz-acl': 'bucket-owner-full-control' },
        },
      }),
    ];
    const added = statements.map((statement) => this.bucket.addToResourcePolicy(statement).statementAdded);
    if (added.includes(false)) {
      const printed = JSON.stringify(
        asSubstitutions(Stack.of(this).resolve(statements.map((each) => each.toStatementJson()))),
        null,
        2,
      );
      Annotations.of(this).addWarningV2(
        'cdk-log-archiver:bucketPolicy',
        `the policy of an imported bucket cannot be changed from here; exports fail until it has these statements:\n${printed}`,
      );
    }
  }
}

/** CloudFormation's functions in the form of `Fn::Sub`, which a reader can fill in; any other one as JSON. */
function asSubstitutions(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value), (_key, part) => {
    if (part?.Ref !== undefined) {
      return `\${${part.Ref}}`;
    }
    const [delimiter, parts] = part?.['Fn::Join'] ?? [];
    return Array.isArray(parts)
      ? parts.map((each) => (typeof each === 'string' ? each : JSON.stringify(each))).join(delimiter)
      : part;
  });
}
