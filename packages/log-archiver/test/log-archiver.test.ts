import { App, CfnParameter, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { User } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Frequency, LogArchiver } from '../src';
import { newArchiver, newStack, resourcesOf, TOKYO } from './archiver-stack';
import { definitionOf } from './definition';

describe('the functions', () => {
  it.each([
    ['ExportLogToS3', 'export-log-to-s3'],
    ['CheckExportTask', 'check-export-task'],
  ])('%s runs on Node 24 and arm64, and logs JSON to its own log group for a month', (id, name) => {
    const stack = newStack();
    newArchiver(stack);
    const resources = Object.entries(resourcesOf(stack)).filter(([key]) => key.startsWith(`Archiver${id}`));
    const [logGroup, role, , lambda] = resources.map(([key]) => key);
    expect(resources.map(([, { Type }]) => Type)).toEqual([
      'AWS::Logs::LogGroup',
      'AWS::IAM::Role',
      'AWS::IAM::Policy',
      'AWS::Lambda::Function',
    ]);
    expect(resourcesOf(stack)[logGroup].Properties).toEqual({ RetentionInDays: 30 });
    expect(resourcesOf(stack)[lambda].Properties).toEqual({
      Architectures: ['arm64'],
      Code: expect.any(Object),
      Description: `LogArchiver: ${name}`,
      Handler: 'index.handler',
      LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: logGroup } },
      MemorySize: 256,
      Role: { 'Fn::GetAtt': [role, 'Arn'] },
      Runtime: 'nodejs24.x',
      Timeout: 30,
    });
  });
});

describe('the state machine', () => {
  it('is a standard one with X-Ray, and logs everything under /aws/vendedlogs/states/ for a month', () => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    const template = Template.fromStack(stack);
    const [[logGroup, { Properties, ...policies }]] = Object.entries(
      template.findResources('AWS::Logs::LogGroup', { DeletionPolicy: 'Delete' }),
    );
    expect(Properties).toEqual({
      LogGroupName: expect.stringMatching(/^\/aws\/vendedlogs\/states\/Stack-Archiver-Workflow-[0-9A-F]{8}$/),
      RetentionInDays: 30,
    });
    expect(policies).toMatchObject({ DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
    const machines = Object.values(template.findResources('AWS::StepFunctions::StateMachine'));
    expect(machines.map((each) => each.Properties)).toEqual([
      {
        DefinitionString: expect.any(Object),
        LoggingConfiguration: {
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: { 'Fn::GetAtt': [logGroup, 'Arn'] } } }],
          IncludeExecutionData: true,
          Level: 'ALL',
        },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverWorkflowStateMachineRole/), 'Arn'] },
        StateMachineType: 'STANDARD',
        TracingConfiguration: { Enabled: true },
      },
    ]);
    expect(stack.resolve(archiver.stateMachine.stateMachineArn)).toEqual({ Ref: expect.any(String) });
  });

  it('is told the bucket, the key prefix, the time zone and the frequency', () => {
    const stack = newStack();
    newArchiver(stack, { keyPrefix: 'logs', timeZone: TimeZone.ASIA_TOKYO, frequency: Frequency.DAILY });
    newArchiver(stack, {}, 'Plain');
    const run = (id: string) => JSON.parse(JSON.stringify(definitionOf(stack, id).States.ArchiveEachLogGroup));
    expect(run('Archiver').ItemSelector.run).toMatchObject({
      s3BucketName: '${ArchiverDestinationBucket}',
      keyPrefix: 'logs',
      timeZone: 'Asia/Tokyo',
      frequency: 'DAILY',
    });
    expect(run('Plain').ItemSelector.run).toMatchObject({
      s3BucketName: '${PlainDestinationBucket}',
      keyPrefix: '',
      timeZone: 'Etc/UTC',
      frequency: 'MONTHLY',
    });
  });
});

