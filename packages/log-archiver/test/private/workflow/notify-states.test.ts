import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { newArchiver, newStack } from '../../archiver-stack';
import { getDefinition, getDeployedDefinition } from '../../definition';

/** Published without types. */
const validate: (definition: unknown) => { isValid: boolean; errorsText(): string } = require('asl-validator');

const GOLDEN = join(__dirname, '..', '..', 'golden', 'definition-with-topic.asl.json');

const plain = newStack();
newArchiver(plain);
const stack = newStack();
newArchiver(stack, { notificationTopic: new Topic(stack, 'Topic') });
const definition = getDefinition(stack);
const { States } = definition;

describe('the definition with a topic', () => {
  it('equals the one in test/golden, which UPDATE_GOLDEN=1 rewrites', () => {
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(GOLDEN, `${JSON.stringify(definition, null, 2)}\n`);
    }
    expect(definition).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });

  it('passes asl-validator and the language service', async () => {
    const { isValid, errorsText } = validate(structuredClone(getDeployedDefinition(stack)));
    expect([isValid, errorsText()]).toEqual([true, '']);
    const text = JSON.stringify(getDeployedDefinition(stack), null, 2);
    const document = TextDocument.create('memory://definition.asl.json', 'asl', 1, text);
    const service = getLanguageService({});
    expect(await service.doValidation(document, service.parseJSONDocument(document))).toEqual([]);
  });

  it('differs from the one without a topic only in the planner, the way to the end, and six states', () => {
    const {
      PlanArchive,
      Report,
      'Notify?': notify,
      TellOperator,
      TellOperatorOfNoPlan,
      'StatesError?': statesError,
      PlanArchiveFailed,
      NotPlanned,
      ...rest
    } = States;
    const { Catch, ...planArchive } = PlanArchive;
    expect({ ...rest, PlanArchive: planArchive, Report: { ...Report, Next: 'EverythingArchived?' } }).toEqual(
      getDefinition(plain).States,
    );
    const added = [notify, TellOperator, TellOperatorOfNoPlan, statesError, PlanArchiveFailed, NotPlanned];
    expect(added.map(({ Type }) => Type)).toEqual(['Choice', 'Task', 'Task', 'Choice', 'Fail', 'Fail']);
    expect(Catch).toEqual([{ ErrorEquals: ['States.ALL'], Next: 'TellOperatorOfNoPlan' }]);
    expect(Report.Next).toBe('Notify?');
  });

  it('publishes the notification of every run that has one, whatever its status', () => {
    expect(States['Notify?']).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.notification', IsNull: false, Next: 'TellOperator' }],
      Default: 'EverythingArchived?',
    });
  });

  it.each([
    ['TellOperator', 'EverythingArchived?'],
    ['TellOperatorOfNoPlan', 'StatesError?'],
  ])('ends the same whether %s succeeds or fails', (state, end) => {
    expect(States[state]).toMatchObject({
      Resource: 'arn:${AWS::Partition}:states:::sns:publish',
      ResultPath: null,
      Next: end,
      Retry: [{ ErrorEquals: ['States.ALL'], IntervalSeconds: 10, MaxAttempts: 30, BackoffRate: 1 }],
      Catch: [{ ErrorEquals: ['States.ALL'], ResultPath: null, Next: end }],
    });
    expect(States[state].Parameters.TopicArn).toBe('${Topic}');
  });

  it('fails with the error and cause of the planner', () => {
    expect(States.NotPlanned).toEqual({ Type: 'Fail', ErrorPath: '$.Error', CausePath: '$.Cause' });
  });

  it('fails with another error name than States.*, which the alarm for unreported failures counts', () => {
    expect(States['StatesError?']).toEqual({
      Type: 'Choice',
      Choices: [{ Variable: '$.Error', StringMatches: 'States.*', Next: 'PlanArchiveFailed' }],
      Default: 'NotPlanned',
    });
    expect(States.PlanArchiveFailed).toEqual({ Type: 'Fail', Error: 'PlanArchiveFailed', CausePath: '$.Cause' });
  });

  it('has a subject of fewer than 100 characters if the planner fails', () => {
    const { Subject } = getDeployedDefinition(stack).States.TellOperatorOfNoPlan.Parameters;
    expect(Subject).toBe('LogArchiver: planning a run failed, 123456789012, ap-southeast-1');
  });

  it('adds 7 events to the history of a run with a notification, and 3 for each retry', () => {
    expect(16_061 + 2 + 5 + 30 * 3).toBeLessThan(25_000);
  });
});
