import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newArchiver, newStack, getResources, TOKYO } from '../archiver-stack';

const stack = newStack({ env: TOKYO });
const archiver = newArchiver(stack);
const target = new SnsTopic(new Topic(stack, 'Pager'));
const rule = archiver.onFailed('Page', { target, description: 'pages', eventPattern: { account: [TOKYO.account] } });
const resources = getResources(stack);

function only(type: string) {
  const found = Object.entries(resources).filter(([, { Type }]) => Type === type);
  expect(found).toHaveLength(1);
  return { id: found[0][0], properties: found[0][1].Properties };
}

describe('the dead-letter queue of the schedule', () => {
  const { id, properties } = only('AWS::SQS::Queue');

  it('keeps for 14 days what could not be started, encrypted by SQS', () => {
    expect(properties).toEqual({ MessageRetentionPeriod: 1_209_600, SqsManagedSseEnabled: true });
    expect(stack.resolve(archiver.deadLetterQueue.queueArn)).toEqual({ 'Fn::GetAtt': [id, 'Arn'] });
  });

  it('takes nothing without TLS, and from nobody but the role of the schedule', () => {
    const { PolicyDocument } = only('AWS::SQS::QueuePolicy').properties as { PolicyDocument: { Statement: object[] } };
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

  it('has a metric', () => {
    const metric = archiver.metricNotStarted();
    expect([metric.namespace, metric.metricName, metric.statistic]).toEqual([
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      'Maximum',
    ]);
    expect(archiver.metricNotStarted({ statistic: 'Minimum' }).statistic).toBe('Minimum');
  });
});

describe('onFailed', () => {
  it('tells a target of every run of this state machine that did not succeed', () => {
    expect(rule).toBeInstanceOf(Rule);
    expect(only('AWS::Events::Rule').properties).toEqual({
      Description: 'pages',
      EventPattern: {
        account: [TOKYO.account],
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          stateMachineArn: [{ Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) }],
          status: ['FAILED', 'TIMED_OUT', 'ABORTED'],
        },
      },
      State: 'ENABLED',
      Targets: [{ Arn: { Ref: expect.stringMatching(/^Pager/) }, Id: 'Target0' }],
    });
  });
});

describe('dashboardWidgets', () => {
  it('fill a row with how runs ended and how long they took', () => {
    const widgets = archiver.dashboardWidgets();
    expect(widgets.map(({ width }) => width)).toEqual([8, 8, 8]);
    const shown = stack.resolve(widgets.flatMap((widget) => widget.toJson()));
    expect(shown.map(({ properties: { title } }: { properties: { title: string } }) => title)).toEqual([
      'Archiver: the last day',
      'Archiver: runs a day',
      'Archiver: how long a run takes',
    ]);
    const text = JSON.stringify(shown);
    for (const name of ['Succeeded', 'Failed', 'TimedOut', 'Aborted']) {
      expect(text).toContain(`"Executions${name}"`);
    }
    expect(text).toContain('"ApproximateNumberOfMessagesVisible"');
  });
});
