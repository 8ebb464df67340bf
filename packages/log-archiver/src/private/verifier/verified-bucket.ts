import { Stack } from 'aws-cdk-lib';
import { type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { METADATA_PREFIX, VERIFIED_PREFIX } from '../core';
import { createKeyUseStatement } from '../destination/key-statements';
import type { VerifierSettings } from './verifier-settings';

/**
 * Bucket of the archive, and the grants to verify it. A verifier lists the objects of the archive and never reads them.
 */
export class VerifiedBucket {
  constructor(private readonly settings: Pick<VerifierSettings, 'bucket' | 'keyPrefix'>) {}

  /** Allows to find archivers, periods and statements, and to write the plan of a run. */
  public grantPlan(role: IRole) {
    this.grantList(role);
    this.grant(role, 's3:GetObject', `${this.metadata}/periods/*`, `${VERIFIED_PREFIX}/statements/*`);
    this.grant(role, 's3:PutObject', `${VERIFIED_PREFIX}/runs/*`);
  }

  /** Allows to read receipts, to list the objects of their tasks, and to write results. */
  public grantVerify(role: IRole) {
    this.grantList(role);
    this.grant(role, 's3:GetObject', `${this.metadata}/receipts/*`);
    this.grant(role, 's3:PutObject', `${VERIFIED_PREFIX}/runs/*`);
  }

  /** Allows to read results and period statuses, and to write statements and the table. */
  public grantReport(role: IRole) {
    this.grantList(role);
    this.grant(role, 's3:GetObject', `${this.metadata}/periods/*`, `${VERIFIED_PREFIX}/*`);
    this.grant(role, 's3:PutObject', `${VERIFIED_PREFIX}/statements/*`, `${VERIFIED_PREFIX}/table.*`);
  }

  /** Allows Step Functions to read the items of the Maps: the folders of a run, and the receipts in each. */
  public grantReadItems(role: IRole) {
    this.grantList(role);
    this.grant(role, 's3:GetObject', `${VERIFIED_PREFIX}/runs/*`);
  }

  private grantList(role: IRole) {
    this.add(role, 's3:ListBucket', [this.settings.bucket.bucketArn]);
  }

  private grant(role: IRole, action: string, ...keys: string[]) {
    this.add(
      role,
      action,
      keys.map((each) => this.settings.bucket.arnForObjects(each)),
    );
    this.grantKeyUse(role);
  }

  /** Keys of the archivers' metadata. In an archive bucket, each `keyPrefix` starts with an account. */
  private get metadata(): string {
    const { keyPrefix } = this.settings;
    const start = keyPrefix === null ? '*/' : keyPrefix === '' ? '' : `${keyPrefix}/`;
    return `${start}${METADATA_PREFIX}`;
  }

  private add(role: IRole, action: string, resources: string[]) {
    role.addToPrincipalPolicy(
      new PolicyStatement({
        actions: [action],
        resources,
        conditions: { StringEquals: { 's3:ResourceAccount': Stack.of(role).account } },
      }),
    );
  }

  private grantKeyUse(role: IRole) {
    const { bucket } = this.settings;
    if (bucket.encryptionKey) {
      role.addToPrincipalPolicy(createKeyUseStatement(Stack.of(role), bucket.encryptionKey, bucket));
    }
  }
}

/** Allows to read the table of another verifier, in a bucket of the same account. */
export function grantReadTable(role: IRole, bucket: IBucket) {
  const table = `${VERIFIED_PREFIX}/table.json`;
  const inAccount = { 's3:ResourceAccount': Stack.of(role).account };
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['s3:ListBucket'],
      resources: [bucket.bucketArn],
      conditions: { StringEquals: { ...inAccount, 's3:prefix': table } },
    }),
  );
  role.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['s3:GetObject'],
      resources: [bucket.arnForObjects(table)],
      conditions: { StringEquals: inAccount },
    }),
  );
  if (bucket.encryptionKey) {
    const { encryptionKey } = bucket;
    role.addToPrincipalPolicy(createKeyUseStatement(Stack.of(role), encryptionKey, bucket, ['kms:Decrypt']));
  }
}
