import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogGroupSelection } from '../src';
import { getResources, newArchiver, newStack } from './archiver-stack';
import { getStatements, toList } from './policies';

const DOCUMENT = join(__dirname, '..', '..', '..', 'docs', 'restricted-accounts.md');

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
  PermissionsBoundary.of(stack).apply(ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary'));

  it('reaches every role of an archiver with all options', () => {
    const roles = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    const boundary = {
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':policy/boundary']],
    };
    expect(roles.map(([id, { Properties }]) => [id.slice(0, -8), Properties.PermissionsBoundary])).toEqual(
      [
        'ArchiverPlanArchiveRole',
        'ArchiverExportLogToS3Role',
        'ArchiverCheckExportTaskRole',
        'ArchiverRecordArchiveRole',
        'ArchiverWorkflowStateMachineRole',
        'ArchiverScheduleRole',
        'ArchiverNotificationTopicEventsRole',
      ].map((id) => [id, boundary]),
    );
  });

  it('needs exactly the actions of the documented policy', () => {
    const [, documented = ''] = /^```json\n(.*?)^```$/ms.exec(readFileSync(DOCUMENT, 'utf8')) ?? [];
    const actions = getStatements(stack).flatMap(({ Effect, Action }) => (Effect === 'Allow' ? toList(Action) : []));
    expect(JSON.parse(documented).Statement).toEqual([
      { Effect: 'Allow', Action: [...new Set(actions)].sort(), Resource: '*' },
    ]);
  });
});
