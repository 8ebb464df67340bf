import type { Row } from './access-cases';
import { keysOf, type Place } from './archiver-cases';
import { REGION } from './deployed-stack';
import { LOGS } from './service-cases';

/** Of a third account. */
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

/** Asks for somebody at the bucket: `[allowed, action, key, context]`, an empty key for the bucket itself. */
function asking(who: string, principal: string, { bucketName, owner }: Place) {
  return ([allowed, action, key, context]: [boolean, string, string, Context?]): Row => {
    const resource = `arn:aws:s3:::${bucketName}${key === '' ? '' : `/${key}`}`;
    return {
      what: `${who}: ${action} on ${resource}${context ? ` with ${JSON.stringify(context)}` : ''}`,
      ...{ principal, action, resource, owner, context, allowed },
    };
  };
}

/** What the vault itself says to somebody of one of its accounts who may do everything there. */
export function membersOf(place: Place, member: string, organization: Context): Row[] {
  const own = keysOf(OWN, `${OWN}/${REGION}`);
  const shallow = keysOf(OWN, OWN);
  const others = keysOf(OTHER, `${OTHER}/${REGION}`);
  const list = (allowed: boolean, prefix: string): [boolean, string, string, Context] => [
    allowed,
    's3:ListBucket',
    '',
    { 's3:prefix': prefix },
  ];
  const rows: [boolean, string, string, Context?][] = [
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
    // The parts of a multipart upload carry no such header.
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
    ...rows.map(([allowed, action, key, context]) =>
      asking('member', member, place)([allowed, action, key, { ...organization, ...context }]),
    ),
    ...deletionsOf('member', member, place).map((row) => ({ ...row, context: organization })),
  ];
}

/** What nobody but the owner does, whatever the bucket policy says besides. */
export function deletionsOf(who: string, principal: string, place: Place, allowed = false): Row[] {
  const own = keysOf(OWN, `${OWN}/${REGION}`);
  return [
    ...[...DELETES, ...OBJECT_CHANGES].flatMap((action) =>
      [own.archived, own.receipt].map((key): [boolean, string, string] => [allowed, action, key]),
    ),
    ...BUCKET_CHANGES.map((action): [boolean, string, string] => [allowed, action, '']),
  ].map(asking(who, principal, place));
}

/** What the owner may, and what not even the owner. */
export function ownerOf(place: Place, owner: string): Row[] {
  const { archived, receipt, part } = keysOf(OWN, `${OWN}/${REGION}`);
  const rows: [boolean, string, string, Context?][] = [
    [true, 's3:GetObject', archived],
    [true, 's3:ListBucket', '', { 's3:prefix': '' }],
    [false, 's3:PutObject', receipt, NEW],
    [false, 's3:PutObject', part, NEW],
    [false, 's3:GetObject', archived, { 'aws:SecureTransport': 'false' }],
  ];
  return [...rows.map(asking('owner', owner, place)), ...deletionsOf('owner', owner, place, true)];
}

/** Somebody whom the vault does not know. */
export function strangersAt(place: Place, stranger: string, organization: Context): Row[] {
  const account = stranger.split(':')[4];
  const own = keysOf(OWN, `${OWN}/${REGION}`);
  const rows: [boolean, string, string, Context?][] = [
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
  return rows.map(asking(`stranger ${JSON.stringify(organization)}`, stranger, place));
}

/** Who uses the key of the vault, and for what. */
export function keyRows(
  key: string,
  { bucketName }: Place,
  [member, owner, stranger]: [string, string, string],
  organization: Context,
): Row[] {
  const bucket = `arn:aws:s3:::${bucketName}`;
  const through = (service = 's3'): Context => ({ 'kms:ViaService': `${service}.${REGION}.amazonaws.com` });
  const forObject = (arn: string): Context => ({ 'kms:EncryptionContext:aws:s3:arn': arn });
  const ask = (allowed: boolean, principal: string, action: string, context: Context): Row => ({
    what: `${principal}: ${action} with ${JSON.stringify(context)}`,
    ...{ principal, action, resource: key, context, allowed },
  });
  const uses = ['kms:GenerateDataKey', 'kms:Decrypt'];
  return [
    ask(true, owner, 'kms:PutKeyPolicy', {}),
    ...uses.flatMap((action) => [
      ...[bucket, `${bucket}/a`].flatMap((arn) => [
        ask(true, member, action, { ...organization, ...through(), ...forObject(arn) }),
        ask(true, LOGS, action, forObject(arn)),
        ask(false, stranger, action, { ...through(), ...forObject(arn) }),
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

/** What the functions of a workload ask of the key, through S3. */
export function keyCallsOf(
  key: string,
  { bucketName }: Place,
  roles: Record<string, string>,
  organization: Context,
): Row[] {
  const context = {
    ...organization,
    'kms:ViaService': `s3.${REGION}.amazonaws.com`,
    'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketName}`,
  };
  const mayUse = ['plan', 'export', 'record'];
  const ofObject = { ...context, 'kms:EncryptionContext:aws:s3:arn': `arn:aws:s3:::${bucketName}/a` };
  return Object.entries(roles).flatMap(([name, principal]) => [
    ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((action) =>
      [context, ofObject].map((right) => ({
        what: `${name}: ${action} for the vault`,
        ...{ principal, action, resource: key, context: right, allowed: mayUse.includes(name) },
      })),
    ),
    {
      what: `${name}: kms:Decrypt by another key`,
      ...{ principal, action: 'kms:Decrypt', resource: ANOTHER_KEY, context, allowed: false },
    },
    ...[
      { ...context, 'kms:EncryptionContext:aws:s3:arn': 'arn:aws:s3:::another' },
      { ...context, 'kms:ViaService': `sqs.${REGION}.amazonaws.com` },
    ].map((wrong) => ({
      what: `${name}: kms:Decrypt with ${JSON.stringify(wrong)}`,
      ...{ principal, action: 'kms:Decrypt', resource: key, context: wrong, allowed: false },
    })),
    ...['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'].map((action) => ({
      what: `${name}: ${action}`,
      ...{ principal, action, resource: key, context, allowed: false },
    })),
  ]);
}
