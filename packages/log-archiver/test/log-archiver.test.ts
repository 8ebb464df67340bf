import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { User } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { LogArchiver } from '../src';
import { loadAnotherCopy } from './another-copy';
import { getResources, newApp, newArchiver, newStack, TOKYO } from './archiver-stack';

describe('LogArchiver', () => {
  it('creates all resources in its own scope', () => {
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

  it('exposes its resources', () => {
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
      ['AWS::Scheduler::Schedule', 'Starts the daily run of LogArchiver'],
      ['AWS::Lambda::Function', 'LogArchiver: plan-archive'],
      ['AWS::Lambda::Function', 'LogArchiver: export-log-to-s3'],
      ['AWS::Lambda::Function', 'LogArchiver: check-export-task'],
      ['AWS::Lambda::Function', 'LogArchiver: record-archive'],
    ]);
  });

  it('grants starting executions, and nothing else', () => {
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

  it('returns any metric of the state machine by name', () => {
    const archiver = newArchiver(newStack());
    expect(archiver.metric('ExecutionThrottled')).toMatchObject({ metricName: 'ExecutionThrottled', statistic: 'Sum' });
    expect(archiver.metric('ExecutionThrottled', { statistic: 'Minimum' }).statistic).toBe('Minimum');
  });

  it('has the metric metricNotStarted of the dead-letter queue', () => {
    const archiver = newArchiver(newStack());
    const metric = archiver.metricNotStarted();
    expect([metric.namespace, metric.metricName, metric.statistic]).toEqual([
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      'Maximum',
    ]);
    expect(archiver.metricNotStarted({ statistic: 'Minimum' }).statistic).toBe('Minimum');
  });

  it.each([
    ['metricOldestIncompleteHours', 'OldestIncompleteHours', 'Maximum'],
    ['metricLogGroupsAtRisk', 'LogGroupsAtRisk', 'Maximum'],
    ['metricLosses', 'Losses', 'Sum'],
  ] as const)('has the metric %s of the planner: %s, %s', (method, metricName, statistic) => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    const metric = archiver[method]();
    expect([metric.namespace, metric.metricName, metric.statistic]).toEqual(['LogArchiver', metricName, statistic]);
    const StateMachine = stack.resolve(archiver.stateMachine.stateMachineName);
    expect(stack.resolve(metric.dimensions)).toEqual({ StateMachine });
    expect(archiver[method]({ statistic: 'Minimum' }).statistic).toBe('Minimum');
  });

  it('is recognized by isLogArchiver', () => {
    expect(LogArchiver.isLogArchiver(newArchiver(newStack()))).toBe(true);
    for (const other of [
      null,
      undefined,
      'LogArchiver',
      0,
      {},
      [],
      newApp(),
      new Construct(newStack(), 'LogArchiver'),
    ]) {
      expect(LogArchiver.isLogArchiver(other)).toBe(false);
    }
  });

  it('is recognized by another copy of the package', () => {
    const copy = loadAnotherCopy<{ LogArchiver: typeof LogArchiver }>('log-archiver').LogArchiver;
    expect(copy).not.toBe(LogArchiver);
    expect(copy.isLogArchiver(newArchiver(newStack()))).toBe(true);
  });
});

describe.each([
  ['onFailed', ['FAILED', 'TIMED_OUT', 'ABORTED']],
  ['onSucceeded', ['SUCCEEDED']],
] as const)('%s', (method, status) => {
  const stack = newStack({ env: TOKYO });
  const target = new SnsTopic(new Topic(stack, 'Pager'));
  const rule = newArchiver(stack)[method]('Page', {
    target,
    description: 'pages',
    eventPattern: { account: [TOKYO.account] },
  });

  it(`creates a rule for every run of the state machine with status ${status.join(', ')}`, () => {
    expect(rule).toBeInstanceOf(Rule);
    const rules = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::Events::Rule');
    expect(rules.map(({ Properties }) => Properties)).toEqual([
      {
        Description: 'pages',
        EventPattern: {
          account: [TOKYO.account],
          source: ['aws.states'],
          'detail-type': ['Step Functions Execution Status Change'],
          detail: {
            stateMachineArn: [{ Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) }],
            status,
          },
        },
        State: 'ENABLED',
        Targets: [{ Arn: { Ref: expect.stringMatching(/^Pager/) }, Id: 'Target0' }],
      },
    ]);
  });
});

describe('dashboardWidgets', () => {
  it('returns two rows with results and durations, and with what is not archived', () => {
    const stack = newStack();
    const widgets = newArchiver(stack).dashboardWidgets();
    expect(widgets.map(({ width }) => width)).toEqual([8, 8, 8, 8, 8, 8]);
    const shown = stack.resolve(widgets.flatMap((widget) => widget.toJson()));
    expect(shown.map(({ properties: { title } }: { properties: { title: string } }) => title)).toEqual([
      'Archiver: last day',
      'Archiver: runs per day',
      'Archiver: duration of a run',
      'Archiver: archive, last day',
      'Archiver: age of the oldest incomplete period',
      'Archiver: log groups at risk, losses',
    ]);
    const text = JSON.stringify(shown);
    for (const name of ['Succeeded', 'Failed', 'TimedOut', 'Aborted']) {
      expect(text).toContain(`"Executions${name}"`);
    }
    for (const name of ['ApproximateNumberOfMessagesVisible', 'OldestIncompleteHours', 'LogGroupsAtRisk', 'Losses']) {
      expect(text).toContain(`"${name}"`);
    }
  });
});
