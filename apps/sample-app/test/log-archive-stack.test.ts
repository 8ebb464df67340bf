import { Match, Template } from 'aws-cdk-lib/assertions';
import { LogArchiveStack, WorkloadStack } from '../src';
import { newApp } from './new-app';

const REGION = 'ap-northeast-1';

function readDefinition(template: Template): string {
  const [machine] = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
  return JSON.stringify(machine?.Properties.DefinitionString).replaceAll('\\', '');
}

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

  it('verify the archive every month, and expect an archiver in each source account', () => {
    const template = Template.fromStack(logArchive);
    template.hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpression: 'cron(0 6 8 * ? *)' });
    template.resourceCountIs('AWS::StepFunctions::StateMachine', 1);
    const definition = readDefinition(template);
    expect(definition).toContain(`"expect":[{"account":"111111111111","region":"${REGION}"}]`);
    expect(definition).toContain('"verifyEveryDays":365');
    expect(definition).toContain('"retentionDays":2557');
  });

  it('let the verifier read the archive with the key of the bucket, and write only its own records', () => {
    const statements = Object.values(Template.fromStack(logArchive).findResources('AWS::IAM::Policy')).flatMap(
      ({ Properties }) => Properties.PolicyDocument.Statement as { Action: string | string[]; Resource: unknown }[],
    );
    const findResources = (action: string) =>
      statements
        .filter(({ Action }) => [Action].flat().includes(action))
        .map(({ Resource }) => JSON.stringify(Resource));
    const [writable] = [findResources('s3:PutObject')];
    expect(writable?.length).toBeGreaterThan(0);
    expect(writable?.filter((resource) => !resource.includes('/_verified/'))).toEqual([]);
    expect(findResources('kms:Decrypt').filter((resource) => resource.includes('"Key'))).not.toEqual([]);
  });

  it('archive the workload under its account and Region, without a bucket of its own', () => {
    const template = Template.fromStack(workload);
    template.resourceCountIs('AWS::S3::Bucket', 0);
    const definition = readDefinition(template);
    expect(definition).toContain('"keyPrefix":"111111111111/ap-northeast-1"');
    expect(definition).toContain('"s3BucketName":"log-archive-999999999999-ap-northeast-1"');
  });
});
