import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LogArchiveStack, WorkloadStack } from '../src';

const REGION = 'ap-northeast-1';

describe('a vault and a workload', () => {
  const app = new App();
  const vault = new LogArchiveStack(app, 'Vault', {
    env: { account: '999999999999', region: REGION },
    sourceAccounts: ['111111111111'],
  });
  const workload = new WorkloadStack(app, 'Workload', {
    env: { account: '111111111111', region: REGION },
    bucket: vault.bucket,
  });

  it('keeps what it archives for seven years, encrypted and locked for the first', () => {
    Template.fromStack(vault).hasResource('AWS::S3::Bucket', {
      DeletionPolicy: 'RetainExceptOnCreate',
      Properties: Match.objectLike({
        BucketName: 'log-archive-999999999999-ap-northeast-1',
        ObjectLockConfiguration: {
          ObjectLockEnabled: 'Enabled',
          Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } },
        },
        LifecycleConfiguration: {
          Rules: Match.arrayWith([
            Match.objectLike({ Prefix: '111111111111/ap-northeast-1/20', ExpirationInDays: 2_557 }),
          ]),
        },
      }),
    });
  });

  it('archives below its account and Region in the vault, and has no bucket of its own', () => {
    const template = Template.fromStack(workload);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    const definition = JSON.stringify(machine?.Properties.DefinitionString).replaceAll('\\', '');
    expect(definition).toContain('"keyPrefix":"111111111111/ap-northeast-1"');
    expect(definition).toContain('"s3BucketName":"log-archive-999999999999-ap-northeast-1"');
  });
});
