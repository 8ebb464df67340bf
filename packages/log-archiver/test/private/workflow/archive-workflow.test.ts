import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveItem, ArchiveOutcome, ArchivePage, ArchiveSummary } from '@log-archiver/core';
import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import { TimeZone } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { LogGroupSelection } from '../../../src';
import { importLogGroups, newArchiver, newStack } from '../../archiver-stack';
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

/** What the language service, which is also behind AWS's own editors, has to say. */
async function listDiagnostics(asl: unknown): Promise<string[]> {
  const document = TextDocument.create('memory://definition.asl.json', 'asl', 1, JSON.stringify(asl, null, 2));
  const found = await languageService.doValidation(document, languageService.parseJSONDocument(document));
  return found.map(({ message }) => String(message));
}

function broken(change: (copy: Definition) => void): Definition {
  const copy = structuredClone(getDeployedDefinition(stack));
  change(copy);
  return copy;
}

describe('the definition', () => {
  it('is the one in test/golden, which UPDATE_GOLDEN=1 rewrites', () => {
    if (process.env.UPDATE_GOLDEN === '1') {
      writeFileSync(GOLDEN, `${JSON.stringify(definition, null, 2)}\n`);
    }
    expect(definition).toEqual(JSON.parse(readFileSync(GOLDEN, 'utf8')));
  });

  it('passes asl-validator, which refuses a broken one', () => {
    const { isValid, errorsText } = validate(structuredClone(getDeployedDefinition(stack)));
    expect([isValid, errorsText()]).toEqual([true, '']);
    expect(validate(broken((copy) => Object.assign(copy.States.Configure, { Next: 'Nowhere' }))).isValid).toBe(false);
  });

  it('passes the language service, which complains of a broken one', async () => {
    expect(await listDiagnostics(getDeployedDefinition(stack))).toEqual([]);
    const typo = broken((copy) => Object.assign(getItemStates(copy).ExportLogToS3, { Retrry: [] }));
    expect(await listDiagnostics(typo)).toEqual(['Field is not supported.']);
    const nowhere = broken((copy) => Object.assign(copy.States.Configure, { Next: 'Nowhere' }));
    expect(await listDiagnostics(nowhere)).toContain(
      'The value of "Next" property must be the name of an existing state.',
    );
  });

  it('asks for the context object in the parent only, where an execution is the run', () => {
    expect(JSON.stringify(itemStates)).not.toContain('$$.');
    expect(JSON.stringify(definition).match(/\$\$\.[A-Za-z.]+/g)).toEqual([
      '$$.Execution.Id',
      '$$.Execution.Name',
      '$$.Execution.StartTime',
      '$$.StateMachine.Id',
      '$$.Map.Item.Value',
    ]);
  });

  it('takes nothing from the input but the request, which can override no parameter', () => {
    const { 'request.$': request, ...rest } = definition.States.Configure.Parameters;
    expect(request).toBe('$');
    expect(JSON.stringify(rest)).not.toContain('"$.');
    expect(definition.States.Configure).not.toHaveProperty('ResultPath');
  });
});

