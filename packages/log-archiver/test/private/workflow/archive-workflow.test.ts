import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type {
  ArchiveItem,
  ArchiveOutcome,
  ArchivePage,
  ArchiveSummary,
  PeriodLoss,
  ReportEntry,
} from '@log-archiver/core';
import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import { Duration, type Stack, TimeZone } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Granularity, LogGroupSelection } from '../../../src';
import { getResources, importLogGroups, newArchiver, newStack, TOKYO } from '../../archiver-stack';
import { type Definition, getDefinition, getDeployedDefinition, getItemStates, type State } from '../../definition';

/** Published without types. */
const validate: (definition: unknown) => { isValid: boolean; errorsText(): string } = require('asl-validator');
const languageService = getLanguageService({});

const GOLDEN = join(__dirname, '..', '..', 'golden', 'definition.asl.json');

const stack = newStack();
const archiver = newArchiver(stack, {
  bucket: new Bucket(stack, 'Vault'),
  keyPrefix: 'logs',
  timeZone: TimeZone.ASIA_TOKYO,
  logGroups: importLogGroups(stack, '/app/orders'),
  selections: [LogGroupSelection.byPrefix('/aws/lambda/').excluding(LogGroupSelection.byTag('archive', 'no'))],
});
archiver.addLogGroup(importLogGroups(stack, '/app/payments')[0], { s3Prefix: 'payments' });
const definition = getDefinition(stack);
const itemStates = getItemStates(definition);
const allStates = { ...definition.States, ...itemStates };

/** Returns the findings of the language service, which AWS's editors also use. */
async function listDiagnostics(asl: unknown): Promise<string[]> {
  const document = TextDocument.create('memory://definition.asl.json', 'asl', 1, JSON.stringify(asl, null, 2));
  const found = await languageService.doValidation(document, languageService.parseJSONDocument(document));
  return found.map(({ message }) => String(message));
}

function breakDefinition(change: (copy: Definition) => void): Definition {
  const copy = structuredClone(getDeployedDefinition(stack));
  change(copy);
  return copy;
}

describe('the definition', () => {
  it('equals the one in test/golden, which UPDATE_GOLDEN=1 rewrites', () => {
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(GOLDEN, `${JSON.stringify(definition, null, 2)}\n`);
    }
    expect(definition).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });

  it('passes asl-validator, which rejects a broken definition', () => {
    const { isValid, errorsText } = validate(structuredClone(getDeployedDefinition(stack)));
    expect([isValid, errorsText()]).toEqual([true, '']);
    expect(validate(breakDefinition((copy) => Object.assign(copy.States.Configure, { Next: 'Nowhere' }))).isValid).toBe(
      false,
    );
  });

  it('passes the language service, which rejects a broken definition', async () => {
    expect(await listDiagnostics(getDeployedDefinition(stack))).toEqual([]);
    const typo = breakDefinition((copy) => Object.assign(getItemStates(copy).ExportLogToS3, { Retrry: [] }));
    expect(await listDiagnostics(typo)).toEqual(['Field is not supported.']);
    const nowhere = breakDefinition((copy) => Object.assign(copy.States.Configure, { Next: 'Nowhere' }));
    expect(await listDiagnostics(nowhere)).toContain(
      'The value of "Next" property must be the name of an existing state.',
    );
  });

  it('uses the context object in the parent only, whose execution is the run', () => {
    expect(JSON.stringify(itemStates)).not.toContain('$$.');
    expect(JSON.stringify(definition).match(/\$\$\.[A-Za-z.]+/g)).toEqual([
      '$$.Execution.Id',
      '$$.Execution.Name',
      '$$.Execution.StartTime',
      '$$.StateMachine.Id',
      '$$.Map.Item.Value',
    ]);
  });

  it('keeps the input in one field, so that the input cannot override a parameter', () => {
    const { 'input.$': input, ...rest } = definition.States.Configure.Parameters;
    expect(input).toBe('$');
    expect(JSON.stringify(rest)).not.toContain('"$.');
    expect(definition.States.Configure).not.toHaveProperty('ResultPath');
  });
});

