import { readFunctions } from '../../src';

describe('readFunctions', () => {
  it('returns code, handler, role and logging, and defaults to a timeout of 3 s, 128 MB of memory and a log of text', () => {
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
          Environment: { Variables: { NAME: 'value' } },
          LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'WARN', LogGroup: { Ref: 'Log' } },
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
        environment: { NAME: 'value' },
        logFormat: 'JSON',
        applicationLogLevel: 'WARN',
        logGroup: { Ref: 'Log' },
      },
      {
        logicalId: 'Check',
        description: '',
        taskRoot: '/cdk.out/asset.0a1b',
        handler: 'main.check',
        timeoutSeconds: 3,
        memoryMegabytes: 128,
        environment: {},
        logFormat: 'Text',
      },
    ]);
  });
});
