import type { AccessCase } from './access-cases';
import { type BucketLocation, createKeys } from './archiver-cases';
import { REGION } from './deployed-stack';
import { LOGS } from './service-cases';

/** Key of a third account. */
export const ANOTHER_KEY = `arn:aws:kms:${REGION}:444444444444:key/another`;
const OWN = '111111111111';
const OTHER = '222222222222';
const DELETES = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:BypassGovernanceRetention'];
const OBJECT_CHANGES = ['s3:PutObjectLegalHold', 's3:PutObjectRetention'];
const BUCKET_CHANGES = [
  's3:DeleteBucket',
  's3:DeleteBucketPolicy',
  's3:PutBucketObjectLockConfiguration',
  's3:PutBucketPolicy',
  's3:PutBucketVersioning',
  's3:PutLifecycleConfiguration',
];
const NEW = { 's3:ObjectCreationOperation': 'true' };
const NEW_ONLY = { ...NEW, 's3:if-none-match': '*' };

type Context = Record<string, string>;

/** Returns a function that creates cases of a principal at the bucket. An empty key stands for the bucket itself. */
function describeCases(who: string, principal: string, { bucketName, owner }: BucketLocation) {
  return ([allowed, action, key, context]: [boolean, string, string, Context?]): AccessCase => {
    const resource = `arn:aws:s3:::${bucketName}${key === '' ? '' : `/${key}`}`;
    return {
      description: `${who}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`,
      ...{ principal, action, resource, owner, context, allowed },
    };
  };
}

/** Returns the access of an administrator of a source account, as far as the bucket decides. */
export function listMemberCases(location: BucketLocation, member: string, organization: Context): AccessCase[] {
  const own = createKeys(OWN, `${OWN}/${REGION}`);
  const shallow = createKeys(OWN, OWN);
  const others = createKeys(OTHER, `${OTHER}/${REGION}`);
  const list = (allowed: boolean, prefix: string): [boolean, string, string, Context] => [
    allowed,
    's3:ListBucket',
    '',
    { 's3:prefix': prefix },
  ];
  const cases: [boolean, string, string, Context?][] = [
    [true, 's3:PutObject', own.archived, NEW],
    [true, 's3:PutObject', own.report, NEW],
    [true, 's3:PutObject', own.period, NEW],
    ...[own, shallow].flatMap(({ receipt, part }) =>
      [receipt, part].flatMap((key): [boolean, string, string, Context?][] => [
        [true, 's3:PutObject', key, NEW_ONLY],
        [false, 's3:PutObject', key, NEW],
        [true, 's3:GetObject', key],
      ]),
    ),
    // The parts of a multipart upload do not carry the If-None-Match header.
    [true, 's3:PutObject', own.receipt, { 's3:ObjectCreationOperation': 'false' }],
    [false, 's3:GetObject', own.archived],
    [false, 's3:GetBucketAcl', ''],
    [false, 's3:ListBucketVersions', '', { 's3:prefix': own.receipts }],
    list(true, own.receipts),
    list(true, own.archived),
    list(true, `${OWN}/`),
    ...['', '1', OWN, `${OTHER}/`, others.receipts].map((prefix) => list(false, prefix)),
    [false, 's3:ListBucket', ''],
    ...[others.archived, others.report, `${OWN}0/a`, 'a', `a/${OWN}/a`].map(
      (key): [boolean, string, string, Context] => [false, 's3:PutObject', key, NEW],
    ),
    [false, 's3:PutObject', others.receipt, NEW_ONLY],
    ...[others.receipt, others.archived, others.report].map((key): [boolean, string, string] => [
      false,
      's3:GetObject',
      key,
    ]),
    [false, 's3:PutObjectAcl', own.archived],
    [false, 's3:GetObjectVersion', own.receipt],
    [false, 's3:PutObject', own.archived, { ...NEW, 'aws:SecureTransport': 'false' }],
    [false, 's3:PutObject', own.archived, { ...NEW, 's3:TlsVersion': '1.1' }],
    [false, 's3:ListBucket', '', { 's3:prefix': own.receipts, 'aws:SecureTransport': 'false' }],
    [false, 's3:ListBucket', '', { 's3:prefix': own.receipts, 's3:TlsVersion': '1.1' }],
  ];
  return [
    ...cases.map(([allowed, action, key, context]) =>
      describeCases('member', member, location)([allowed, action, key, { ...organization, ...context }]),
    ),
    ...listDeletionCases('member', member, location).map((accessCase) => ({ ...accessCase, context: organization })),
  ];
}

/** Returns actions that only the owner is allowed, whatever is added to the bucket policy. */
export function listDeletionCases(
  who: string,
  principal: string,
  location: BucketLocation,
  allowed = false,
): AccessCase[] {
  const own = createKeys(OWN, `${OWN}/${REGION}`);
  return [
    ...[...DELETES, ...OBJECT_CHANGES].flatMap((action) =>
      [own.archived, own.receipt].map((key): [boolean, string, string] => [allowed, action, key]),
    ),
    ...BUCKET_CHANGES.map((action): [boolean, string, string] => [allowed, action, '']),
  ].map(describeCases(who, principal, location));
}