describe('the states', () => {
  const tasks = Object.entries(allStates).filter(([, { Type }]) => Type === 'Task');

  it('include four that call a function', () => {
    expect(tasks.map(([name]) => name)).toEqual(['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive']);
  });

  it.each(tasks)('retry every error in %s', (_, { Retry = [] }: State) => {
    expect(Retry.at(-1)).toEqual({
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 10,
      MaxAttempts: 180,
      BackoffRate: 1,
    });
  });

  it.each(tasks.slice(1))('catch every error in %s', (_, { Catch = [] }: State) => {
    expect(Catch.at(-1)).toEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' });
  });

  it('continue RecordArchive with the cause of RecordingUnfinished, and end with its outcome', () => {
    const { Parameters, Catch, ...state } = itemStates.RecordArchive;
    expect(Parameters['progress.$']).toBe('$.error.Cause');
    expect(Catch?.[0]).toEqual({
      ErrorEquals: ['RecordingUnfinished'],
      ResultPath: '$.error',
      Next: 'RecordArchive',
    });
    expect(state).toMatchObject({ End: true });
    expect(state).not.toHaveProperty('ResultPath');
  });

  it('end a run whose planner fails with the error and cause of the function', () => {
    expect(definition.States.PlanArchive).not.toHaveProperty('Catch');
  });

  it('archive one item at a time, in an execution of its own that cannot stop the others', () => {
    expect(definition.States.ArchiveEachLogGroup).toMatchObject({
      Type: 'Map',
      Label: 'ArchiveEachLogGroup',
      MaxConcurrency: 1,
      ToleratedFailurePercentage: 100,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
    // A Retry would archive all items again, and a Catch would hide that the run was cut short.
    expect(definition.States.ArchiveEachLogGroup).not.toHaveProperty('Retry');
    expect(definition.States.ArchiveEachLogGroup).not.toHaveProperty('Catch');
  });

  it.each([
    ['ARCHIVE', ['ArchiveEachLogGroup', 'PlanArchive']],
    ['PLAN', ['PlanArchive', 'MoreToArchive?']],
    ['WAIT', ['WaitUntilExportable', 'PlanArchive']],
    ['REPORT', ['Report', 'EverythingArchived?']],
    ['STAND_ASIDE', ['AnotherRunIsAtWork', undefined]],
  ] satisfies [ArchivePage['next'], unknown][])('continue as the page says: %s', (next, [first, second]) => {
    const { Choices, Default } = definition.States['MoreToArchive?'];
    const choice = Choices?.find((each) => 'StringEquals' in each && each.StringEquals === next);
    expect(choice).toEqual({ Variable: '$.page.next', StringEquals: next, Next: first });
    expect(definition.States[String(first)].Next).toBe(second);
    // An unknown value fails the run.
    expect(Default).toBeUndefined();
  });

  it('fail a run unless it is complete or a dry run', () => {
    const { Choices, Default } = definition.States['EverythingArchived?'];
    const status = (value: ArchiveSummary['status']) => ({ Variable: '$.status', StringEquals: value });
    expect(Choices).toEqual([
      { Or: [status('COMPLETE'), status('DRY_RUN')], Next: 'Succeed' },
      { ...status('LOSS'), Next: 'ArchiveLoss' },
    ]);
    expect(Default).toBe('ArchiveIncomplete');
  });

  it('include two that fail the run', () => {
    const failing = Object.entries(allStates).filter(([, { Type }]) => Type === 'Fail');
    expect(Object.fromEntries(failing)).toEqual({
      ArchiveIncomplete: { Type: 'Fail', Error: 'ArchiveIncomplete', CausePath: '$.cause' },
      ArchiveLoss: { Type: 'Fail', Error: 'ArchiveLoss', CausePath: '$.cause' },
    });
  });

  it('put the outcomes in place of the items, so that each outcome is evaluated once', () => {
    const { Configure, PlanArchive, ArchiveEachLogGroup } = definition.States;
    expect(Configure.Parameters.page).toEqual({ number: 0, items: [] });
    expect(ArchiveEachLogGroup).toMatchObject({ ItemsPath: '$.page.items', ResultPath: '$.page.items' });
    expect(PlanArchive.Parameters['outcomes.$']).toBe('$.page.items');
  });

  it.each([
    ['Skipped', { status: 'SKIPPED', 'error.$': '$.error.Error', cause: null }],
    ['Failed', { status: 'FAILED', 'error.$': '$.error.Error', 'cause.$': '$.error.Cause' }],
  ])('describe the outcome in %s', (state, outcome) => {
    expect(itemStates[state].Parameters).toMatchObject(outcome);
  });
});

describe('the data of a run with the longest names and keys', () => {
  const LIMIT = 256 * 1_024;
  const target = { logGroupName: 'x'.repeat(512), s3Prefix: 'x'.repeat(453) };
  const [from, to] = [1_790_000_000_000, 1_790_000_000_000];
  const destinationPrefix = 'x'.repeat(464);
  const item: ArchiveItem = {
    ...target,
    period: '2026-10-31',
    periodFrom: from,
    periodTo: to,
    previousPeriod: { name: '2026-10-30', from, to },
    from,
    to,
    destinationPrefix,
    taskName: 'x'.repeat(512),
    adoptAfter: from,
    logGroup: {
      logGroupClass: 'INFREQUENT_ACCESS',
      createdAt: from,
      retentionInDays: 3_653,
      removedBefore: from,
      deletionProtectionEnabled: false,
      dataProtectionStatus: 'ACTIVATED',
    },
    losses: (['RetentionExpired', 'LogGroupRecreated'] as const).map((cause) => ({
      cause,
      from: '2026-09-30T15:00:00.000Z',
      to: '2026-10-31T14:59:59.999Z',
    })),
    force: false,
    attempt: 2,
    part: 'HOUR',
    slotDeadline: to,
  };
  const outcome: ArchiveOutcome = {
    logGroupName: target.logGroupName,
    period: '2026-10-31',
    from,
    to,
    status: 'FAILED',
    error: 'InvalidParameterException',
    cause: JSON.stringify({ errorType: 'InvalidParameterException', errorMessage: 'x'.repeat(1_000), trace: [] }),
    taskId: '01234567-89ab-cdef-0123-456789abcdef',
    destinationPrefix,
    leftover: "another run's receipt was there first: 01234567-89ab-cdef-0123-456789abcdef",
  };
  const times = <T>(count: number, each: T) => Array.from({ length: count }, () => each);
  const size = (data: unknown) => Buffer.byteLength(JSON.stringify(data));
  const input = { scheduledTime: '2026-11-01T18:00:00.000000000Z', period: '2026-10', logGroups: times(100, target) };
  const { run, notStarted } = getDeployedDefinition(stack).States.Configure.Parameters;

  it.each([
    ['a page of 40 items', item],
    ['40 failed outcomes, each with a message of 1,000 characters', outcome],
  ])('fits in the 256 KiB of a state with 100 log groups in the input and %s', (_, each) => {
    const page = { next: 'ARCHIVE', number: 999, items: times(40, each), waitUntil: null, standsAsideFor: null };
    expect(size({ input, run, page, notStarted })).toBeLessThan(LIMIT);
  });

  it('leaves 48 KiB for outcomes in the payload of PlanArchive with the largest definition and input', () => {
    const payload = {
      ...run,
      input,
      definition: 'x'.repeat(105_000),
      ownLogGroupNames: times(5, target.logGroupName),
      page: 999,
      outcomes: [],
    };
    expect(size(payload)).toBeLessThan(LIMIT - 48 * 1_024);
  });

  it('fits in the 256 KiB of a state with a report and a notification', () => {
    const loss: PeriodLoss = {
      ...item.losses[0],
      logGroupName: target.logGroupName,
      reportedAt: '2026-11-01T18:00:00.000Z',
      execution: 'x'.repeat(256),
    };
    const entry: ReportEntry = { ...outcome, cause: 'x'.repeat(1_000), losses: item.losses, storedBytes: 1e15 };
    const summary: Partial<ArchiveSummary> = {
      first: times(20, entry),
      newLosses: times(20, loss),
      warnings: times(20, { type: 'LogGroupNeverSeen', subject: target.logGroupName, message: 'x'.repeat(600) }),
      cause: 'x'.repeat(32_768),
      reportKey: 'x'.repeat(1_024),
      notification: { subject: 'x'.repeat(99), message: 'x'.repeat(16_384) },
    };
    expect(size({ input, run, page: { items: [], summary }, notStarted })).toBeLessThan(LIMIT);
  });

  it('fits four times in the 256 KiB of an item, whose data an error of Step Functions can quote', () => {
    expect(size({ item, run, task: outcome, error: { Error: outcome.error, Cause: outcome.cause } })).toBeLessThan(
      LIMIT / 4,
    );
  });

  it('fits in the 1 MiB of a definition', () => {
    expect(JSON.stringify(getDeployedDefinition(stack)).length + 105_000).toBeLessThan(1_048_576);
  });
});

describe('the history of a run', () => {
  // https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html, counted as in packages/local-aws.
  const EVENTS: Record<string, number> = { Task: 5, Map: 6, Pass: 2, Choice: 2, Wait: 2, Succeed: 2, Fail: 1 };
  const [RETRY, START_AND_END] = [3, 2];
  const countEvents = (...names: string[]) =>
    names.reduce((sum, name) => sum + EVENTS[definition.States[name].Type], 0);

  it('has 13 events per page, and 16 if planning was retried', () => {
    expect(countEvents('PlanArchive', 'MoreToArchive?', 'ArchiveEachLogGroup') + RETRY).toBe(16);
  });

  it('has 16,061 of 25,000 events with 1,000 pages, a retry for each, and 5 waits', () => {
    const pages = 1_000 * (countEvents('PlanArchive', 'MoreToArchive?', 'ArchiveEachLogGroup') + RETRY);
    const waits = 5 * countEvents('PlanArchive', 'MoreToArchive?', 'WaitUntilExportable');
    const last = countEvents('PlanArchive', 'MoreToArchive?', 'Report', 'EverythingArchived?', 'ArchiveIncomplete');
    const all = START_AND_END + countEvents('Configure') + pages + waits + last;
    expect(all).toBe(16_061);
    const spare = 25_000 - all;
    const outage = 180 * RETRY;
    const pageWithoutItems = countEvents('PlanArchive', 'MoreToArchive?');
    expect([Math.floor(spare / outage), Math.floor(spare / pageWithoutItems)]).toEqual([16, 1_277]);
  });
});

function getParameters(stack: Stack, archiverId: string) {
  return getDefinition(stack, archiverId).States.Configure.Parameters.run.parameters;
}

describe('the state machine', () => {
  it('is of type STANDARD with X-Ray, and logs all events under /aws/vendedlogs/states/ for a month', () => {
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

  it('has the settings of the archiver as parameters', () => {
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

  it('passes its own log groups and those of the functions, which selections leave out', () => {
    const stack = newStack();
    newArchiver(stack);
    const logGroups = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === 'AWS::Logs::LogGroup');
    const names = logGroups.map(([id]) => `\${${id.replace(/[0-9A-F]{8}$/, '')}}`);
    expect(names).toHaveLength(5);
    expect(getDefinition(stack).States.PlanArchive.Parameters.ownLogGroupNames).toEqual(names);
  });
});
