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

/** Paths of roles, by name: those of the archivers' functions, and others of the same account. */
export const PATHS = {
  export: '/log-archiver/export-log-to-s3/',
  record: '/log-archiver/record-archive/',
  plan: '/log-archiver/plan-archive/',
  check: '/log-archiver/check-export-task/',
  machine: '/log-archiver/',
  member: '/',
  lookalike: '/team/log-archiver/record-archive/',
};
export type PathName = keyof typeof PATHS;

/** A check role, for example, is denied everything here even in a source account. */
const FOREIGN_ROLES = ['export', 'record', 'plan', 'member'] as const satisfies PathName[];

type Call = [by: PathName[], action: string, key: string, context?: Context];

/** Returns the calls on the bucket for keys of an account, each with the roles that the bucket allows it. */
function listCallsByRole(account: string, other: string, keyArn: string | undefined): Call[] {
  const [own, shallow, others] = [`${account}/${REGION}`, account, `${other}/${REGION}`].map((keyPrefix) =>
    createKeys(account, keyPrefix),
  );
  const list = (by: PathName[], prefix: string, context?: Context): Call => [
    by,
    's3:ListBucket',
    '',
    { 's3:prefix': prefix, ...context },
  ];
  const encryptedBy = (algorithm: string, value: string): Context => ({
    ...NEW,
    [`s3:x-amz-server-side-encryption-${algorithm}`]: value,
  });
  return [
    ...[own, shallow].flatMap((keys): Call[] => [
      [['export'], 's3:PutObject', keys.archived, NEW],
      [['export'], 's3:PutObject', keys.permissionCheck, NEW],
      ...[keys.receipt, keys.part].flatMap((key): Call[] => [
        [['record'], 's3:PutObject', key, NEW_ONLY],
        [[], 's3:PutObject', key, NEW],
      ]),
      [['record', 'plan'], 's3:GetObject', keys.receipt],
      [['record'], 's3:GetObject', keys.part],
      ...[keys.report, keys.period, keys.checkpoint].flatMap((key): Call[] => [
        [['plan'], 's3:PutObject', key, NEW],
        [['plan'], 's3:GetObject', key],
      ]),
      list(['record', 'plan'], keys.receipts),
      list(['record', 'plan'], keys.part),
      list(['record'], keys.archived),
      ...[keys.archived, keys.receipt, keys.period].map((key): Call => [[], 's3:GetObjectVersion', key]),
      [[], 's3:PutObjectAcl', keys.archived],
      [[], 's3:ListBucketVersions', '', { 's3:prefix': keys.receipts }],
      [[], 's3:GetObject', keys.archived],
    ]),
    // The parts of a multipart upload do not carry the If-None-Match header.
    [['record'], 's3:PutObject', own.receipt, { 's3:ObjectCreationOperation': 'false' }],
    list(['record'], `${account}/`),
    ...['', account.slice(0, 1), account, `${other}/`, others.receipts].map((prefix) => list([], prefix)),
    [[], 's3:ListBucket', ''],
    [[], 's3:GetBucketAcl', ''],
    ...['table.json', `statements/${own.archived}`, 'runs/a/periods.json'].map(
      (key): Call => [[], 's3:PutObject', `_verified/${key}`, NEW],
    ),
    [[], 's3:GetObject', '_verified/table.json'],
    ...['Asia', '1999', 'notes'].map((folder): Call => [[], 's3:PutObject', `${own}/${folder}/a`, NEW]),
    ...[others.archived, others.report, others.period, `${account}0/2026/a`, '2026/a', `a/${account}/2026/a`].map(
      (key): Call => [[], 's3:PutObject', key, NEW],
    ),
    ...[others.receipt, others.part].map((key): Call => [[], 's3:PutObject', key, NEW_ONLY]),
    ...[others.receipt, others.part, others.archived, others.report].map((key): Call => [[], 's3:GetObject', key]),
    [[], 's3:PutObject', own.archived, { ...NEW, 'aws:SecureTransport': 'false' }],
    [[], 's3:PutObject', own.archived, { ...NEW, 's3:TlsVersion': '1.1' }],
    list([], own.receipts, { 'aws:SecureTransport': 'false' }),
    list([], own.receipts, { 's3:TlsVersion': '1.1' }),
    [[], 's3:PutObject', own.archived, encryptedBy('customer-algorithm', 'AES256')],
    [[], 's3:PutObject', own.receipt, { ...NEW_ONLY, ...encryptedBy('customer-algorithm', 'AES256') }],
    [[], 's3:PutObject', own.archived, encryptedBy('aws-kms-key-id', ANOTHER_KEY)],
    ...(keyArn === undefined
      ? []
      : [[['export'], 's3:PutObject', own.archived, encryptedBy('aws-kms-key-id', keyArn)] satisfies Call]),
  ];
}

/**
 * Returns the access of roles of a source account that may do everything there, so that only the bucket decides.
 *
 * The name of a role is that of its path.
 */
export function listMemberCases(
  location: BucketLocation,
  roles: Record<PathName, string>,
  organization: Context,
  keyArn?: string,
): AccessCase[] {
  return Object.entries(roles).flatMap(([name, principal]) => [
    ...listCallsByRole(OWN, OTHER, keyArn).map(([by, action, key, context]) =>
      describeCases(
        name,
        principal,
        location,
      )([by.includes(name as PathName), action, key, { ...organization, ...context }]),
    ),
    ...listDeletionCases(name, principal, location).map((accessCase) => ({ ...accessCase, context: organization })),
  ]);
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

/** Returns the access of roles of a foreign account, to its own keys and to those of a source account. */
export function listStrangerCases(
  location: BucketLocation,
  roles: Record<PathName, string>,
  organization: Context,
): AccessCase[] {
  return FOREIGN_ROLES.map((name) => [name, roles[name]] as const).flatMap(([name, principal]) =>
    listCallsByRole(principal.split(':')[4], OWN, undefined).map(([, action, key, context]) =>
      describeCases(
        `foreign ${name} ${JSON.stringify(organization)}`,
        principal,
        location,
      )([false, action, key, { ...organization, ...context }]),
    ),
  );
}

/** Returns the access to the bucket's key: of roles under and outside the path, of the owner and of a foreign account. */
export function listKeyCases(
  key: string,
  { bucketName }: BucketLocation,
  { member, outsider, owner, foreigner }: Record<'member' | 'outsider' | 'owner' | 'foreigner', string>,
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
        ask(false, outsider, action, { ...organization, ...through(), ...forObject(arn) }),
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
