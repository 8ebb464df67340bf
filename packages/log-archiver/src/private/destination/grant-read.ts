import { type Grant, type IGrantable, type IPrincipal, type IRole, PolicyStatement, Role } from 'aws-cdk-lib/aws-iam';
import { BucketPolicy, type IBucket } from 'aws-cdk-lib/aws-s3';
import { type Construct, Dependable } from 'constructs';
import { METADATA_PREFIX, STATEMENTS_PREFIX, VERIFIED_PREFIX } from '../core';
import { printStatements } from '../policy-statements';
import type { Conditions } from './bucket-statements';
import type { DestinationKey } from './destination-key';
import { grantOnResource } from './grant-on-resource';
import { renderBucketArn } from './rendered-bucket';

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
  const objects = grant(
    's3:GetObject',
    keys.map((each) => bucket.arnForObjects(each)),
  );
  const list = grant('s3:ListBucket', [bucket.bucketArn], isWholeBucket ? {} : listed);
  const all = [list, ...(key ? [key.grantRead(grantee)] : [])].reduce((one, other) => one.combine(other), objects);
  const { grantPrincipal } = grantee;
  if (isImportedRole(grantPrincipal) && !hasChangedPrincipal(objects)) {
    warnOfRole(scope, grantPrincipal, bucket, all.principalStatements);
  }
  return all;
}

function isImportedRole(principal: IPrincipal): principal is IRole {
  return 'roleArn' in principal && !Role.isRole(principal);
}

/**
 * Whether a grant has changed a policy of the principal. The dependencies of a grant are what it changed.
 *
 * The CDK ignores a statement for an imported role of another account than the stack's, and reports success.
 */
function hasChangedPrincipal(grant: Grant): boolean {
  return Dependable.of(grant).dependencyRoots.some((each) => !(each instanceof BucketPolicy));
}

/** Prints the statements that the policy of an imported role needs. */
function warnOfRole(scope: Construct, { roleArn, env }: IRole, bucket: IBucket, statements: PolicyStatement[]) {
  // Another account cannot refer to a bucket of the stack.
  const json = JSON.stringify(statements.map((each) => each.toStatementJson()));
  const named: object[] = JSON.parse(json.replaceAll(bucket.bucketArn, renderBucketArn(bucket)));
  const text =
    'the role is imported, so its policy cannot be updated automatically; the grantee of grantRead cannot read the ' +
    'archive until it contains these statements';
  printStatements(
    scope,
    { id: 'readerRolePolicy', text, arn: roleArn, account: env.account },
    named.map((each) => PolicyStatement.fromJson(each)),
  );
}
