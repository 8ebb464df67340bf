import { type AccessCase, createCase } from './access-cases';
import { createKeys } from './archiver-cases';
import { type DeployedStack, REGION } from './deployed-stack';

type Context = Record<string, string>;

const ROLES = {
  plan: 'VerifierPlanVerificationRole',
  verify: 'VerifierVerifyReceiptsRole',
  write: 'VerifierWriteStatementsRole',
  machine: 'VerifierWorkflowStateMachineRole',
  schedule: 'VerifierScheduleRole',
};
type RoleName = keyof typeof ROLES;
const ALL = Object.keys(ROLES) as RoleName[];
const FUNCTIONS = {
  plan: 'VerifierPlanVerification',
  verify: 'VerifierVerifyReceipts',
  write: 'VerifierWriteStatements',
};
const FUNCTION_NAMES = Object.keys(FUNCTIONS) as (keyof typeof FUNCTIONS)[];
const FOREIGN_ACCOUNT = '333333333333';

export interface VerifierLocation {
  readonly bucketName: string;
  /** Account and `keyPrefix` of an archiver that the verifier must find. */
  readonly archiver: { account: string; keyPrefix: string };
  /** `keyPrefix` of archivers whose metadata the verifier must not read. */
  readonly otherKeyPrefixes: string[];
}

/** Returns the ARNs of a verifier's roles. */
export function getVerifierRoles(stack: DeployedStack): Record<RoleName, string> {
  const arns = Object.entries(ROLES).map(([name, start]) => [name, stack.arn('AWS::IAM::Role', start)]);
  return Object.fromEntries(arns) as Record<RoleName, string>;
}

/** Keys of the verifier's own files. */
const VERIFIED = {
  folders: '_verified/runs/run/folders.json',
  periods: '_verified/runs/run/periods.json',
  archivers: '_verified/runs/run/archivers.json',
  results: '_verified/runs/run/results/0a1b/2c3d.json',
  statement: '_verified/statements/111111111111/ap-northeast-1/111111111111/ap-northeast-1/machine/2026-10.json',
  signature: '_verified/statements/111111111111/ap-northeast-1/111111111111/ap-northeast-1/machine/2026-10.json.sig',
  table: '_verified/table.json',
  tableSignature: '_verified/table.json.sig',
  page: '_verified/table.html',
};
const PLANS = [VERIFIED.folders, VERIFIED.periods, VERIFIED.archivers];
const STATEMENTS = [VERIFIED.statement, VERIFIED.signature];
const TABLE = [VERIFIED.table, VERIFIED.tableSignature, VERIFIED.page];

function createAsk(stack: DeployedStack) {
  const roles = getVerifierRoles(stack);
  /** Returns a call of each role, allowed for these roles only. */
  return (by: RoleName[], action: string, resource: string, context?: Context): AccessCase[] =>
    ALL.map((name) => {
      const { description, ...call } = createCase(by.includes(name), roles[name], action, resource, context);
      const owner = resource.startsWith('arn:aws:s3:::') ? { owner: stack.account } : {};
      return { ...call, ...owner, description: `${name}, ${description}` };
    });
}

