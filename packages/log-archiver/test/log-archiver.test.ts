import { App, CfnParameter, Duration, type Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { User } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { Granularity, LogArchiver } from '../src';
import { newArchiver, newStack, getResources, TOKYO } from './archiver-stack';
import { getDefinition } from './definition';

function getParameters(stack: Stack, archiverId: string) {
  return getDefinition(stack, archiverId).States.Configure.Parameters.run.parameters;
}

describe('the functions', () => {
  it.each([
    ['PlanArchive', 'plan-archive', 15 * 60, 2_048],
    ['ExportLogToS3', 'export-log-to-s3', 30, 256],
    ['CheckExportTask', 'check-export-task', 30, 256],
    ['RecordArchive', 'record-archive', 15 * 60, 512],
  ])(
    '%s runs on Node 24 and arm64, and logs JSON to its own log group for a month',
    (id, name, Timeout, MemorySize) => {
      const stack = newStack();
      newArchiver(stack);
      const resources = Object.entries(getResources(stack)).filter(([key]) => key.startsWith(`Archiver${id}`));
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
        LoggingConfig: { LogFormat: 'JSON', LogGroup: { Ref: logGroup } },
        MemorySize,
        Role: { 'Fn::GetAtt': [role, 'Arn'] },
        Runtime: 'nodejs24.x',
        Timeout,
      });
    },
  );
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

  it('is told where, when and which periods, and by whom', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, {
      keyPrefix: 'logs',
      timeZone: TimeZone.ASIA_TOKYO,
      granularity: Granularity.DAILY,
      settleTime: Duration.days(14),
      lookbackPeriods: 7,
    });
    expect(getParameters(stack, 'Archiver')).toEqual({
      account: '123456789012',
      region: 'ap-northeast-1',
      s3BucketName: '${ArchiverDestinationBucket}',
      keyPrefix: 'logs',
      timeZone: 'Asia/Tokyo',
      frequency: 'DAILY',
      settleHours: 336,
      lookback: 7,
      archiver: 'cdk-log-archiver ${version}',
    });
    const plain = newStack();
    newArchiver(plain, {}, 'Plain');
    expect(getParameters(plain, 'Plain')).toEqual({
      account: '${AWS::AccountId}',
      region: '${AWS::Region}',
      s3BucketName: '${PlainDestinationBucket}',
      keyPrefix: '',
      timeZone: 'Etc/UTC',
      frequency: 'MONTHLY',
      settleHours: 24,
      lookback: 3,
      archiver: 'cdk-log-archiver ${version}',
    });
  });

  it("knows the log groups of its functions and its own, which it does not archive with everybody's", () => {
    const stack = newStack();
    newArchiver(stack);
    const logGroups = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup');
    const names = logGroups.map(([id]) => `\${${id.replace(/[0-9A-F]{8}$/, '')}}`);
    expect(names).toHaveLength(5);
    expect(getDefinition(stack).States.PlanArchive.Parameters.ownLogGroupNames).toEqual(names);
  });
});

describe('the periods', () => {
  it.each([Duration.hours(11), Duration.minutes(12 * 60 + 1), Duration.seconds(0), Duration.minutes(719)])(
    'do not settle within %s',
    (settleTime) => {
      expect(() => newArchiver(newStack(), { settleTime })).toThrow(
        'settleTime must be at least 12 whole hours, which CloudWatch Logs may take until events can be exported, got ' +
          settleTime.toHumanString(),
      );
    },
  );

  it('settle within a time that is known at synth', () => {
    const stack = newStack();
    const hours = new CfnParameter(stack, 'Hours', { type: 'Number' }).valueAsNumber;
    expect(() => newArchiver(stack, { settleTime: Duration.hours(hours) })).toThrow('exported, got a token');
  });

  it.each([0, -1, 37, 1.5, Number.NaN])('that a run looks back at are not %d', (lookback) => {
    expect(() => newArchiver(newStack(), { lookbackPeriods: lookback })).toThrow(
      new Error(`lookbackPeriods must be a whole number of periods from 1 to 36, got ${lookback}`),
    );
  });

  it.each([1, 36])('that a run looks back at may be %d', (lookback) => {
    const stack = newStack();
    newArchiver(stack, { lookbackPeriods: lookback });
    expect(getParameters(stack, 'Archiver').lookback).toBe(lookback);
  });
});

