import { Match, Template } from 'aws-cdk-lib/assertions';
import { LogArchiveStack, WorkloadStack } from '../src';
import { newApp } from './new-app';

const REGION = 'ap-northeast-1';

describe('the stacks of the sample', () => {
  const app = newApp();
  const logArchive = new LogArchiveStack(app, 'LogArchive', {
    env: { account: '999999999999', region: REGION },
    sourceAccounts: ['111111111111'],
  });
  const workload = new WorkloadStack(app, 'Workload', {
    env: { account: '111111111111', region: REGION },
    bucket: logArchive.bucket,
  });

  it('keep archived objects for seven years, locked for the whole time', () => {
    Template.fromStack(logArchive).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: Match.objectLike({
        BucketName: 'log-archive-999999999999-ap-northeast-1',
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 2_557 } },
        },
        LifecycleConfiguration: {
          Rules: Match.arrayWith([
            Match.objectLike({ Prefix: '111111111111/ap-northeast-1/20', ExpirationInDays: 2_557 }),
          ]),
        },
      }),
    });
  });

  it('archive the workload under its account and Region, without a bucket of its own', () => {
    const template = Template.fromStack(workload);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const definition = JSON.stringify(machine?.Properties.DefinitionString).replaceAll('\\', '');
    expect(definition).toContain('"keyPrefix":"111111111111/ap-northeast-1"');
    expect(definition).toContain('"s3BucketName":"log-archive-999999999999-ap-northeast-1"');
  });
});