describe('the schedule', () => {
  function scheduleOf(props: Parameters<typeof newArchiver>[1]) {
    const stack = newStack();
    newArchiver(stack, props);
    const [schedule, ...others] = Object.values(resourcesOf(stack)).filter(
      ({ Type }) => Type === 'AWS::Scheduler::Schedule',
    );
    expect(others).toEqual([]);
    return schedule.Properties;
  }

  it('starts the machine at 03:00 UTC on the 2nd, with the time that was planned', () => {
    const [machine, role] = ['ArchiverWorkflowStateMachine', 'ArchiverScheduleRole'].map((start) =>
      expect.stringMatching(new RegExp(`^${start}[0-9A-F]{8}$`)),
    );
    expect(scheduleOf({})).toEqual({
      Description: 'Starts LogArchiver for the period that has just ended',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'cron(0 3 2 * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      Target: {
        Arn: { Ref: machine },
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
      },
    });
  });

  it('starts the machine at 13:00 every day in the time zone of the archiver', () => {
    expect(scheduleOf({ frequency: Frequency.DAILY, timeZone: TimeZone.ASIA_TOKYO })).toMatchObject({
      ScheduleExpression: 'cron(0 13 * * ? *)',
      ScheduleExpressionTimezone: 'Asia/Tokyo',
      State: 'ENABLED',
    });
  });

  it('starts nothing when the archiver is not enabled', () => {
    expect(scheduleOf({ enabled: false })).toMatchObject({ State: 'DISABLED' });
    expect(scheduleOf({ enabled: true })).toMatchObject({ State: 'ENABLED' });
  });

  it('has a role of its own, which only a schedule of this account can assume', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack);
    const [role] = Object.entries(resourcesOf(stack)).filter(([key]) => /^ArchiverScheduleRole[0-9A-F]{8}$/.test(key));
    const group = {
      'Fn::Join': [
        '',
        ['arn:', { Ref: 'AWS::Partition' }, ':scheduler:ap-northeast-1:123456789012:' + 'schedule-group/default'],
      ],
    };
    expect(role[1].Properties).toEqual({
      AssumeRolePolicyDocument: {
        Statement: [
          {
            Action: 'sts:AssumeRole',
            Condition: { StringEquals: { 'aws:SourceAccount': '123456789012', 'aws:SourceArn': group } },
            Effect: 'Allow',
            Principal: { Service: 'scheduler.amazonaws.com' },
          },
        ],
        Version: '2012-10-17',
      },
    });
  });
});

describe('the time zone', () => {
  it.each(['asia/tokyo', 'Asia/tokyo', 'ASIA/TOKYO', '+09:00', 'JST', 'Asia/Edo', ''])('%p is refused', (name) => {
    expect(() => newArchiver(newStack(), { timeZone: TimeZone.of(name) })).toThrow(
      new Error(
        `timeZone must be a time zone of the IANA database such as 'Asia/Tokyo' or 'UTC', got ${JSON.stringify(name)}`,
      ),
    );
  });

  it.each(['UTC', 'Etc/UTC', 'Asia/Tokyo', 'America/Argentina/Buenos_Aires', 'Pacific/Kiritimati'])(
    '%p is one',
    (name) => {
      const stack = newStack();
      newArchiver(stack, { timeZone: TimeZone.of(name) });
      Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', { ScheduleExpressionTimezone: name });
    },
  );

  it('may be a parameter of the stack', () => {
    const stack = newStack();
    newArchiver(stack, { timeZone: TimeZone.of(new CfnParameter(stack, 'Zone').valueAsString) });
    Template.fromStack(stack).hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpressionTimezone: { Ref: 'Zone' },
    });
    const map = JSON.parse(JSON.stringify(definitionOf(stack).States.ArchiveEachLogGroup));
    expect(map.ItemSelector.run.timeZone).toBe('${Zone}');
  });
});

