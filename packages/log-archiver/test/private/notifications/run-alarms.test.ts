import { App, Stack } from 'aws-cdk-lib';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newArchiver, newStack, type Resource, getResources, TOKYO, getWarnings } from '../../archiver-stack';

type Archiver = Parameters<typeof newArchiver>[1];

function watched(props: Archiver = {}) {
  const stack = newStack({ env: TOKYO });
  const archiver = newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic'), ...props });
  return { stack, archiver, resources: getResources(stack) };
}

// biome-ignore lint/suspicious/noExplicitAny: what is in there, the test says
function findByType(resources: Record<string, Resource>, type: string): [string, Record<string, any>][] {
  return Object.entries(resources).flatMap(([id, { Type, Properties }]) =>
    Type === type ? [[id.slice(0, -8), Properties]] : [],
  );
}

const ofPartition = (...rest: string[]) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ...rest]] });

describe('without a topic', () => {
  it('there are no alarms, rules or filters of the log', () => {
    const stack = newStack();
    newArchiver(stack);
    const types = Object.values(getResources(stack)).map(({ Type }) => Type);
    expect(types.filter((type) => /Alarm|Rule|MetricFilter|SNS/.test(type))).toEqual([]);
  });
});

describe('the alarms', () => {
  const { resources } = watched();
  const alarms = Object.fromEntries(findByType(resources, 'AWS::CloudWatch::Alarm'));

  it('are three, and tell the topic when they begin', () => {
    expect(Object.keys(alarms)).toEqual(['ArchiverWatchUntold', 'ArchiverWatchNotStarted', 'ArchiverWatchNoSuccess']);
    for (const { AlarmActions, OKActions, InsufficientDataActions } of Object.values(alarms)) {
      expect([AlarmActions, OKActions, InsufficientDataActions]).toEqual([
        [{ Ref: expect.stringMatching(/^Topic/) }],
        undefined,
        undefined,
      ]);
    }
  });

  it('say what happened, and how to go on', () => {
    const { AlarmDescription } = alarms.ArchiverWatchNoSuccess;
    expect(JSON.stringify(AlarmDescription['Fn::Join'][1])).toContain(
      ': no run has succeeded for 51 hours, or none ever. Look at the last one. To archive what is not archived yet: ' +
        'aws stepfunctions start-execution --region ap-northeast-1 --state-machine-arn ',
    );
  });

  it('begin when no run has succeeded in 51 hours, one by one, or nothing is known', () => {
    expect(alarms.ArchiverWatchNoSuccess).toMatchObject({
      ...{ Namespace: 'AWS/States', MetricName: 'ExecutionsSucceeded', Statistic: 'Sum', Period: 3_600 },
      ...{
        EvaluationPeriods: 51,
        Threshold: 1,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
      },
      Dimensions: [{ Name: 'StateMachineArn', Value: { Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) } }],
    });
    expect(alarms.ArchiverWatchNoSuccess).not.toHaveProperty('DatapointsToAlarm');
  });

  it('do not miss runs that nobody starts', () => {
    const disabled = Object.fromEntries(findByType(watched({ enabled: false }).resources, 'AWS::CloudWatch::Alarm'));
    expect(Object.keys(disabled)).toEqual(['ArchiverWatchUntold', 'ArchiverWatchNotStarted']);
  });

  it('begin with the first message in the dead-letter queue', () => {
    expect(alarms.ArchiverWatchNotStarted).toMatchObject({
      ...{ Namespace: 'AWS/SQS', MetricName: 'ApproximateNumberOfMessagesVisible', Statistic: 'Maximum', Period: 300 },
      ...{ EvaluationPeriods: 1, Threshold: 1, TreatMissingData: 'notBreaching' },
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    });
  });

  it.each([
    ['with a key', true],
    ['without', false],
  ])(
    'begin with a run, not that of an item, that dies of what no state can catch, as the log says: %s',
    (_, isEncrypted) => {
      const stack = newStack({ env: TOKYO });
      const encryptionKey = isEncrypted ? new Key(stack, 'Key') : undefined;
      newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic'), encryptionKey });
      const [[, filter]] = findByType(getResources(stack), 'AWS::Logs::MetricFilter');
      const [, parts] = filter.FilterPattern['Fn::Join'];
      expect(parts[0]).toBe(
        '{ ($.type = "ExecutionFailed") && ($.details.error = "States.*") && ($.execution_arn = "arn:',
      );
      expect(parts.at(-1)).toBe(':*") }');
      const [{ MetricName, MetricNamespace, MetricValue }] = filter.MetricTransformations;
      expect([MetricNamespace, MetricValue]).toEqual(['LogArchiver', '1']);
      const untold = Object.fromEntries(findByType(getResources(stack), 'AWS::CloudWatch::Alarm')).ArchiverWatchUntold;
      expect(untold).toMatchObject({
        MetricName,
        Namespace: 'LogArchiver',
        Statistic: 'Sum',
        Period: 300,
        Threshold: 1,
      });
    },
  );
});

