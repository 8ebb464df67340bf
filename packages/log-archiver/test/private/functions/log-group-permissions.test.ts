import type { Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import recommendedFeatureFlags from 'aws-cdk-lib/recommended-feature-flags.json';
import { LogGroupSelection } from '../../../src';
import { importLogGroups, newArchiver, newStack, getResources, TOKYO } from '../../archiver-stack';
import { withLongestValues } from '../../longest-values';
import { toList, findRole, getRoles, type Statement, getStatements } from '../../policies';

const MINIMIZE = '@aws-cdk/aws-iam:minimizePolicies';
const START = 'arn:aws-us-gov:logs:ap-southeast-1:123456789012:log-group:';
const named = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => `/${String(i).padStart(3, '0')}${'x'.repeat(length - 4)}`);
const characters = (...documents: unknown[]) => documents.reduce<number>((sum, each) => sum + length(each), 0);
const length = (value: unknown) => JSON.stringify(value).length;

const ACTIONS = ['logs:CreateExportTask', 'logs:FilterLogEvents'];

function onLogGroups(stack: Stack, action: string): Statement[] {
  return getStatements(stack).filter(({ Action }) => toList(Action).includes(action));
}

/** What can be exported, which is also what can be looked into. */
function exportable(stack: Stack): string[] {
  const [exporting, looking] = ACTIONS.map((action) =>
    onLogGroups(stack, action).flatMap(({ Resource }) => toList(Resource)),
  );
  expect(looking).toEqual(exporting);
  return exporting;
}

function expectToFit(stack: Stack) {
  for (const [id, { trust, inline, managed }] of Object.entries(getRoles(stack))) {
    expect([id, 'trust', characters(trust) <= 2_048]).toEqual([id, 'trust', true]);
    expect([id, 'inline', characters(...inline) <= 10_240]).toEqual([id, 'inline', true]);
    expect([id, 'managed policies', managed.length <= 10]).toEqual([id, 'managed policies', true]);
    expect(managed.map(length).filter((each) => each > 6_144)).toEqual([]);
  }
  const resources = getResources(stack);
  const buckets = Object.values(resources).filter(({ Type }) => Type === 'AWS::S3::BucketPolicy');
  expect(buckets.map(({ Properties }) => length(withLongestValues(Properties.PolicyDocument, resources)))).toEqual([
    expect.any(Number),
  ]);
  for (const { Properties } of buckets) {
    expect(length(withLongestValues(Properties.PolicyDocument, resources))).toBeLessThanOrEqual(20 * 1_024);
  }
  const statements = ACTIONS.flatMap((action) => onLogGroups(stack, action));
  expect(statements.map(length).filter((each) => each > 4_000)).toEqual([]);
}

describe('the policies of 1, 50 and 100 log groups with names of 50 characters', () => {
  const flags = [{}, { [MINIMIZE]: false }, { [MINIMIZE]: true }, recommendedFeatureFlags];
  const cases = [1, 50, 100].flatMap((count) =>
    [undefined, TOKYO].flatMap((env) => flags.map((context) => ({ count, env, context }))),
  );

  it.each(cases)('fit the limits of IAM and name all of them: $count, $env, $context', ({ count, env, context }) => {
    const stack = newStack({ env }, context);
    const names = named(count, 50);
    newArchiver(stack, { logGroups: importLogGroups(stack, ...names) });
    expectToFit(stack);
    const [starts, ends] = [0, 1].map((part) => exportable(stack).map((arn) => arn.split(':log-group:')[part]));
    expect(ends.sort()).toEqual(names.flatMap((name) => [name, `${name}:*`]).sort());
    const inTokyo = expect.stringMatching(/^arn:aws(-us-gov)?:logs:ap-northeast-1:123456789012$/);
    expect([...new Set(starts)]).toEqual([env ? inTokyo : START.replace(':log-group:', '')]);
  });
});

describe('the policies of log groups whose names are not known yet', () => {
  it('fit the limits of IAM when the names turn out to be 100 characters long', () => {
    const stack = newStack();
    const logGroups = named(100, 20).map((name) => new LogGroup(stack, name.slice(1)));
    newArchiver(stack, { logGroups });
    expectToFit(stack);
    expect(exportable(stack)).toHaveLength(200);
  });
});

describe('the policies of log groups with names of 512 characters', () => {
  const error = (managed: number) =>
    ['ExportPermissions', 'RecordPermissions']
      .map(
        (id) =>
          `  [Stack/Archiver/${id}] the log groups' names and selections must fit the policies of one role, an inline ` +
          `one and 10 managed ones, got ${managed} managed ones; select by a prefix, or spread the log groups over ` +
          'several archivers',
      )
      .join('\n');

  it('fit the limits of IAM up to 33 log groups', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, ...named(33, 512)) });
    expectToFit(stack);
    expect(findRole(stack, 'ArchiverExportLogToS3Role').managed).toHaveLength(10);
    expect(findRole(stack, 'ArchiverRecordArchiveRole').managed).toHaveLength(10);
    expect(exportable(stack)).toHaveLength(66);
  });

  it.each([
    [34, 11],
    [100, 33],
  ])('are refused for %d log groups, which would need %d managed policies', (count, managed) => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, ...named(count, 512)) });
    expect(() => getResources(stack)).toThrow(
      new Error(`Validation failed with the following errors:\n${error(managed)}`),
    );
  });
});