/** Returns the access of an administrator of the bucket's account. */
export function listOwnerCases(location: BucketLocation, owner: string): AccessCase[] {
  const { archived, receipt, part } = createKeys(OWN, `${OWN}/${REGION}`);
  const cases: [boolean, string, string, Context?][] = [
    [true, 's3:GetObject', archived],
    [true, 's3:ListBucket', '', { 's3:prefix': '' }],
    [false, 's3:PutObject', receipt, NEW],
    [false, 's3:PutObject', part, NEW],
    [false, 's3:GetObject', archived, { 'aws:SecureTransport': 'false' }],
  ];
  return [...cases.map(describeCases('owner', owner, location)), ...listDeletionCases('owner', owner, location, true)];
}

/** Returns the access of an administrator of a foreign account. */
export function listStrangerCases(location: BucketLocation, foreigner: string, organization: Context): AccessCase[] {
  const account = foreigner.split(':')[4];
  const own = createKeys(OWN, `${OWN}/${REGION}`);
  const cases: [boolean, string, string, Context?][] = [
    ...[own.archived, `${account}/a`].map((key): [boolean, string, string, Context] => [
      false,
      's3:PutObject',
      key,
      { ...NEW, ...organization },
    ]),
    ...[own.receipt, own.archived, `${account}/_log-archiver/a`].map((key): [boolean, string, string, Context] => [
      false,
      's3:GetObject',
      key,
      organization,
    ]),
    ...['', `${OWN}/`, `${account}/`].map((prefix): [boolean, string, string, Context] => [
      false,
      's3:ListBucket',
      '',
      { 's3:prefix': prefix, ...organization },
    ]),
  ];
  return cases.map(describeCases(`foreign account ${JSON.stringify(organization)}`, foreigner, location));
}

/** Returns the access to the bucket's key of the source accounts, the owner and foreign accounts. */
export function listKeyCases(
  key: string,
  { bucketName }: BucketLocation,
  [member, owner, foreigner]: [string, string, string],
  organization: Context,
): AccessCase[] {
  const bucket = `arn:aws:s3:::${bucketName}`;
  const through = (service = 's3'): Context => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });
  const forObject = (arn: string): Context => ({ 'kms:EncryptionContext:aws:s3:arn': arn });
  const ask = (allowed: boolean, principal: string, action: string, context: Context): AccessCase => ({
    description: `${principal}: ${action} with ${JSON.stringify(context)}`,
    ...{ principal, action, resource: key, context, allowed },
  });
  const uses = ['kms:GenerateDataKey', 'kms:Decrypt'];
  return [
    ask(true, owner, 'kms:PutKeyPolicy', {}),
    ...uses.flatMap((action) => [
      ...[bucket, `${bucket}/a`].flatMap((arn) => [
        ask(true, member, action, { ...organization, ...through(), ...forObject(arn) }),
        ask(true, LOGS, action, forObject(arn)),
        ask(false, foreigner, action, { ...through(), ...forObject(arn) }),
        ask(false, 'logs.us-east-1.amazonaws.com', action, forObject(arn)),
      ]),
      ...[`${bucket}-of-another`, 'arn:aws:s3:::another', 'arn:aws:s3:::another/a'].flatMap((arn) => [
        ask(false, member, action, { ...organization, ...through(), ...forObject(arn) }),
        ask(false, LOGS, action, forObject(arn)),
      ]),
      ask(false, member, action, { ...organization, ...through() }),
      ask(false, member, action, { ...organization, ...forObject(bucket) }),
      ask(false, member, action, { ...organization, ...through('sqs'), ...forObject(bucket) }),
      ask(false, LOGS, action, {}),
    ]),
    ...['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:CreateGrant', 'kms:ReEncryptFrom'].flatMap((action) => [
      ask(false, member, action, { ...organization, ...through(), ...forObject(bucket) }),
      ask(false, LOGS, action, forObject(bucket)),
    ]),
  ];
}

/** Returns the access of an archiver's functions to the bucket's key, through S3. */
export function listKeyCalls(
  key: string,
  { bucketName }: BucketLocation,
  roles: Record<string, string>,
  organization: Context,
): AccessCase[] {
  const context = {
    ...organization,
    'kms:ViaService': `s3.${REGION}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketName}`,
  };
  const users = ['plan', 'export', 'record'];
  const ofObject = { ...context, 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketName}/a` };
  return Object.entries(roles).flatMap(([name, principal]) => [
    ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((action) =>
      [context, ofObject].map((right) => ({
        description: `${name}: ${action} for the bucket`,
        ...{ principal, action, resource: key, context: right, allowed: users.includes(name) },
      })),
    ),
    {
      description: `${name}: kms:Decrypt by another key`,
      ...{ principal, action: 'kms:Decrypt', resource: ANOTHER_KEY, context, allowed: false },
    },
    ...[
      { ...context, 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::another' },
      { ...context, 'kms:ViaService': `sqs.${REGION}.amazonaws.com` },
    ].map((wrong) => ({
      description: `${name}: kms:Decrypt with ${JSON.stringify(wrong)}`,
      ...{ principal, action: 'kms:Decrypt', resource: key, context: wrong, allowed: false },
    })),
    ...['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'].map((action) => ({
      description: `${name}: ${action}`,
      ...{ principal, action, resource: key, context, allowed: false },
    })),
  ]);
}
