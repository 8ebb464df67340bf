import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogGroupSelection } from '../../../src';
import { getResources, importLogGroups, newArchiver, newStack } from '../../archiver-stack';
import { findRole, getStatements } from '../../policies';
import {
  ACTIONS,
  ARN_START,
  createNames,
  expectPoliciesOfAll,
  expectPoliciesWithinQuotas,
  findStatements,
  getArchivableArns,
  POLICY_CASES,
} from './policy-cases';

describe('the policies of log groups with names of 50 characters', () => {
  // The deep test has all cases.
  it.each(POLICY_CASES.slice(13, 14))(
    'are within the quotas and name all log groups: $count, $env, $context',
    expectPoliciesOfAll,
  );
});

describe('the policies of log groups with names that are tokens', () => {
  it('are within the quotas if the names have 100 characters', () => {
    const stack = newStack();
    const logGroups = createNames(100, 20).map((name) => new LogGroup(stack, name.slice(1)));
    newArchiver(stack, { logGroups });
    expectPoliciesWithinQuotas(stack);
    expect(getArchivableArns(stack)).toHaveLength(200);
  });
});

describe('the policies of log groups with names of 512 characters', () => {
  const error = (managed: number) =>
    ['ExportPermissions', 'RecordPermissions']
      .map(
        (id) =>
          `  [Stack/Archiver/${id}] the log groups need ${managed} managed policies; a role can have 10. Select by prefix, ` +
          'or split the archiver',
      )
      .join('\n');

  it('are within the quotas up to 33 log groups', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, ...createNames(33, 512)) });
    expectPoliciesWithinQuotas(stack);
    expect(findRole(stack, 'ArchiverExportLogToS3Role').managed).toHaveLength(10);
    expect(findRole(stack, 'ArchiverRecordArchiveRole').managed).toHaveLength(10);
    expect(getArchivableArns(stack)).toHaveLength(66);
  });

  it.each([
    [34, 11],
    [100, 33],
  ])('are rejected for %d log groups, which need %d managed policies', (count, managed) => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, ...createNames(count, 512)) });
    expect(() => getResources(stack)).toThrow(
      new Error(`Validation failed with the following errors:\n${error(managed)}`),
    );
  });
});

describe('the policies of selections', () => {
  const createStack = (...selections: LogGroupSelection[]) => {
    const stack = newStack();
    newArchiver(stack, { logGroups: [], selections });
    return stack;
  };
  it.each([
    [LogGroupSelection.byPrefix('/app/'), '/app/*'],
    [LogGroupSelection.byPattern('prod'), '*prod*'],
    [LogGroupSelection.all(), '*'],
    [LogGroupSelection.all().excluding(LogGroupSelection.byPrefix('/secret/')), '*'],
  ])('name the selected log groups with and without log streams: %#', (selections, pattern) => {
    const stack = createStack(selections);
    expect(getArchivableArns(stack)).toEqual([ARN_START + pattern, `${ARN_START}${pattern}:*`]);
    const conditions = ACTIONS.flatMap((action) => findStatements(stack, action)).map(({ Condition }) => Condition);
    expect(conditions).toEqual(ACTIONS.map(() => undefined));
  });

  it.each([
    [LogGroupSelection.byTag('team', 'a'), { StringEquals: { 'aws:ResourceTag/team': ['a'] } }],
    [LogGroupSelection.byTag('team', 'a', 'b'), { StringEquals: { 'aws:ResourceTag/team': ['a', 'b'] } }],
    [LogGroupSelection.byTag('archive me'), { Null: { 'aws:ResourceTag/archive me': 'false' } }],
  ])('require the tag: %#', (selections, Condition) => {
    const stack = createStack(selections);
    for (const action of ACTIONS) {
      expect(findStatements(stack, action)).toEqual([
        { Effect: 'Allow', Action: expect.anything(), Resource: [`${ARN_START}*`, `${ARN_START}*:*`], Condition },
      ]);
    }
  });

  it('have a statement for each tag, because all conditions of one statement must match', () => {
    const stack = createStack(LogGroupSelection.byTag('team', 'a'), LogGroupSelection.byTag('stage', 'prod'));
    expect(findStatements(stack, 'logs:CreateExportTask').map(({ Condition }) => Condition)).toEqual([
      { StringEquals: { 'aws:ResourceTag/team': ['a'] } },
      { StringEquals: { 'aws:ResourceTag/stage': ['prod'] } },
    ]);
  });

  it('deny nothing for exclusions', () => {
    const stack = createStack(LogGroupSelection.byPrefix('/app/').excluding(LogGroupSelection.byPattern('secret')));
    expect(getStatements(stack).map(({ Effect }) => Effect)).not.toContain('Deny');
  });

  it('are within the quotas with the longest tags between names', () => {
    const stack = newStack();
    const values = ['a', 'b', 'c', 'd', 'e'].map((each) => each.repeat(256));
    const archiver = newArchiver(stack, { logGroups: importLogGroups(stack, ...createNames(10, 100)) });
    for (const [i, logGroup] of importLogGroups(stack, ...createNames(8, 512)).entries()) {
      archiver.addLogGroup(logGroup);
      if (i < 6) {
        archiver.addSelection(LogGroupSelection.byTag(`${i}`.padEnd(128, 'k'), ...values));
      }
    }
    expectPoliciesWithinQuotas(stack);
    expect(getArchivableArns(stack)).toHaveLength(20 + 16 + 12);
  });

  it('are within the quotas if a tag starts a policy between names', () => {
    const stack = newStack();
    const logGroups = importLogGroups(stack, ...createNames(5, 512));
    const archiver = newArchiver(stack, { logGroups: logGroups.slice(0, 3) });
    archiver.addSelection(
      LogGroupSelection.byTag('team', ...['a', 'b', 'c', 'd', 'e'].map((each) => each.repeat(256))),
    );
    archiver.addLogGroup(logGroups[3]);
    archiver.addLogGroup(logGroups[4]);
    expectPoliciesWithinQuotas(stack);
    expect(findRole(stack, 'ArchiverExportLogToS3Role').managed).toHaveLength(1);
    expect(getArchivableArns(stack)).toHaveLength(5 * 2 + 2);
  });

  it('count a token as 100 characters', () => {
    const stack = newStack();
    const values = ['A', 'B', 'C', 'D', 'E'].map((id) => new LogGroup(stack, id).logGroupName);
    const selections = Array.from({ length: 40 }, (_, i) => LogGroupSelection.byTag(`tag-${i}`, ...values));
    newArchiver(stack, { logGroups: [], selections });
    expectPoliciesWithinQuotas(stack);
    expect(findRole(stack, 'ArchiverExportLogToS3Role').managed).toHaveLength(7);
  });
});