describe('the policies of selections', () => {
  const of = (...selections: LogGroupSelection[]) => {
    const stack = newStack();
    newArchiver(stack, { logGroups: [], selections });
    return stack;
  };
  it.each([
    [LogGroupSelection.byPrefix('/app/'), '/app/*'],
    [LogGroupSelection.byPattern('prod'), '*prod*'],
    [LogGroupSelection.all(), '*'],
    [LogGroupSelection.all().excluding(LogGroupSelection.byPrefix('/secret/')), '*'],
  ])('name what is selected, with and without log streams: %#', (selections, pattern) => {
    const stack = of(selections);
    expect(exportable(stack)).toEqual([START + pattern, `${START}${pattern}:*`]);
    expect(ACTIONS.flatMap((action) => onLogGroups(stack, action)).map(({ Condition }) => Condition)).toEqual([
      undefined,
      undefined,
    ]);
  });

  it.each([
    [LogGroupSelection.byTag('team', 'a'), { StringEquals: { 'aws:ResourceTag/team': ['a'] } }],
    [LogGroupSelection.byTag('team', 'a', 'b'), { StringEquals: { 'aws:ResourceTag/team': ['a', 'b'] } }],
    [LogGroupSelection.byTag('archive me'), { Null: { 'aws:ResourceTag/archive me': 'false' } }],
  ])('ask for the tag: %#', (selections, Condition) => {
    const stack = of(selections);
    for (const Action of ACTIONS) {
      expect(onLogGroups(stack, Action)).toEqual([
        { Effect: 'Allow', Action, Resource: [`${START}*`, `${START}*:*`], Condition },
      ]);
    }
  });

  it('ask for each tag in a statement of its own, as those of one statement have all to be there', () => {
    const stack = of(LogGroupSelection.byTag('team', 'a'), LogGroupSelection.byTag('stage', 'prod'));
    expect(onLogGroups(stack, 'logs:CreateExportTask').map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:ResourceTag/team': ['a'] } },
      { StringEquals: { 'aws:ResourceTag/stage': ['prod'] } },
    ]);
  });

  it('deny nothing', () => {
    const stack = of(LogGroupSelection.byPrefix('/app/').excluding(LogGroupSelection.byPattern('secret')));
    expect(getStatements(stack).map(({ Effect }) => Effect)).not.toContain('Deny');
  });

  it('fit the limits of IAM with tags as long as can be, and names between them', () => {
    const stack = newStack();
    const values = ['a', 'b', 'c', 'd', 'e'].map((each) => each.repeat(256));
    const archiver = newArchiver(stack, { logGroups: importLogGroups(stack, ...named(10, 100)) });
    for (const [i, logGroup] of importLogGroups(stack, ...named(8, 512)).entries()) {
      archiver.addLogGroup(logGroup);
      if (i < 6) {
        archiver.addSelection(LogGroupSelection.byTag(`${i}`.padEnd(128, 'k'), ...values));
      }
    }
    expectToFit(stack);
    expect(exportable(stack)).toHaveLength(20 + 16 + 12);
  });

  it('fit the limits of IAM where a tag started a policy between names', () => {
    const stack = newStack();
    const logGroups = importLogGroups(stack, ...named(5, 512));
    const archiver = newArchiver(stack, { logGroups: logGroups.slice(0, 3) });
    archiver.addSelection(
      LogGroupSelection.byTag('team', ...['a', 'b', 'c', 'd', 'e'].map((each) => each.repeat(256))),
    );
    archiver.addLogGroup(logGroups[3]);
    archiver.addLogGroup(logGroups[4]);
    expectToFit(stack);
    expect(findRole(stack, 'ArchiverExportLogToS3Role').managed).toHaveLength(1);
    expect(exportable(stack)).toHaveLength(5 * 2 + 2);
  });

  it('count a value that is not known yet as 100 characters', () => {
    const stack = newStack();
    const values = ['A', 'B', 'C', 'D', 'E'].map((id) => new LogGroup(stack, id).logGroupName);
    const selections = Array.from({ length: 40 }, (_, i) => LogGroupSelection.byTag(`tag-${i}`, ...values));
    newArchiver(stack, { logGroups: [], selections });
    expectToFit(stack);
    expect(findRole(stack, 'ArchiverExportLogToS3Role').managed).toHaveLength(7);
  });
});