/** Returns the calls of the verifier's roles on the bucket. */
export function listBucketCases(
  stack: DeployedStack,
  { bucketName, archiver, otherKeyPrefixes }: VerifierLocation,
): AccessCase[] {
  const ask = createAsk(stack);
  const bucket = `arn:aws:s3:::${bucketName}`;
  const keys = createKeys(archiver.account, archiver.keyPrefix);
  const [plans, others] = [PLANS, otherKeyPrefixes.map((keyPrefix) => createKeys(archiver.account, keyPrefix))];
  const lists = (by: RoleName[], prefix: string) => ask(by, 's3:ListBucket', bucket, { 's3:prefix': prefix });
  const get = (by: RoleName[], key: string) => ask(by, 's3:GetObject', `${bucket}/${key}`);
  const put = (by: RoleName[], key: string) =>
    ask(by, 's3:PutObject', `${bucket}/${key}`, { 's3:ObjectCreationOperation': 'true' });
  const functions: RoleName[] = ['plan', 'verify', 'write'];
  const cases = [
    lists([...functions, 'machine'], keys.receipts),
    ...['', keys.period, keys.archived, '_verified/', '_verified/statements/'].map((prefix) =>
      lists(functions, prefix),
    ),
    get(['plan', 'write'], keys.period),
    get(['plan', 'write'], keys.period.replace('.json', '.receipts.json')),
    get(['verify'], keys.receipt),
    get(['machine', 'write'], VERIFIED.folders),
    ...[VERIFIED.periods, VERIFIED.archivers, VERIFIED.results].map((key) => get(['write'], key)),
    ...STATEMENTS.map((key) => get(['plan', 'write'], key)),
    ...plans.map((key) => put(['plan'], key)),
    put(['verify'], VERIFIED.results),
    ...[...STATEMENTS, ...TABLE].map((key) => put(['write'], key)),
  ].flat();
  return [
    ...cases,
    ...cases.filter(({ allowed }) => allowed).map(moveToAnotherAccount),
    // No role may read archived objects.
    ...[keys.archived, keys.permissionCheck, keys.report, keys.part, 'notes'].flatMap((key) => get([], key)),
    ...TABLE.flatMap((key) => get([], key)),
    ...others.flatMap(({ receipt, period, receipts }) => [
      ...get([], receipt),
      ...get([], period),
      ...lists(functions, receipts),
    ]),
    // No role may write what an archiver has written, or anything else.
    ...Object.values(keys).flatMap((key) => put([], key)),
    ...['_verified/other.json', '_verified/runs/run/other.json', 'notes'].flatMap((key) => put([], key)),
    ...[keys.receipt, keys.period, ...Object.values(VERIFIED)].flatMap((key) => [
      ...['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObjectRetention', 's3:PutObjectTagging'].flatMap(
        (action) => ask([], action, `${bucket}/${key}`),
      ),
    ]),
    ...['s3:ListBucketVersions', 's3:PutBucketPolicy', 's3:PutLifecycleConfiguration', 's3:DeleteBucket'].flatMap(
      (action) => ask([], action, bucket),
    ),
    ...ask([], 's3:ListBucketVersions', bucket, { 's3:prefix': keys.receipts }),
    ...ask([], 's3:ListBucket', `${bucket}-of-another`, { 's3:prefix': keys.receipts }),
    ...[VERIFIED.folders, VERIFIED.statement, keys.period].flatMap((key) => [
      ...ask([], 's3:GetObject', `${bucket}-of-another/${key}`),
    ]),
  ];
}

/** Another account may have taken the name of the bucket first, and opened its bucket to everyone. */
function moveToAnotherAccount({ description, context, ...accessCase }: AccessCase): AccessCase {
  return {
    ...accessCase,
    description: `${description} in another account`,
    context: { ...context, 's3:ResourceAccount': FOREIGN_ACCOUNT },
    allowed: false,
  };
}

/** Returns the calls of the verifier's roles on everything else that the verifier creates. */
export function listServiceCalls(stack: DeployedStack): AccessCase[] {
  const ask = createAsk(stack);
  const { account } = stack;
  const machine = stack.arn('AWS::StepFunctions::StateMachine');
  const execution = machine.replace(':stateMachine:', ':execution:');
  const foreign = `arn:aws:states:${REGION}:${account}`;
  const ofFunctions = FUNCTION_NAMES.flatMap((name) => {
    const logGroup = stack.arn('AWS::Logs::LogGroup', FUNCTIONS[name]).slice(0, -':*'.length);
    const lambda = stack.arn('AWS::Lambda::Function', FUNCTIONS[name]);
    return [
      ...ask([name], 'logs:CreateLogStream', `${logGroup}:log-stream:stream`),
      ...ask([name], 'logs:PutLogEvents', `${logGroup}:log-stream:stream`),
      ...ask([], 'logs:DeleteLogStream', `${logGroup}:log-stream:stream`),
      ...ask(['machine'], 'lambda:InvokeFunction', lambda),
      ...ask([], 'lambda:UpdateFunctionCode', lambda),
    ];
  });
  return [
    ...ofFunctions,
    ...ask([], 'logs:PutLogEvents', `arn:aws:logs:${REGION}:${account}:log-group:/app/orders:log-stream:forged`),
    ...ask([], 'logs:CreateLogStream', `arn:aws:logs:${REGION}:${account}:log-group:/app/orders:log-stream:forged`),
    ...ask([], 'lambda:InvokeFunction', `arn:aws:lambda:${REGION}:${account}:function:foreign`),
    ...ask(['machine', 'schedule'], 'states:StartExecution', machine),
    ...['states:DescribeExecution', 'states:StopExecution'].flatMap((action) => [
      ...ask(['machine'], action, `${execution}:run`),
      ...ask([], action, `${foreign}:execution:Foreign:run`),
    ]),
    ...['VerifyEachFolder', 'VerifyEachBatch'].flatMap((label) =>
      ask(['machine'], 'states:RedriveExecution', `${execution}/${label}:child`),
    ),
    ...ask([], 'states:RedriveExecution', `${foreign}:execution:Foreign/Map:child`),
    ...['/VerifyEachFolder:child', ':run'].flatMap((end) => ask([], 'states:GetExecutionHistory', execution + end)),
    ...ask([], 'states:StartExecution', `${foreign}:stateMachine:Foreign`),
    ...['states:UpdateStateMachine', 'states:DeleteStateMachine'].flatMap((action) => ask([], action, machine)),
    ...['Create', 'Get', 'Update', 'Delete'].flatMap((verb) => ask(['machine'], `logs:${verb}LogDelivery`, '*')),
    ...['ListLogDeliveries', 'PutResourcePolicy', 'DescribeResourcePolicies', 'DescribeLogGroups'].flatMap((action) =>
      ask(['machine'], `logs:${action}`, '*'),
    ),
    ...['PutTraceSegments', 'PutTelemetryRecords', 'GetSamplingRules', 'GetSamplingTargets'].flatMap((action) =>
      ask(['machine'], `xray:${action}`, '*'),
    ),
    ...ask([], 'xray:DeleteSamplingRule', `arn:aws:xray:${REGION}:${account}:sampling-rule/rule`),
    ...Object.values(getVerifierRoles(stack)).flatMap((role) => ask([], 'iam:PassRole', role)),
  ];
}