describe('the rule', () => {
  const { resources } = watched();
  const rules = findByType(resources, 'AWS::Events::Rule');

  it('tells of runs that timed out or were aborted, and of none that fails, since that told of itself', () => {
    expect(rules.map(([id]) => id)).toEqual(['ArchiverWatchStopped']);
    const [[, { EventPattern, Targets }]] = rules;
    expect(EventPattern).toEqual({
      source: ['aws.states'],
      'detail-type': ['Step Functions Execution Status Change'],
      detail: {
        stateMachineArn: [{ Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) }],
        status: ['TIMED_OUT', 'ABORTED'],
      },
    });
    expect(Targets).toEqual([
      {
        Arn: { Ref: expect.stringMatching(/^Topic/) },
        Id: 'Target0',
        InputTransformer: {
          InputPathsMap: { 'detail-executionArn': '$.detail.executionArn', 'detail-status': '$.detail.status' },
          InputTemplate: {
            'Fn::Join': [
              '',
              [
                '"LogArchiver: the run <detail-executionArn> ended <detail-status>. What it had archived stays archived. ' +
                  'To archive what is not archived yet: aws stepfunctions start-execution --region ap-northeast-1 ' +
                  '--state-machine-arn ',
                { Ref: expect.stringMatching(/^ArchiverWorkflowStateMachine/) },
                '"',
              ],
            ],
          },
        },
      },
    ]);
  });
});

describe('the policy of the topic', () => {
  const publish = (Service: string, Condition: object) => ({
    ...{ Effect: 'Allow', Action: 'sns:Publish', Principal: { Service } },
    ...{ Resource: { Ref: expect.stringMatching(/^Topic/) }, Condition },
  });

  it('lets this rule publish, and, as the policy in whose place it is, every alarm of the account', () => {
    const [[, { PolicyDocument }]] = findByType(watched().resources, 'AWS::SNS::TopicPolicy');
    expect(PolicyDocument.Statement).toMatchObject([
      publish('events.amazonaws.com', {
        ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [expect.stringMatching(/^ArchiverWatchStopped/), 'Arn'] } },
      }),
      publish('cloudwatch.amazonaws.com', {
        StringEquals: { 'aws:SourceAccount': TOKYO.account },
        ArnLike: { 'aws:SourceArn': ofPartition(':cloudwatch:ap-northeast-1:123456789012:alarm:*') },
      }),
    ]);
  });

  it('is printed for a topic that is imported, statement by statement', () => {
    const stack = newStack({ env: TOKYO });
    const topic = Topic.fromTopicArn(stack, 'Imported', 'arn:aws:sns:ap-northeast-1:123456789012:operators');
    newArchiver(stack, { notificationTopic: topic });
    expect(getWarnings(stack).map(([id, text]) => [id, text.split('\n')[0]])).toEqual([
      [
        '/Stack/Archiver/NotificationTopic',
        'the policy of an imported topic cannot be changed from here; runs that were stopped or timed out tell nobody until it has this statement:',
      ],
      [
        '/Stack/Archiver/NotificationTopic',
        'the policy of an imported topic cannot be changed from here; alarms tell nobody until it has this statement:',
      ],
    ]);
    expect(getWarnings(stack)[1][1]).toContain(
      '"aws:SourceArn": "arn:${AWS::Partition}:cloudwatch:ap-northeast-1:123456789012:alarm:*"',
    );
  });

  it.each([
    ['another stack', TOKYO],
    ['another stack and account', { ...TOKYO, account: '999999999999' }],
  ])('of %s waits for no archiver: any rule of the account may publish', (_, env) => {
    const app = new App();
    const shared = new Stack(app, 'Shared', { env });
    const topic = new Topic(shared, 'Topic', { topicName: 'operators' });
    newArchiver(new Stack(app, 'Stack', { env: TOKYO }), { notificationTopic: topic });
    const [[, { PolicyDocument }]] = findByType(getResources(shared), 'AWS::SNS::TopicPolicy');
    expect(PolicyDocument.Statement).toMatchObject([
      env === TOKYO
        ? publish('events.amazonaws.com', {
            ArnLike: { 'aws:SourceArn': ofPartition(':events:ap-northeast-1:123456789012:rule/*') },
          })
        : { Principal: { AWS: ofPartition(':iam::123456789012:root') }, Action: 'sns:Publish' },
      { Principal: { Service: 'cloudwatch.amazonaws.com' } },
    ]);
  });

  it('of another account lets this one publish, too, whose roles are not there yet, the one of the rule among them', () => {
    const stack = newStack({ env: TOKYO });
    const topicArn = 'arn:aws:sns:ap-northeast-1:999999999999:operators';
    newArchiver(stack, { notificationTopic: Topic.fromTopicArn(stack, 'Imported', topicArn) });
    const [[, text], [, alarms], ...others] = getWarnings(stack);
    expect(text).toContain('"AWS": "arn:${AWS::Partition}:iam::123456789012:root"');
    expect(alarms).toContain('"cloudwatch.amazonaws.com"');
    expect(others).toEqual([]);
    const [[, { Targets }]] = findByType(getResources(stack), 'AWS::Events::Rule');
    expect(Targets).toMatchObject([{ Arn: topicArn, RoleArn: { 'Fn::GetAtt': [expect.any(String), 'Arn'] } }]);
    const publishing = findByType(getResources(stack), 'AWS::IAM::Policy').filter(([, policy]) =>
      JSON.stringify(policy).includes('"sns:Publish"'),
    );
    expect(publishing.map(([id]) => id).sort()).toEqual([
      expect.stringMatching(/^ArchiverNotificationTopicEventsRoleDefaultPolicy/),
      expect.stringMatching(/^ArchiverWorkflowStateMachineRoleDefaultPolicy/),
    ]);
  });

  it('of another account takes its key from there, too', () => {
    const stack = newStack({ env: TOKYO });
    const keyArn = 'arn:aws:kms:ap-northeast-1:999999999999:key/12345678-1234-1234-1234-123456789012';
    const topicArn = 'arn:aws:sns:ap-northeast-1:999999999999:operators';
    newArchiver(stack, { notificationTopic: Topic.fromTopicAttributes(stack, 'Imported', { topicArn, keyArn }) });
    const [, ofTheKey] = getWarnings(stack).map(([, text]) => text);
    expect(ofTheKey).toContain('"AWS": "arn:${AWS::Partition}:iam::123456789012:root"');
    expect(ofTheKey).toContain('"kms:ViaService": "sns.ap-northeast-1.${AWS::URLSuffix}"');
  });

  it('that is imported is printed statements that can be pasted', () => {
    const stack = newStack({ env: TOKYO });
    const topicArn = 'arn:aws:sns:ap-northeast-1:123456789012:operators';
    newArchiver(stack, { notificationTopic: Topic.fromTopicArn(stack, 'Imported', topicArn) });
    expect(getWarnings(stack).filter(([, text]) => text.includes('Fn::'))).toEqual([]);
  });
});