describe('an archiver', () => {
  it('puts everything into its own scope', () => {
    const stack = newStack();
    const imported = LogGroup.fromLogGroupName(stack, 'Imported', '/a');
    const archiver = newArchiver(stack, { logGroups: [imported] });
    const before = [imported, archiver];
    const resources = Object.keys(resourcesOf(stack));
    expect(
      stack.node.children.filter((child) => !/^(BootstrapVersion|CheckBootstrapVersion)$/.test(child.node.id)),
    ).toEqual(before);
    expect(resources.length).toBeGreaterThan(10);
    expect(resources.filter((id) => !id.startsWith('Archiver'))).toEqual([]);
  });

  it('shows what it is made of', () => {
    const stack = newStack();
    const { bucket, stateMachine, schedule, exportFunction, checkFunction } = newArchiver(stack);
    const ids = [
      bucket.bucketName,
      stateMachine.stateMachineArn,
      schedule.scheduleName,
      exportFunction.functionName,
      checkFunction.functionName,
    ].map((name) => resourcesOf(stack)[stack.resolve(name).Ref]);
    expect(ids.map(({ Type, Properties }) => [Type, Properties.Description])).toEqual([
      ['AWS::S3::Bucket', undefined],
      ['AWS::StepFunctions::StateMachine', undefined],
      ['AWS::Scheduler::Schedule', 'Starts LogArchiver for the period that has just ended'],
      ['AWS::Lambda::Function', 'LogArchiver: export-log-to-s3'],
      ['AWS::Lambda::Function', 'LogArchiver: check-export-task'],
    ]);
  });

  it('lets somebody start it, and nothing else', () => {
    const stack = newStack();
    const user = new User(stack, 'Operator');
    const archiver = newArchiver(stack);
    expect(archiver.grantStartExecution(user).success).toBe(true);
    const [policy] = Object.entries(resourcesOf(stack)).filter(([id]) => id.startsWith('OperatorDefaultPolicy'));
    expect(policy[1].Properties.PolicyDocument).toEqual({
      Statement: [
        {
          Action: 'states:StartExecution',
          Effect: 'Allow',
          Resource: stack.resolve(archiver.stateMachine.stateMachineArn),
        },
      ],
      Version: '2012-10-17',
    });
  });

  it.each([
    ['metricFailed', 'ExecutionsFailed', 'Sum'],
    ['metricSucceeded', 'ExecutionsSucceeded', 'Sum'],
    ['metricStarted', 'ExecutionsStarted', 'Sum'],
    ['metricAborted', 'ExecutionsAborted', 'Sum'],
    ['metricTimedOut', 'ExecutionsTimedOut', 'Sum'],
    ['metricThrottled', 'ExecutionThrottled', 'Sum'],
    ['metricTime', 'ExecutionTime', 'Average'],
  ] as const)('has the metric %s: %s, %s', (method, metricName, statistic) => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    const StateMachineArn = stack.resolve(archiver.stateMachine.stateMachineArn);
    const metric = archiver[method]();
    expect([metric.namespace, metric.metricName, metric.statistic]).toEqual(['AWS/States', metricName, statistic]);
    expect(stack.resolve(metric.dimensions)).toEqual({ StateMachineArn });
    expect(archiver[method]({ statistic: 'Maximum' }).statistic).toBe('Maximum');
  });

  it('has every other metric of its state machine by name', () => {
    const archiver = newArchiver(newStack());
    expect(archiver.metric('ExecutionThrottled')).toMatchObject({ metricName: 'ExecutionThrottled', statistic: 'Sum' });
    expect(archiver.metric('ExecutionThrottled', { statistic: 'Minimum' }).statistic).toBe('Minimum');
  });

  it('is told from everything else', () => {
    expect(LogArchiver.isLogArchiver(newArchiver(newStack()))).toBe(true);
    for (const other of [
      null,
      undefined,
      'LogArchiver',
      0,
      {},
      [],
      new App(),
      new Construct(newStack(), 'LogArchiver'),
    ]) {
      expect(LogArchiver.isLogArchiver(other)).toBe(false);
    }
  });

  it('is told from everything else by another copy of the package', () => {
    let copy: typeof LogArchiver | undefined;
    jest.isolateModules(() => {
      copy = require('../src/log-archiver').LogArchiver;
    });
    expect(copy).not.toBe(LogArchiver);
    expect(copy?.isLogArchiver(newArchiver(newStack()))).toBe(true);
  });
});