const WITH_SHA_256 = { 'kms:SigningAlgorithm': 'ECDSA_SHA_256' };

/** Returns who may use and administer the signing key. */
export function listSigningCases(stack: DeployedStack, administrator: string, foreigner: string): AccessCase[] {
  const ask = createAsk(stack);
  const key = stack.arn('AWS::KMS::Key', 'VerifierSigningKey');
  const another = stack.arn('AWS::KMS::Key', 'AnotherKey');
  const outsiders = [administrator, foreigner, 'states.amazonaws.com', 'lambda.amazonaws.com'];
  return [
    ...ask(['write'], 'kms:Sign', key, WITH_SHA_256),
    ...ask([], 'kms:Sign', key, { 'kms:SigningAlgorithm': 'ECDSA_SHA_384' }),
    ...ask([], 'kms:Sign', key),
    ...ask([], 'kms:Sign', another, WITH_SHA_256),
    ...ask([], 'kms:Verify', key, WITH_SHA_256),
    ...outsiders.map((who) => createCase(false, who, 'kms:Sign', key, WITH_SHA_256)),
    ...['kms:CreateGrant', 'kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion', 'kms:DisableKey'].flatMap((action) => [
      ...ask([], action, key),
      createCase(false, foreigner, action, key),
    ]),
    ...['kms:PutKeyPolicy', 'kms:GetPublicKey', 'kms:Verify', 'kms:ScheduleKeyDeletion'].map((action) =>
      createCase(true, administrator, action, key),
    ),
    ...['kms:GetPublicKey', 'kms:Verify'].map((action) => createCase(false, foreigner, action, key)),
  ];
}

/** Returns the use of the key of the bucket: through S3 and for this bucket only. */
export function listBucketKeyCases(stack: DeployedStack, { bucketName }: VerifierLocation): AccessCase[] {
  const ask = createAsk(stack);
  const [key, another] = ['BucketKey', 'AnotherKey'].map((start) => stack.arn('AWS::KMS::Key', start));
  const bucket = `arn:aws:s3:::${bucketName}`;
  const through = (service: string, region = REGION): Context => ({
    'kms:ViaService': `${service}.${region}.amazonaws.com`,
  });
  const forObject = (arn: string): Context => ({ 'kms:EncryptionContext:aws:s3:arn': arn });
  const right = { ...through('s3'), ...forObject(bucket) };
  const wrong: Context[] = [
    {},
    through('s3'),
    forObject(bucket),
    { ...through('sqs'), ...forObject(bucket) },
    { ...through('s3', 'us-east-1'), ...forObject(bucket) },
    { ...through('s3'), ...forObject(`${bucket}-of-another`) },
    { ...through('s3'), ...forObject('arn:aws:s3:::another/a') },
  ];
  return [
    ...[bucket, `${bucket}/a`].flatMap((arn) => [
      ...ask(['plan', 'verify', 'write'], 'kms:GenerateDataKey', key, { ...through('s3'), ...forObject(arn) }),
      ...ask(['plan', 'verify', 'write', 'machine'], 'kms:Decrypt', key, { ...through('s3'), ...forObject(arn) }),
    ]),
    ...['kms:GenerateDataKey', 'kms:Decrypt'].flatMap((action) => [
      ...wrong.flatMap((context) => ask([], action, key, context)),
      ...ask([], action, another, right),
    ]),
    ...['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant', 'kms:PutKeyPolicy'].flatMap((action) =>
      ask([], action, key, right),
    ),
  ];
}
