import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newArchiver, newStack, warningsOf } from '../archiver-stack';
import { administratorOf, asking, itDecides, type Row } from './access-cases';
import { DeployedStack, REGION } from './deployed-stack';
import { actingFor, LOGS } from './service-cases';

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
const machineOf = (name: string) => deployed.arn('AWS::StepFunctions::StateMachine', name);
const queueOf = (name: string) => deployed.arn('AWS::SQS::Queue', name);
const bucketArn = deployed.arn('AWS::S3::Bucket');

/** What one of them does, and may not do with what is the other's. */
function rowsOf(name: string, other: string): Row[] {
  const role = (start: string) => deployed.arn('AWS::IAM::Role', `${name}${start}Role`);
  const forMachine = (of: string) => ({ 'kms:EncryptionContext:aws:states:stateMachineArn': machineOf(of) });
  const logGroup = `${deployed.arn('AWS::Logs::LogGroup', `${name}PlanArchive`).slice(0, -':*'.length)}-0A1b2C3d4E5f`;
  const folder = name.toLowerCase();
  const written = `${bucketArn}/${folder}/2026/10/app/orders/aws-logs-write-test`;
  return [
    asking(true, role('WorkflowStateMachine'), 'sns:Publish', topic),
    asking(true, 'events.amazonaws.com', 'sns:Publish', topic, {
      'aws:SourceArn': deployed.arn('AWS::Events::Rule', name),
    }),
    ...[name, other].flatMap((whose) => [
      asking(whose === name, role('WorkflowStateMachine'), 'kms:GenerateDataKey', key, forMachine(whose)),
      asking(whose === name, role('PlanArchive'), 'kms:Decrypt', key, forMachine(whose)),
      asking(whose === name, role('Schedule'), 'states:StartExecution', machineOf(whose)),
      asking(whose === name, role('Schedule'), 'sqs:SendMessage', queueOf(whose)),
      asking(whose === name, role('ExportLogToS3'), 's3:PutObject', written.replace(folder, whose.toLowerCase())),
    ]),
    asking(true, LOGS, 'kms:Encrypt', key, { 'kms:EncryptionContext:aws:logs:arn': logGroup }),
    asking(true, LOGS, 's3:PutObject', written, {
      ...actingFor(ACCOUNT),
      's3:x-amz-acl': 'bucket-owner-full-control',
    }),
    asking(true, role('ExportLogToS3'), 'kms:GenerateDataKey', key, {
      'kms:ViaService': `s3.${REGION}.amazonaws.com`,
      'kms:EncryptionContext:aws:s3:arn': bucketArn,
    }),
  ].map((row) => (row.resource.startsWith(bucketArn) ? { ...row, owner: ACCOUNT } : row));
}

describe('of two archivers with one key, one topic and one bucket, AWS', () => {
  itDecides([deployed.policies, administratorOf(ACCOUNT)], [...rowsOf(...NAMES), ...rowsOf('Second', 'First')]);

  it('takes the policies: no statement has the id of another one', () => {
    const { roles, resourcePolicies } = deployed.policies;
    const documents = [...roles.flatMap(({ policies }) => policies), ...resourcePolicies];
    const twice = documents.filter(({ document }) => {
      const ids = document.Statement.flatMap(({ Sid }) => (Sid === undefined ? [] : [Sid]));
      return new Set(ids).size !== ids.length;
    });
    expect(twice.map(({ logicalId }) => logicalId)).toEqual([]);
    expect(warningsOf(stack)).toEqual([]);
  });
});
