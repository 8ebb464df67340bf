import { getResources, newArchiver, newStack } from '../../archiver-stack';

describe('the functions', () => {
  it.each([
    ['PlanArchive', 'plan-archive', 15 * 60, 2_048],
    ['ExportLogToS3', 'export-log-to-s3', 80, 128],
    ['CheckExportTask', 'check-export-task', 80, 128],
    ['RecordArchive', 'record-archive', 15 * 60, 512],
  ])('create %s for Node 24 on arm64, with JSON logs kept for a month', (id, name, Timeout, MemorySize) => {
    const stack = newStack();
    newArchiver(stack);
    const resources = Object.entries(getResources(stack)).filter(([key]) => key.startsWith(`Archiver${id}`));
    const [bucket] = Object.keys(getResources(stack)).filter((key) => key.startsWith('ArchiverDestinationBucket'));
    const [logGroup, role, , lambda] = resources.map(([key]) => key);
    expect(resources.map(([, { Type }]) => Type)).toEqual([
      'AWS::Logs::LogGroup',
      'AWS::IAM::Role',
      'AWS::IAM::Policy',
      'AWS::Lambda::Function',
    ]);
    expect(getResources(stack)[logGroup].Properties).toEqual({ RetentionInDays: 30 });
    expect(getResources(stack)[lambda].Properties).toEqual({
      Architectures: ['arm64'],
      Code: expect.any(Object),
      Description: `LogArchiver: ${name}`,
      Handler: 'index.handler',
      // A payload for another bucket or account is refused.
      Environment: {
        Variables: { ARCHIVE_ACCOUNT: { Ref: 'AWS::AccountId' }, ARCHIVE_BUCKET_NAME: { Ref: bucket } },
      },
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: logGroup } },
      MemorySize,
      Role: { 'Fn::GetAtt': [role, 'Arn'] },
      Runtime: 'nodejs24.x',
      Timeout,
    });
  });
});