describe('the states', () => {
  const tasks = Object.entries(allStates).filter(([, { Type }]) => Type === 'Task');

  it('that call a function are four', () => {
    expect(tasks.map(([name]) => name)).toEqual(['PlanArchive', 'ExportLogToS3', 'CheckExportTask', 'RecordArchive']);
  });

  it.each(tasks)('that call a function try everything again: %s', (_, { Retry = [] }: State) => {
    expect(Retry.at(-1)).toEqual({
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 10,
      MaxAttempts: 180,
      BackoffRate: 1,
    });
  });

  it.each(tasks.slice(1))('of an item catch everything: %s', (_, { Catch = [] }: State) => {
    expect(Catch.at(-1)).toEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' });
  });

  it('let a run that cannot be planned end with the error and the cause of the function', () => {
    expect(definition.States.PlanArchive).not.toHaveProperty('Catch');
  });

  it('of an item run one execution at a time, with a history of its own, and take no other along when they die', () => {
    expect(definition.States.ArchiveEachLogGroup).toMatchObject({
      Type: 'Map',
      MaxConcurrency: 1,
      ToleratedFailurePercentage: 100,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
    // A Retry would archive every item once more, a Catch would hide that the run was cut short.
    expect(definition.States.ArchiveEachLogGroup).not.toHaveProperty('Retry');
    expect(definition.States.ArchiveEachLogGroup).not.toHaveProperty('Catch');
  });

  it.each([
    ['ARCHIVE', ['ArchiveEachLogGroup', 'PlanArchive']],
    ['WAIT', ['WaitUntilExportable', 'PlanArchive']],
    ['REPORT', ['Report', 'EverythingArchived?']],
    ['STAND_ASIDE', ['AnotherRunIsAtWork', undefined]],
  ] satisfies [ArchivePage['next'], unknown][])('follow what the plan says is next: %s', (next, [first, second]) => {
    const { Choices, Default } = definition.States['MoreToArchive?'];
    const choice = Choices?.find((each) => 'StringEquals' in each && each.StringEquals === next);
    expect(choice).toEqual({ Variable: '$.page.next', StringEquals: next, Next: first });
    expect(definition.States[String(first)].Next).toBe(second);
    // A word that nobody knows ends the run red.
    expect(Default).toBeUndefined();
  });

  it('end a run red unless it is complete or only said what it would do', () => {
    const { Choices, Default } = definition.States['EverythingArchived?'];
    const status = (value: ArchiveSummary['status']) => ({ Variable: '$.status', StringEquals: value });
    expect(Choices).toEqual([{ Or: [status('COMPLETE'), status('DRY_RUN')], Next: 'Succeed' }]);
    expect(Default).toBe('ArchiveIncomplete');
  });

  it('that fail the run are one', () => {
    const failing = Object.entries(allStates).filter(([, { Type }]) => Type === 'Fail');
    expect(Object.fromEntries(failing)).toEqual({
      ArchiveIncomplete: { Type: 'Fail', Error: 'ArchiveIncomplete', CausePath: '$.cause' },
    });
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
    from,
    to,
    destinationPrefix,
    adoptAfter: from,
    retentionInDays: 3_653,
    daysLost: 31,
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
    taskId: '01234567-89ab-cdef-0123-456789abcdef',
    destinationPrefix,
    leftover: "another run's receipt was there first: 01234567-89ab-cdef-0123-456789abcdef",
  };
  const times = <T>(count: number, each: T) => Array.from({ length: count }, () => each);
  const size = (data: unknown) => Buffer.byteLength(JSON.stringify(data));
  const request = { scheduledTime: '2026-11-01T18:00:00.000000000Z', period: '2026-10', logGroups: times(100, target) };
  const { run, notStarted } = getDeployedDefinition(stack).States.Configure.Parameters;

  it('fits the 256 KiB of a state when an input names 100 log groups, and a page of 40 failed', () => {
    const page = { next: 'ARCHIVE', number: 999, items: times(40, item), waitUntil: null, standsAsideFor: null };
    expect(size({ request, run, page, outcomes: times(40, outcome), notStarted })).toBeLessThan(LIMIT);
  });

  it('fits the 256 KiB of what PlanArchive is asked when the definition has all that it may have, too', () => {
    const asked = {
      ...run,
      request,
      definition: 'x'.repeat(105_000),
      ownLogGroupNames: times(5, target.logGroupName),
      page: 999,
      outcomes: times(40, outcome),
    };
    expect(size(asked)).toBeLessThan(LIMIT);
  });

  it('fits the 256 KiB of a state when the run reports, and tells the operator', () => {
    const notification = { subject: 'x'.repeat(99), message: 'x'.repeat(16_384) };
    const summary = {
      first: times(20, outcome),
      cause: 'x'.repeat(32_768),
      reportKey: 'x'.repeat(1_024),
      notification,
    };
    expect(size({ request, run, page: { summary }, outcomes: times(40, outcome), notStarted })).toBeLessThan(LIMIT);
  });

  it('fits the 1 MiB of a definition', () => {
    expect(JSON.stringify(getDeployedDefinition(stack)).length + 105_000).toBeLessThan(1_048_576);
  });
});

describe('the history of a run', () => {
  // https://docs.aws.amazon.com/step-functions/latest/dg/bp-history-limit.html, as packages/local-aws counts it.
  const EVENTS: Record<string, number> = { Task: 5, Map: 6, Pass: 2, Choice: 2, Wait: 2, Succeed: 2, Fail: 1 };
  const [RETRY, START_AND_END] = [3, 2];
  const countEvents = (...names: string[]) => names.reduce((sum, name) => sum + EVENTS[definition.States[name].Type], 0);

  it('has 13 events a page, and 16 where the plan was tried again', () => {
    expect(countEvents('PlanArchive', 'MoreToArchive?', 'ArchiveEachLogGroup') + RETRY).toBe(16);
  });

  it('has 16,061 of 25,000 events with 1,000 pages, a retry for each, and 5 waits: room for 16 outages of half an hour', () => {
    const pages = 1_000 * (countEvents('PlanArchive', 'MoreToArchive?', 'ArchiveEachLogGroup') + RETRY);
    const waits = 5 * countEvents('PlanArchive', 'MoreToArchive?', 'WaitUntilExportable');
    const last = countEvents('PlanArchive', 'MoreToArchive?', 'Report', 'EverythingArchived?', 'ArchiveIncomplete');
    const all = START_AND_END + countEvents('Configure') + pages + waits + last;
    expect(all).toBe(16_061);
    expect(Math.floor((25_000 - all) / (180 * RETRY))).toBe(16);
  });
});