describe('the schedule', () => {
  function createSchedule(props: Parameters<typeof newArchiver>[1]) {
    const stack = newStack();
    newArchiver(stack, props);
    const [schedule, ...others] = Object.values(getResources(stack)).filter(
      ({ Type }) => Type === 'AWS::Scheduler::Schedule',
    );
    expect(others).toEqual([]);
    return schedule.Properties;
  }

  it('starts the machine at 03:00 UTC every day, with the time that was planned', () => {
    const [machine, role] = ['ArchiverWorkflowStateMachine', 'ArchiverScheduleRole'].map((start) =>
      expect.stringMatching(new RegExp(`^${start}[0-9A-F]{8}$`)),
    );
    expect(createSchedule({})).toEqual({
      Description: 'Starts LogArchiver for what has ended and is not archived yet',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'cron(0 3 * * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      Target: {
        Arn: { Ref: machine },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverScheduleDeadLetterQueue/), 'Arn'] } },
        Input: '{"scheduledTime":"<aws.scheduler.scheduled-time>"}',
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        RoleArn: { 'Fn::GetAtt': [role, 'Arn'] },
      },
    });
  });

  it.each([
    [Granularity.MONTHLY, 12, 15],
    [Granularity.DAILY, 12, 15],
    [Granularity.MONTHLY, 20, 23],
    [Granularity.MONTHLY, 21, 0],
    [Granularity.DAILY, 24, 3],
    [Granularity.MONTHLY, 14 * 24, 3],
  ])(
    'starts it every day in the zone of the archiver, 3 hours after a period has settled: %s, %d h, %d:00',
    (granularity, hours, hour) => {
      const settleTime = Duration.hours(hours);
      expect(createSchedule({ granularity, settleTime, timeZone: TimeZone.ASIA_TOKYO })).toMatchObject({
        ScheduleExpression: `cron(0 ${hour} * * ? *)`,
        ScheduleExpressionTimezone: 'Asia/Tokyo',
        State: 'ENABLED',
      });
    },
  );

  it('starts nothing when the archiver is not enabled', () => {
    expect(createSchedule({ enabled: false })).toMatchObject({ State: 'DISABLED' });
    expect(createSchedule({ enabled: true })).toMatchObject({ State: 'ENABLED' });
  });

  it('has a role of its own, which only a schedule of this account can assume', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack);
    const [role] = Object.entries(getResources(stack)).filter(([key]) => /^ArchiverScheduleRole[0-9A-F]{8}$/.test(key));
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
    expect(getParameters(stack, 'Archiver').timeZone).toBe('${Zone}');
  });
});

describe('an archiver', () => {
  it('puts everything into its own scope', () => {
    const stack = newStack();
    const imported = LogGroup.fromLogGroupName(stack, 'Imported', '/a');
    const archiver = newArchiver(stack, { logGroups: [imported] });
    const before = [imported, archiver];
    const resources = Object.keys(getResources(stack));
    expect(
      stack.node.children.filter((child) => !/^(BootstrapVersion|CheckBootstrapVersion)$/.test(child.node.id)),
    ).toEqual(before);
    expect(resources.length).toBeGreaterThan(10);
    expect(resources.filter((id) => !id.startsWith('Archiver'))).toEqual([]);
  });

  it('shows what it is made of', () => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    const { bucket, stateMachine, schedule } = archiver;
    const { planFunction, exportFunction, checkFunction, recordFunction } = archiver;
    const ids = [
      bucket.bucketName,
      stateMachine.stateMachineArn,
      schedule.scheduleName,
      planFunction.functionName,
      exportFunction.functionName,
      checkFunction.functionName,
      recordFunction.functionName,
    ].map((name) => getResources(stack)[stack.resolve(name).Ref]);
    expect(ids.map(({ Type, Properties }) => [Type, Properties.Description])).toEqual([
      ['AWS::S3::Bucket', undefined],
      ['AWS::StepFunctions::StateMachine', undefined],
      ['AWS::Scheduler::Schedule', 'Starts LogArchiver for what has ended and is not archived yet'],
      ['AWS::Lambda::Function', 'LogArchiver: plan-archive'],
      ['AWS::Lambda::Function', 'LogArchiver: export-log-to-s3'],
      ['AWS::Lambda::Function', 'LogArchiver: check-export-task'],
      ['AWS::Lambda::Function', 'LogArchiver: record-archive'],
    ]);
  });

  it('lets somebody start it, and nothing else', () => {
    const stack = newStack();
    const user = new User(stack, 'Operator');
    const archiver = newArchiver(stack);
    expect(archiver.grantStartExecution(user).success).toBe(true);
    const [policy] = Object.entries(getResources(stack)).filter(([id]) => id.startsWith('OperatorDefaultPolicy'));
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
