import { asking, type Row } from './access-cases';
import { rolesOf } from './archiver-cases';
import { type DeployedStack, REGION } from './deployed-stack';
import { LOGS } from './service-cases';

type Context = Record<string, string>;
type RoleName = keyof ReturnType<typeof rolesOf>;
/** On whose behalf and for what a key is asked, and which roles may encrypt and decrypt so. */
type Use = [context: Context, encrypt: RoleName[], decrypt: RoleName[]];

const STRANGER = '333333333333';
const DELIVERY = 'delivery.logs.amazonaws.com';
const through = (service: string, region = REGION): Context => ({
  'kms:ViaService': `${service}.${region}.amazonaws.com`,
});
const by = (name: string, value: string): Context => ({ [`kms:EncryptionContext:${name}`]: value });

/** What the `encryptionKey` is asked for. */
function usesOf(stack: DeployedStack, bucketName: string): Use[] {
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
    // Whether Step Functions asks by itself, AWS does not say, nor what the executions of a Map's items are encrypted for.
    [forMachine(machine), ['machine'], ['machine', 'plan']],
    [{ ...forMachine(machine), ...through('states') }, ['machine', 'schedule'], ['machine', 'plan', 'schedule']],
    [forMachine(`${machine}/ArchiveEachLogGroup`), ['machine'], ['machine']],
    ...[`${machine}2`, machine.replace(/[^:]*$/, 'Another'), machine.replace(stack.account, STRANGER)].map(
      (arn): Use => [forMachine(arn), [], []],
    ),
    [delivered(stack.account), ['machine'], []],
    [delivered(STRANGER), [], []],
    [delivered(stack.account, 'us-east-1'), [], []],
    [through('sqs'), ['schedule'], ['schedule']],
    [through('states'), ['schedule'], ['schedule']],
    [through('sqs', 'us-east-1'), [], []],
    [through('sns'), [], []],
    [{}, [], []],
  ];
}

/** What the roles of an archiver may do with its key, with that of its topic, and with one that is neither. */
export function keyUses(stack: DeployedStack, bucketName: string): Row[] {
  const [own, topics, another] = ['Key', 'TopicKey', 'AnotherKey'].map((start) => stack.arn('AWS::KMS::Key', start));
  const roles = Object.entries(rolesOf(stack)) as [RoleName, string][];
  const contexts = usesOf(stack, bucketName);
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
        asking(encrypt.includes(name), role, 'kms:GenerateDataKey', key, context),
        asking(decrypt.includes(name), role, 'kms:Decrypt', key, context),
        ...(encrypt.includes(name) || decrypt.includes(name)
          ? ['kms:Encrypt', 'kms:ReEncryptFrom', 'kms:CreateGrant'].map((each) =>
              asking(false, role, each, key, context),
            )
          : []),
      ]),
    ),
  );
}

/** What services may do with the key of an archiver, and who may not. */
export function keyServices(
  stack: DeployedStack,
  bucketName: string,
  [administrator, stranger]: [string, string],
): Row[] {
  const key = stack.arn('AWS::KMS::Key', 'Key');
  const ask = (allowed: boolean, who: string, actions: string[], context: Context) =>
    actions.map((action) => asking(allowed, who, action, key, context));
  const uses = ['kms:GenerateDataKey', 'kms:Decrypt'];
  const ofBucket = [bucketName, `${bucketName}/a`].map((name) => by('aws:s3:arn', `arn:aws:s3:::${name}`));
  const ofLogGroup = (arn: string) => by('aws:logs:arn', arn);
  const [first, ...further] = logGroupsOf(stack);
  const foreign = [
    `arn:aws:logs:${REGION}:${stack.account}:log-group:/app/orders`,
    String(first).replace(stack.account, STRANGER),
    String(first).replace(REGION, 'us-east-1'),
    `${first}`.replace('log-group:', 'log-group:another-'),
  ];
  const delivered = by('SourceArn', `arn:aws:logs:${REGION}:${stack.account}:*`);
  const others = ['logs.us-east-1', 'states', 'sqs', 'scheduler', 'events', 'cloudwatch', 'lambda', 'cloudtrail'];
  return [
    ...['Key', 'AnotherKey'].map((start) =>
      asking(true, administrator, 'kms:PutKeyPolicy', stack.arn('AWS::KMS::Key', start)),
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
      [stranger, ...others.map((name) => `${name}.amazonaws.com`)].flatMap((who) => ask(false, who, uses, context)),
    ),
  ];
}

/** The log groups of an archiver, as CloudFormation names those that the template does not. */
function logGroupsOf(stack: DeployedStack): string[] {
  const functions = ['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive'];
  const nameless = (start: string) => stack.arn('AWS::Logs::LogGroup', start).slice(0, -':*'.length);
  return [
    ...functions.map((name) => `${nameless(`Archiver${name}LogGroup`)}-0A1b2C3d4E5f`),
    nameless('ArchiverWorkflowLogGroup'),
  ];
}
