import { Duration, TimeZone } from 'aws-cdk-lib';
import { Granularity } from '../../src';
import { getResources, newArchiver, newStack, TOKYO } from '../archiver-stack';

describe('the dead-letter queue of the schedule', () => {
  const stack = newStack({ env: TOKYO });
  const archiver = newArchiver(stack);

  function findOnly(type: string) {
    const found = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === type);
    expect(found).toHaveLength(1);
    return { id: found[0][0], properties: found[0][1].Properties };
  }

  const { id, properties } = findOnly('AWS::SQS::Queue');

  it('keeps failed invocations for 14 days, encrypted by SQS', () => {
    expect(properties).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    expect(stack.resolve(archiver.deadLetterQueue.queueArn)).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
  });

  it('denies sending without TLS, and by others than the role of the schedule', () => {
    const { PolicyDocument } = findOnly('AWS::SQS::QueuePolicy').properties as {
      PolicyDocument: { Statement: object[] };
    };
    expect(PolicyDocument.Statement).toEqual([
      {
        ...{ Effect: 'Deny', Action: 'sqs:*', Principal: { AWS: '*' }, Resource: { 'Fn::GetAtt': [id, 'Arn'] } },
        Condition: { Bool: { 'aws:SecureTransport': 'false' } },
      },
      {
        ...{ Sid: 'NobodyElseSends', Effect: 'Deny', Action: 'sqs:SendMessage' },
        ...{ Principal: { AWS: '*' }, Resource: { 'Fn::GetAtt': [id, 'Arn'] } },
        Condition: {
          ArnNotEquals: {
            'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverScheduleRole/), 'Arn'] },
          },
        },
      },
    ]);
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

  it('starts the state machine at 03:00 UTC every day, with the planned time', () => {
    const [machine, role] = ['ArchiverWorkflowStateMachine', 'ArchiverScheduleRole'].map((start) =>
      expect.stringMatching(new RegExp(`^${start}[0-9A-F]{8}$`)),
    );
    expect(createSchedule({})).toEqual({
      Description: 'Starts the daily run of LogArchiver',
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
    'starts a run every day in the time zone, 3 hours after periods have settled: %s, %d h, %d:00',
    (granularity, hours, hour) => {
      const settleTime = Duration.hours(hours);
      expect(createSchedule({ granularity, settleTime, timeZone: TimeZone.ASIA_TOKYO })).toMatchObject({
        ScheduleExpression: `cron(0 ${hour} * * ? *)`,
        ScheduleExpressionTimezone: 'Asia/Tokyo',
        State: 'ENABLED',
      });
    },
  );

  it.each([0, 1, 23])('starts a run at the scheduleHour %d in the time zone', (scheduleHour) => {
    const settleTime = Duration.hours(30);
    expect(createSchedule({ scheduleHour, settleTime, timeZone: TimeZone.ASIA_TOKYO })).toMatchObject({
      ScheduleExpression: `cron(0 ${scheduleHour} * * ? *)`,
      ScheduleExpressionTimezone: 'Asia/Tokyo',
    });
  });

  it('is disabled if the archiver is not enabled', () => {
    expect(createSchedule({ enabled: false })).toMatchObject({ State: 'DISABLED' });
    expect(createSchedule({ enabled: true })).toMatchObject({ State: 'ENABLED' });
  });

  it('has a role that only a schedule of this account can assume', () => {
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
      Path: '/log-archiver/',
    });
  });
});
