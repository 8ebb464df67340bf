import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { getLanguageService, TextDocument } from 'amazon-states-language-service';
import { TimeZone } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { importLogGroups, newArchiver, newStack } from './archiver-stack';
import { type Definition, definitionOf, deployedDefinitionOf, logGroupStatesOf, type State } from './definition';

/** Published without types. */
const validate: (definition: unknown) => { isValid: boolean; errorsText(): string } = require('asl-validator');
const languageService = getLanguageService({});

const GOLDEN = join(__dirname, 'golden', 'definition.asl.json');

const stack = newStack();
const archiver = newArchiver(stack, {
  bucket: new Bucket(stack, 'Vault'),
  keyPrefix: 'logs',
  timeZone: TimeZone.ASIA_TOKYO,
  logGroups: importLogGroups(stack, '/app/orders'),
});
archiver.addLogGroup(importLogGroups(stack, '/app/payments')[0], { s3Prefix: 'payments' });
const definition = definitionOf(stack);
const logGroupStates = logGroupStatesOf(definition);
const allStates = { ...definition.States, ...logGroupStates };

/** What the language service, which is also behind AWS's own editors, has to say. */
async function diagnosticsOf(asl: unknown): Promise<string[]> {
  const document = TextDocument.create('memory://definition.asl.json', 'asl', 1, JSON.stringify(asl, null, 2));
  const found = await languageService.doValidation(document, languageService.parseJSONDocument(document));
  return found.map(({ message }) => String(message));
}

function broken(change: (copy: Definition) => void): Definition {
  const copy = structuredClone(deployedDefinitionOf(stack));
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
    const { isValid, errorsText } = validate(structuredClone(deployedDefinitionOf(stack)));
    expect([isValid, errorsText()]).toEqual([true, '']);
    expect(validate(broken((copy) => Object.assign(copy.States.Configure, { Next: 'Nowhere' }))).isValid).toBe(false);
  });

  it('passes the language service, which complains of a broken one', async () => {
    expect(await diagnosticsOf(deployedDefinitionOf(stack))).toEqual([]);
    const typo = broken((copy) => Object.assign(logGroupStatesOf(copy).ExportLogToS3, { Retrry: [] }));
    expect(await diagnosticsOf(typo)).toEqual(['Field is not supported.']);
    const nowhere = broken((copy) => Object.assign(copy.States.Configure, { Next: 'Nowhere' }));
    expect(await diagnosticsOf(nowhere)).toContain(
      'The value of "Next" property must be the name of an existing state.',
    );
  });

  it('fits the 1 MiB of AWS with 100 log groups of the longest names', () => {
    const targets = Array.from({ length: 100 }, () => ({ logGroupName: 'x'.repeat(512), s3Prefix: 'x'.repeat(453) }));
    const rest = JSON.stringify(deployedDefinitionOf(stack)).length;
    expect(rest + JSON.stringify(targets).length).toBeLessThan(1_048_576);
  });

  it('asks for the context object in the parent only, where an execution is the run', () => {
    expect(JSON.stringify(definition.States.Configure)).toContain('$$.Execution.StartTime');
    expect(JSON.stringify(logGroupStates)).not.toContain('$$.');
    expect(JSON.stringify(definition).match(/\$\$\.[A-Za-z.]+/g)).toEqual([
      '$$.Execution.StartTime',
      '$$.Execution.StartTime',
      '$$.Map.Item.Value',
    ]);
  });
});

describe('the states', () => {
  const tasks = Object.entries(allStates).filter(([, { Type }]) => Type === 'Task');

  it('that call a function are two', () => {
    expect(tasks.map(([name]) => name)).toEqual(['ExportLogToS3', 'CheckExportTask']);
  });

  it.each(tasks)('that call a function retry and catch everything: %s', (_, { Retry = [], Catch = [] }: State) => {
    expect(Retry.at(-1)).toEqual({
      ErrorEquals: ['States.ALL'],
      IntervalSeconds: 10,
      MaxAttempts: 180,
      BackoffRate: 1,
    });
    expect(Catch.at(-1)).toEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'Failed' });
  });

  it('of a log group run one execution at a time, with a history of its own', () => {
    expect(definition.States.ArchiveEachLogGroup).toMatchObject({
      Type: 'Map',
      MaxConcurrency: 1,
      ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' } },
    });
    // A Retry would archive every log group once more, a Catch would hide that the run was cut short.
    expect(definition.States.ArchiveEachLogGroup).not.toHaveProperty('Retry');
    expect(definition.States.ArchiveEachLogGroup).not.toHaveProperty('Catch');
  });

  it('that fail the run are those two', () => {
    const failing = Object.entries(allStates).filter(([, { Type }]) => Type === 'Fail');
    expect(Object.fromEntries(failing)).toEqual({
      NoLogGroups: {
        Type: 'Fail',
        Error: 'InvalidArchiveRequest',
        Cause: 'logGroups must be a list of at least one { "logGroupName": …, "s3Prefix": … or null }',
      },
      ArchiveIncomplete: { Type: 'Fail', Error: 'ArchiveIncomplete', CausePath: '$.cause' },
    });
  });
});

describe('the data of a run of 100 log groups with the longest names and keys', () => {
  const LIMIT = 256 * 1_024;
  const target = { logGroupName: 'x'.repeat(512), s3Prefix: 'x'.repeat(453) };
  const outcome = {
    logGroupName: target.logGroupName,
    status: 'FAILED',
    error: 'InvalidParameterException',
    taskId: '01234567-89ab-cdef-0123-456789abcdef',
    destinationPrefix: 'x'.repeat(464),
  };
  const hundred = <T>(each: T) => Array.from({ length: 100 }, () => each);
  const size = (data: unknown) => Buffer.byteLength(JSON.stringify(data));

  it('fits the 256 KiB of a state when all of them fail', () => {
    const request = { scheduledTime: '2026-11-01T18:00:00.000000000Z', period: '2026-10', logGroups: hundred(target) };
    const { notStarted } = definition.States.Configure.Parameters;
    const afterDefaults = { defaults: request, input: request };
    const afterMap = { request, startedAt: request.scheduledTime, notStarted, outcomes: hundred(outcome) };
    const afterFindFailures = { outcomes: hundred(outcome), incomplete: true, failures: hundred(outcome) };
    for (const data of [afterDefaults, afterMap, afterFindFailures]) {
      expect(size(data)).toBeLessThan(LIMIT);
    }
  });

  it('fits the 32,768 characters of a Cause with the first 20 failures', () => {
    expect(definition.States.NameFailures.Parameters['cause.$']).toContain('$.failures[0:20]');
    expect(size(hundred(outcome).slice(0, 20)) + '100 of 100 log groups FAILED: '.length).toBeLessThan(32_768);
  });
});
