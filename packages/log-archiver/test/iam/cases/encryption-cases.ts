import { type AccessCase, createCase } from './access-cases';
import { getRoleArns } from './archiver-cases';
import { type DeployedStack, REGION } from './deployed-stack';
import { LOGS } from './service-cases';

type Context = Record<string, string>;
type RoleName = keyof ReturnType<typeof getRoleArns>;
/** Context of a call to a key, and the roles that may encrypt and decrypt in this context. */
type Use = [context: Context, encrypt: RoleName[], decrypt: RoleName[]];

const FOREIGN_ACCOUNT = '333333333333';
const DELIVERY = 'delivery.logs.amazonaws.com';
const through = (service: string, region = REGION): Context => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
});
const by = (name: string, value: string): Context => ({ [`kms:EncryptionContext:${name}`]: value });

/** Returns the uses of the `encryptionKey`. */
function listKeyUses(stack: DeployedStack, bucketName: string): Use[] {
  const machine = stack.arn('AWS::StepFunctions::StateMachine');
  const bucket = `arn:aws:s3:::${bucketName}`;
  const ofBucket: RoleName[] = ['plan', 'export', 'record'];
  const forMachine = (arn: string) => by('aws:states:stateMachineArn', arn);
  const delivered = (account: string, region = REGION) => by('SourceArn', `arn:aws:logs:${region}:${account}:*`);
  return [
    ...[bucket, `${bucket}/a`].map((arn): Use => [{ ...through('s3'), ...by('aws:s3:arn', arn) }, ofBucket, ofBucket]),
    ...[`${bucket}-of-another`, 'arn:aws:s3:::another', 'arn:aws:s3:::another/a'].map(
      (arn): Use => [{ ...through('s3'), ...by('aws:s3:arn', arn) }, [], []],
    ),
    [through('s3'), [], []],
    [by('aws:s3:arn', bucket), [], []],
    // AWS documents neither whether Step Functions calls with its own permissions, nor the context of a Map's
    // executions.
    [forMachine(machine), ['machine'], ['machine', 'plan']],
    [{ ...forMachine(machine), ...through('states') }, ['machine', 'schedule'], ['machine', 'plan', 'schedule']],
    [forMachine(`${machine}/ArchiveEachLogGroup`), ['machine'], ['machine']],
    ...[`${machine}2`, machine.replace(/[^:]*$/, 'Another'), machine.replace(stack.account, FOREIGN_ACCOUNT)].map(
      (arn): Use => [forMachine(arn), [], []],
    ),
    [delivered(stack.account), ['machine'], []],
    [delivered(FOREIGN_ACCOUNT), [], []],
    [delivered(stack.account, 'us-east-1'), [], []],
    [through('sqs'), ['schedule'], ['schedule']],
    [through('states'), ['schedule'], ['schedule']],
    [through('sqs', 'us-east-1'), [], []],
    [through('sns'), [], []],
    [{}, [], []],
  ];
}

/** Returns the access of an archiver's roles to its key, to the key of its topic, and to an unrelated key. */
export function listKeyUseCases(stack: DeployedStack, bucketName: string): AccessCase[] {
  const [own, topics, another] = ['Key', 'TopicKey', 'AnotherKey'].map((start) => stack.arn('AWS::KMS::Key', start));
  const roles = Object.entries(getRoleArns(stack)) as [RoleName, string][];
  const contexts = listKeyUses(stack, bucketName);
  const none = contexts.map(([context]): Use => [context, [], []]);
  const ofTopic: Use[] = [...none.slice(0, -2), [through('sns'), ['machine'], ['machine']], [{}, [], []]];
  const keys: [string, Use[]][] = [
    [String(own), contexts],
    [String(topics), ofTopic],
    [String(another), none],
  ];
  return keys.flatMap(([key, uses]) =>
    uses.flatMap(([context, encrypt, decrypt]) =>
      roles.flatMap(([name, role]) => [
        createCase(encrypt.includes(name), role, 'kms:GenerateDataKey', key, context),
        createCase(decrypt.includes(name), role, 'kms:Decrypt', key, context),
        ...(encrypt.includes(name) || decrypt.includes(name)
          ? ['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'].map((each) =>
              createCase(false, role, each, key, context),
            )
          : []),
      ]),
    ),
  );
}

/** Returns the access of services and other accounts to the key of an archiver. */
export function listKeyServiceCases(
  stack: DeployedStack,
  bucketName: string,
  [administrator, foreigner]: [string, string],
): AccessCase[] {
  const key = stack.arn('AWS::KMS::Key', 'Key');
  const ask = (allowed: boolean, who: string, actions: string[], context: Context) =>
    actions.map((action) => createCase(allowed, who, action, key, context));
  const uses = ['kms:GenerateDataKey', 'kms:Decrypt'];
  const ofBucket = [bucketName, `${bucketName}/a`].map((name) => by('aws:s3:arn', `arn:aws:s3:::${name}`));
  const ofLogGroup = (arn: string) => by('aws:logs:arn', arn);
  const [first, ...further] = listLogGroups(stack);
  const foreign = [
    `arn:aws:logs:${REGION}:${stack.account}:log-group:/app/orders`,
    String(first).replace(stack.account, FOREIGN_ACCOUNT),
    String(first).replace(REGION, 'us-east-1'),
    `${first}`.replace('log-group:', 'log-group:another-'),
  ];
  const delivered = by('SourceArn', `arn:aws:logs:${REGION}:${stack.account}:*`);
  const others = ['logs.us-east-1', 'states', 'sqs', 'scheduler', 'events', 'cloudwatch', 'lambda', 'cloudtrail'];
  return [
    ...['Key', 'AnotherKey'].map((start) =>
      createCase(true, administrator, 'kms:PutKeyPolicy', stack.arn('AWS::KMS::Key', start)),
    ),
    ...ofBucket.flatMap((context) => [
      ...ask(true, LOGS, uses, context),
      ...ask(false, LOGS, ['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'], context),
    ]),
    ...[String(first), ...further].flatMap((arn) => [
      ...ask(true, LOGS, ['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', ...uses], ofLogGroup(arn)),
      ...ask(false, LOGS, ['kms:CreateGrant', 'kms:PutKeyPolicy'], ofLogGroup(arn)),
    ]),
    ...[...foreign.map(ofLogGroup), delivered, {}].flatMap((context) =>
      ask(false, LOGS, ['kms:Encrypt', ...uses], context),
    ),
    ...ask(true, DELIVERY, ['kms:Decrypt'], delivered),
    ...ask(false, DELIVERY, ['kms:GenerateDataKey', 'kms:Encrypt', 'kms:CreateGrant'], delivered),
    ...[...ofBucket, ofLogGroup(String(first)), delivered, through('s3'), {}].flatMap((context) =>
      [foreigner, ...others.map((name) => `${name}.amazonaws.com`)].flatMap((who) => ask(false, who, uses, context)),
    ),
  ];
}

/** Returns the log groups of an archiver, with names like those that CloudFormation generates. */
function listLogGroups(stack: DeployedStack): string[] {
  const functions = ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'];
  const stripStreams = (start: string) => stack.arn('AWS::Logs::LogGroup', start).slice(0, -':*'.length);
  return [
    ...functions.map((name) => `${stripStreams(`Archiver${name}LogGroup`)}-0A1b2C3d4E5f`),
    stripStreams('ArchiverWorkflowLogGroup'),
  ];
}
