import type { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { METADATA_PREFIX, STATEMENTS_PREFIX, VERIFIED_PREFIX } from '../core';
import type { Conditions } from './bucket-statements';
import type { DestinationKey } from './destination-key';
import { grantOnResource } from './grant-on-resource';

export interface ReadGrantProps {
  readonly bucket: IBucket;
  readonly key?: DestinationKey;
  /** Start of the keys of the archive: empty, or with a `/` at its end. May contain patterns. */
  readonly keyStart: string;
  /** Whether the bucket has nothing but the archive, so that all keys may be listed, and a verifier's records be read. */
  readonly isWholeBucket: boolean;
}

/**
 * Allows a principal to read the archived objects, receipts, period statuses, reports of runs, and verified statements.
 *
 * Files of one archiver are left out. One of them has the secret in the names of its export tasks. The table of a verifier
 * is left out unless the bucket is the archive's own, because it is about all archives of the bucket.
 */
export function grantReadArchive(scope: Construct, grantee: IGrantable, props: ReadGrantProps): Grant {
  const { bucket, key, keyStart, isWholeBucket } = props;
  const metadata = `${keyStart}${METADATA_PREFIX}`;
  const statements = `${STATEMENTS_PREFIX}${keyStart}*`;
  const keys = [
    `${keyStart}20??/*`,
    `${metadata}/receipts/*`,
    `${metadata}/periods/*/20??-*.json`,
    `${metadata}/runs/*/report.json`,
    isWholeBucket ? `${VERIFIED_PREFIX}/*` : statements,
  ];
  const warning = {
    id: 'readerBucketPolicy',
    text:
      'the bucket is imported, so its policy cannot be updated automatically; the grantee of grantRead cannot read the ' +
      'archive until it contains this statement',
    arn: bucket.bucketArn,
    account: bucket.env.account,
  };
  const listed = { StringLike: { 's3:prefix': [`${keyStart}20*`, `${metadata}/*`, statements] } };
  const grant = (action: string, resourceArns: string[], conditions: Conditions = {}) =>
    grantOnResource(scope, bucket, warning, {
      grantee,
      actions: [action],
      resourceArns,
      // A bucket name can be guessed, and another account may have taken it first. A bucket's own policy needs no such check.
      conditions: { ...conditions, StringEquals: { 's3:ResourceAccount': bucket.env.account } },
      inPolicy: { resourceArns, conditions },
    });
  const grants = [
    grant(
      's3:GetObject',
      keys.map((each) => bucket.arnForObjects(each)),
    ),
    grant('s3:ListBucket', [bucket.bucketArn], isWholeBucket ? {} : listed),
    ...(key ? [key.grantRead(grantee)] : []),
  ];
  return grants.reduce((all, each) => all.combine(each));
}
