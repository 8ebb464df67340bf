import { readFunctions } from '../../src';

describe('readFunctions', () => {
  it('returns code, handler and role, and defaults to a timeout of 3 s and 128 MB of memory', () => {
    const Code = { S3Bucket: 'assets', S3Key: '0a1b.zip' };
    const Resources = {
      Export: {
        Type: 'AWS::Lambda::Function',
        Properties: {
          Code,
          Handler: 'index.handler',
          Timeout: 30,
          MemorySize: 256,
          Description: 'Shop: export',
          Role: 'role',
        },
      },
      Check: { Type: 'AWS::Lambda::Function', Properties: { Code, Handler: 'main.check' } },
      Topic: { Type: 'AWS::SNS::Topic' },
    };
    expect(readFunctions({ stackName: 'Shop', template: { Resources }, assetDirectory: '/cdk.out' })).toEqual([
      {
        logicalId: 'Export',
        description: 'Shop: export',
        taskRoot: '/cdk.out/asset.0a1b',
        handler: 'index.handler',
        timeoutSeconds: 30,
        memoryMegabytes: 256,
        role: 'role',
      },
      {
        logicalId: 'Check',
        description: '',
        taskRoot: '/cdk.out/asset.0a1b',
        handler: 'main.check',
        timeoutSeconds: 3,
        memoryMegabytes: 128,
      },
    ]);
  });
});
