import { getResources, newStack, TOKYO } from '../../archiver-stack';
import { newVerifier } from '../../verifier-stack';

const stack = newStack({ env: TOKYO });
const verifier = newVerifier(stack);

function findOnly(type: string) {
  const found = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === type);
  expect(found).toHaveLength(1);
  const [[id, { Properties }]] = found;
  return { id, properties: Properties };
}

describe('the schedule', () => {
  it('starts the state machine at 06:00 UTC on the 8th of each month, with an empty input', () => {
    const { id, properties } = findOnly('AWS::Scheduler::Schedule');
    expect(stack.resolve(verifier.schedule.scheduleName)).toEqual({ Ref: id });
    expect(properties).toEqual({
      Description: 'Starts the monthly verification of LogArchiver',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ScheduleExpression: 'cron(0 6 8 * ? *)',
      ScheduleExpressionTimezone: 'Etc/UTC',
      State: 'ENABLED',
      Target: {
        Arn: { Ref: expect.stringMatching(/^VerifierWorkflowStateMachine[0-9A-F]{8}$/) },
        DeadLetterConfig: { Arn: { 'Fn::GetAtt': [expect.stringMatching(/^VerifierScheduleDeadLetterQueue/), 'Arn'] } },
        Input: '{}',
        RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
        RoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^VerifierScheduleRole[0-9A-F]{8}$/), 'Arn'] },
      },
    });
  });
});

describe('the dead-letter queue of the schedule', () => {
  const { id, properties } = findOnly('AWS::SQS::Queue');

  it('keeps failed invocations for 14 days, encrypted by SQS', () => {
    expect(properties).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    expect(stack.resolve(verifier.deadLetterQueue.queueArn)).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
  });

  it('denies sending to all except the role of the schedule', () => {
    const { PolicyDocument } = findOnly('AWS::SQS::QueuePolicy').properties as {
      PolicyDocument: { Statement: object[] };
    };
    expect(PolicyDocument.Statement).toContainEqual({
      ...{ Sid: 'NobodyElseSends', Effect: 'Deny', Action: 'sqs:SendMessage' },
      ...{ Principal: { AWS: '*' }, Resource: { 'Fn::GetAtt': [id, 'Arn'] } },
      Condition: {
        ArnNotEquals: {
          'aws:PrincipalArn': { 'Fn::GetAtt': [expect.stringMatching(/^VerifierScheduleRole[0-9A-F]{8}$/), 'Arn'] },
        },
      },
    });
  });
});