describe('a topic to which alarms and rules cannot publish', () => {
  it.each([
    [
      'arn:aws:sns:ap-northeast-1:123456789012:operators.fifo',
      'notificationTopic must be a standard topic, since alarms and rules publish to no FIFO one, got Stack/Imported',
    ],
    [
      'arn:aws:sns:eu-west-1:123456789012:operators',
      'notificationTopic must be in the Region of the archiver, ap-northeast-1, got eu-west-1',
    ],
  ])('is refused: %s', (topicArn, message) => {
    const stack = newStack({ env: TOKYO });
    const notificationTopic = Topic.fromTopicArn(stack, 'Imported', topicArn);
    expect(() => newArchiver(stack, { notificationTopic })).toThrow(new Error(message));
  });

  it('is refused if it is the FIFO topic of an app', () => {
    const stack = newStack({ env: TOKYO });
    const notificationTopic = new Topic(stack, 'Topic', { fifo: true });
    expect(() => newArchiver(stack, { notificationTopic })).toThrow('must be a standard topic');
  });
});

describe('the key of the topic', () => {
  it('lets the role of the machine, events and alarms use it', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic', { masterKey: new Key(stack, 'Key') }) });
    const [[, { KeyPolicy }]] = findByType(getResources(stack), 'AWS::KMS::Key');
    const use = (Service: string) => ({
      ...{ Effect: 'Allow', Action: ['kms:GenerateDataKey*', 'kms:Decrypt'], Principal: { Service }, Resource: '*' },
      Condition: { StringEqualsIfExists: { 'aws:SourceAccount': TOKYO.account } },
    });
    expect(KeyPolicy.Statement).toEqual(
      expect.arrayContaining([use('events.amazonaws.com'), use('cloudwatch.amazonaws.com')]),
    );
    const [[, { PolicyDocument }]] = findByType(getResources(stack), 'AWS::IAM::Policy').filter(([id]) =>
      /^ArchiverWorkflowStateMachineRoleDefaultPolicy/.test(id),
    );
    expect(PolicyDocument.Statement).toContainEqual({
      ...{ Effect: 'Allow', Action: ['kms:GenerateDataKey', 'kms:Decrypt'] },
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Key/), 'Arn'] },
      Condition: {
        StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sns.ap-northeast-1.', { Ref: 'AWS::URLSuffix' }]] } },
      },
    });
  });

  it('is not that of the archiver', () => {
    const stack = newStack({ env: TOKYO });
    newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic'), encryptionKey: new Key(stack, 'Key') });
    expect(JSON.stringify(getResources(stack))).not.toContain('sns.ap-northeast-1.');
  });
});
