import { requiresEvaluator } from '@log-archiver/local-aws';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { getWarnings, newArchiver, newStack } from '../archiver-stack';
import { type AccessCase, createAdministrator, createCase, describeAccess } from './cases/access-cases';
import { DeployedStack, REGION } from './cases/deployed-stack';
import { actingFor, LOGS } from './cases/service-cases';

const ACCOUNT = '111111111111';
const NAMES = ['First', 'Second'] as const;

const stack = newStack();
const shared = {
  encryptionKey: new Key(stack, 'Key'),
  notificationTopic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'TopicKey') }),
};
const { bucket } = newArchiver(stack, { ...shared, keyPrefix: 'first' }, 'First');
newArchiver(stack, { ...shared, bucket, keyPrefix: 'second' }, 'Second');
const deployed = new DeployedStack(stack, ACCOUNT);
const key = deployed.arn('AWS::KMS::Key', 'Key');
const topic = deployed.arn('AWS::SNS::Topic');
const getMachine = (name: string) => deployed.arn('AWS::StepFunctions::StateMachine', name);
const getQueue = (name: string) => deployed.arn('AWS::SQS::Queue', name);
const bucketArn = deployed.arn('AWS::S3::Bucket');

/** Returns the access of one archiver to its own resources and to those of the other. */
function createCases(name: string, other: string): AccessCase[] {
  const role = (start: string) => deployed.arn('AWS::IAM::Role', `${name}${start}Role`);
  const forMachine = (of: string) => ({ 'kms:EncryptionContext:aws:states:stateMachineArn': getMachine(of) });
  const logGroup = `${deployed.arn('AWS::Logs::LogGroup', `${name}PlanArchive`).slice(0, -':*'.length)}-0A1b2C3d4E5f`;
  const folder = name.toLowerCase();
  const written = `${bucketArn}/${folder}/2026/10/app/orders/aws-logs-write-test`;
  return [
    createCase(true, role('WorkflowStateMachine'), 'sns:Publish', topic),
    createCase(true, role('NotificationTopicEvents'), 'sns:Publish', topic),
    ...[name, other].flatMap((whose) => [
      createCase(whose === name, role('WorkflowStateMachine'), 'kms:GenerateDataKey', key, forMachine(whose)),
      createCase(whose === name, role('PlanArchive'), 'kms:Decrypt', key, forMachine(whose)),
      createCase(whose === name, role('Schedule'), 'states:StartExecution', getMachine(whose)),
      createCase(whose === name, role('Schedule'), 'sqs:SendMessage', getQueue(whose)),
      createCase(whose === name, role('ExportLogToS3'), 's3:PutObject', written.replace(folder, whose.toLowerCase())),
    ]),
    createCase(true, LOGS, 'kms:Encrypt', key, { 'kms:EncryptionContext:aws:logs:arn': logGroup }),
    createCase(true, LOGS, 's3:PutObject', written, {
      ...actingFor(ACCOUNT),
      's3:x-amz-acl': 'bucket-owner-full-control',
    }),
    createCase(true, role('ExportLogToS3'), 'kms:GenerateDataKey', key, {
      'kms:ViaService': `s3.${REGION}.amazonaws.com`,
      'kms:EncryptionContext:aws:s3:arn': bucketArn,
    }),
  ].map((accessCase) => (accessCase.resource.startsWith(bucketArn) ? { ...accessCase, owner: ACCOUNT } : accessCase));
}

requiresEvaluator(describe)('two archivers with one key, one topic and one bucket', () => {
  describeAccess(
    [deployed.policies, createAdministrator(ACCOUNT)],
    [...createCases(...NAMES), ...createCases('Second', 'First')],
  );

  it('have policies in which no statement id occurs twice', () => {
    const { roles, resourcePolicies } = deployed.policies;
    const documents = [...roles.flatMap(({ policies }) => policies), ...resourcePolicies];
    const withDuplicates = documents.filter(({ document }) => {
      const ids = document.Statement.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
      return new Set(ids).size !== ids.length;
    });
    expect(withDuplicates.map(({ logicalId }) => logicalId)).toEqual([]);
    expect(getWarnings(stack)).toEqual([]);
  });
});
