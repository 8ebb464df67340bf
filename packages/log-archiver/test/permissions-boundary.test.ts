import { RemovalPolicy } from 'aws-cdk-lib';
import { SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { ManagedPolicy, PermissionsBoundary } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LogGroupSelection } from '../src';
import { getResources, newArchiver, newStack } from './archiver-stack';

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
});
