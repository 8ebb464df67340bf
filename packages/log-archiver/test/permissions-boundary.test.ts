import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RemovalPolicy, type Stack } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, LogGroupSelection } from '../src';
import { getResources, newArchiver, newStack } from './archiver-stack';
import { getStatements, toList } from './policies';
import { newVerifier } from './verifier-stack';

const DOCUMENT = join(__dirname, '..', '..', '..', 'docs', 'restricted-accounts.md');

/** Returns the policy of the document. */
function readDocumented() {
  const [, documented = ''] = /^```json\n(.*?)^```$/ms.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
  return JSON.parse(documented);
}

/** Returns the actions that the roles of a stack allow. */
function listActions(stack: Stack): string[] {
  return getStatements(stack).flatMap(({ Effect, Action }) => (Effect === 'Allow' ? toList(Action) : []));
}

function listBoundaries(stack: Stack) {
  const roles = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
  return roles.map(([id, { Properties }]) => [id.slice(0, -8), Properties.PermissionsBoundary]);
}

const BOUNDARY = {
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':policy/boundary']],
};

function applyBoundary(stack: Stack) {
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));
}

describe('PermissionsBoundary.of', () => {
  const stack = newStack();
  newArchiver(stack, {
    selections: [LogGroupSelection.all()],
    notificationTopic: new Topic(stack, 'Topic'),
    encryptionKey: new Key(stack, 'Key'),
    logRetention: RetentionDays.ONE_YEAR,
    logRemovalPolicy: RemovalPolicy.DESTROY,
    vpc: new Vpc(stack, 'Vpc', {
      restrictDefaultSecurityGroup: false,
      subnetConfiguration: [{ name: 'Isolated', subnetType: SubnetType.PRIVATE_ISOLATED }],
    }),
  });
  applyBoundary(stack);
  const verified = newStack();
  newVerifier(verified, {
    bucket: new ArchiveBucket(verified, 'Archive', { encryptionKey: new Key(verified, 'Key') }).bucket,
    notificationTopic: new Topic(verified, 'Topic', { masterKey: new Key(verified, 'TopicKey') }),
  });
  applyBoundary(verified);

  it('reaches every role of an archiver with all options', () => {
    expect(listBoundaries(stack)).toEqual(
      [
        'ArchiverPlanArchiveRole',
        'ArchiverExportLogToS3Role',
        'ArchiverCheckExportTaskRole',
        'ArchiverRecordArchiveRole',
        'ArchiverWorkflowStateMachineRole',
        'ArchiverScheduleRole',
        'ArchiverNotificationTopicEventsRole',
      ].map((id) => [id, BOUNDARY]),
    );
  });

  it('reaches every role of a verifier with all options', () => {
    expect(listBoundaries(verified)).toEqual(
      [
        'VerifierPlanVerificationRole',
        'VerifierVerifyReceiptsRole',
        'VerifierWriteStatementsRole',
        'VerifierWorkflowStateMachineRole',
        'VerifierScheduleRole',
        'VerifierNotificationTopicEventsRole',
      ].map((id) => [id, BOUNDARY]),
    );
  });

  it('needs exactly the actions of the documented policy', () => {
    expect(readDocumented().Statement).toEqual([
      { Effect: 'Allow', Action: [...new Set(listActions(stack))].sort(), Resource: '*' },
    ]);
  });

  it('needs only kms:Sign in addition for a verifier, as documented', () => {
    const [{ Action }] = readDocumented().Statement;
    expect(listActions(verified).filter((action) => !Action.includes(action))).toEqual(['kms:Sign']);
    expect(readFileSync(DOCUMENT, 'utf8')).toContain('An `ArchiveVerifier` also needs `kms:Sign`');
  });
});
