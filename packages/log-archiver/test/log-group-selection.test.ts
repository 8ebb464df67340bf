import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogGroupSelection } from '../src';
import { getResources, importLogGroups, newArchiver, newStack } from './archiver-stack';
import { getDefinition } from './definition';

/** Returns the planner's log groups and selectors. */
function getRequested(stack: Stack) {
  const { logGroups, selectors } = getDefinition(stack).States.PlanArchive.Parameters;
  return { logGroups, selectors };
}

function getSelectors(...selections: LogGroupSelection[]) {
  const stack = newStack();
  newArchiver(stack, { logGroups: [], selections });
  const { logGroups, selectors } = getRequested(stack);
  expect(logGroups).toEqual([]);
  return selectors;
}

describe('LogGroupSelection', () => {
  it.each([
    [LogGroupSelection.byPrefix('/aws/lambda/'), { by: 'PREFIX', prefix: '/aws/lambda/' }],
    [LogGroupSelection.byPattern('prod'), { by: 'PATTERN', pattern: 'prod' }],
    [LogGroupSelection.byTag('team', 'a', 'b'), { by: 'TAG', key: 'team', values: ['a', 'b'] }],
    [LogGroupSelection.byTag('archive me'), { by: 'TAG', key: 'archive me', values: [] }],
    [LogGroupSelection.all(), { by: 'ALL' }],
  ])('passes a selector to the planner: %#', (selection, of) => {
    expect(getSelectors(selection)).toEqual([{ of, excluding: [] }]);
  });

  it('returns a copy that excludes all given selections', () => {
    const all = LogGroupSelection.all();
    const someNot = all.excluding(LogGroupSelection.byPrefix('/a/'), LogGroupSelection.byTag('archive', 'no'));
    const evenFewer = someNot.excluding(LogGroupSelection.byPattern('test'));
    const excluding = [
      { by: 'PREFIX', prefix: '/a/' },
      { by: 'TAG', key: 'archive', values: ['no'] },
      { by: 'PATTERN', pattern: 'test' },
    ];
    expect(getSelectors(all, someNot, evenFewer)).toEqual([
      { of: { by: 'ALL' }, excluding: [] },
      { of: { by: 'ALL' }, excluding: excluding.slice(0, 2) },
      { of: { by: 'ALL' }, excluding },
    ]);
  });

  it('excludes log groups by name, also by a name that is not known yet', () => {
    const stack = newStack();
    const noisy = LogGroupSelection.fromLogGroups(...importLogGroups(stack, '/noisy'), new LogGroup(stack, 'Own'));
    newArchiver(stack, { logGroups: [], selections: [LogGroupSelection.all().excluding(noisy)] });
    expect(getRequested(stack).selectors).toEqual([
      { of: { by: 'ALL' }, excluding: [{ by: 'NAME', logGroupNames: ['/noisy', '${Own}'] }] },
    ]);
  });

  it('accepts prefixes, patterns and tag values that are tokens', () => {
    const stack = newStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const { byPrefix, byPattern, byTag } = LogGroupSelection;
    newArchiver(stack, { logGroups: [], selections: [byPrefix(name), byPattern(name), byTag('team', name)] });
    expect(getRequested(stack).selectors.map(({ of }: { of: unknown }) => of)).toEqual([
      { by: 'PREFIX', prefix: '${Name}' },
      { by: 'PATTERN', pattern: '${Name}' },
      { by: 'TAG', key: 'team', values: ['${Name}'] },
    ]);
  });

  it('adds log groups by name like logGroups and addLogGroup', () => {
    const stack = newStack();
    const [a, b, c] = importLogGroups(stack, '/a', '/b', '/c');
    const archiver = newArchiver(stack, { logGroups: [a], selections: [LogGroupSelection.fromLogGroups(b)] });
    archiver.addSelection(LogGroupSelection.fromLogGroups(c));
    const logGroups = ['/a', '/b', '/c'].map((logGroupName) => ({ logGroupName, s3Prefix: null }));
    expect(getRequested(stack)).toEqual({ logGroups, selectors: [] });
    expect(() => archiver.addSelection(LogGroupSelection.fromLogGroups(b))).toThrow(
      new Error('log group /b has already been added'),
    );
  });

  it('is sufficient without log groups, and can be added later', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { logGroups: [] });
    expect(() => getResources(stack)).toThrow('pass at least one log group (logGroups) or selection (selections)');
    archiver.addSelection(LogGroupSelection.byPrefix('/a/'), LogGroupSelection.byPrefix('/b/'));
    expect(getRequested(stack).selectors).toEqual([
      { of: { by: 'PREFIX', prefix: '/a/' }, excluding: [] },
      { of: { by: 'PREFIX', prefix: '/b/' }, excluding: [] },
    ]);
  });
});

describe('the factories of LogGroupSelection', () => {
  it('reject an empty list of log groups', () => {
    expect(() => LogGroupSelection.fromLogGroups()).toThrow(
      new Error('logGroups must contain at least one log group, got none'),
    );
  });

  const NO_PATTERN = '; pass a part of the name, not a regular expression or wildcards';

  it.each([
    ['', '', ''],
    ['/aws/lambda/*', '; leave out the *', NO_PATTERN],
    ['/aws/*/prod', '', NO_PATTERN],
    ['^/aws/ecs/.+', '', NO_PATTERN],
    ['prod|stage', '', NO_PATTERN],
    ['a b', '', ''],
    ['a:b', '', ''],
    ['ä', '', ''],
    ['x'.repeat(513), '', ''],
  ])('reject the prefix or pattern %p, with a remedy', (text, ofPrefix, ofPattern) => {
    const error = (parameter: string, remedy: string) =>
      new Error(`${parameter} must be 1 to 512 letters, digits, and . - _ / #, got ${JSON.stringify(text)}${remedy}`);
    expect(() => LogGroupSelection.byPrefix(text)).toThrow(error('prefix', ofPrefix));
    expect(() => LogGroupSelection.byPattern(text)).toThrow(error('pattern', ofPattern));
  });

  it('accept 512 characters, and every allowed character', () => {
    for (const text of ['x'.repeat(512), '.-_/#Az09']) {
      expect(() => [LogGroupSelection.byPrefix(text), LogGroupSelection.byPattern(text)]).not.toThrow();
    }
  });

  it.each(['', 'a*', 'a!', 'x'.repeat(129)])('reject the tag key %p', (key) => {
    expect(() => LogGroupSelection.byTag(key)).toThrow(
      new Error(`tag key must be 1 to 128 letters, digits, spaces, and _ . : / = + - @, got ${JSON.stringify(key)}`),
    );
  });

  it('reject a tag key that is a token', () => {
    const key = new CfnParameter(newStack(), 'Key').valueAsString;
    expect(() => LogGroupSelection.byTag(key)).toThrow(
      new Error('tag key must be known at synthesis (it becomes the name of a condition), got a token'),
    );
  });

  // ListLogGroups takes the first two for a wildcard and a negation, which IAM does not support.
  it.each(['prod*', '!prod', 'x'.repeat(257)])('reject the tag value %p', (value) => {
    expect(() => LogGroupSelection.byTag('stage', 'dev', value)).toThrow(
      new Error(
        `tag value must be 0 to 256 letters, digits, spaces, and _ . : / = + - @, got ${JSON.stringify(value)}`,
      ),
    );
  });

  it('accept the longest tags, in any script, with values or without', () => {
    const { byTag } = LogGroupSelection;
    const values = ['x'.repeat(256), '', '本番 環境', 'a_.:/=+-@'];
    expect(() => [byTag('x'.repeat(128), ...values), byTag('aws:cloudformation:stack-name', 'Shop')]).not.toThrow();
  });

  it('reject more than five tag values', () => {
    expect(() => LogGroupSelection.byTag('team', 'a', 'b', 'c', 'd', 'e')).not.toThrow();
    expect(() => LogGroupSelection.byTag('team', 'a', 'b', 'c', 'd', 'e', 'f')).toThrow(
      new Error('tag values must be at most 5, got 6: a, b, c, d, e, f; use several selections with the same tag'),
    );
  });

  it('reject exclusions from log groups by name', () => {
    const stack = newStack();
    const named = LogGroupSelection.fromLogGroups(...importLogGroups(stack, '/a', '/b'));
    expect(() => named.excluding(LogGroupSelection.byPrefix('/a'))).toThrow(
      new Error(
        'LogGroupSelection.fromLogGroups cannot exclude log groups; leave them out, or exclude them from byPrefix, ' +
          'byPattern, byTag or all',
      ),
    );
  });

  it('reject an excluded selection with exclusions of its own', () => {
    const { all, byPrefix, byPattern } = LogGroupSelection;
    const lambda = byPrefix('/aws/lambda/').excluding(byPattern('prod'), byPattern('stage'));
    expect(() => all().excluding(lambda)).toThrow(
      new Error('an excluded selection must not exclude others itself, got PREFIX excluding PATTERN, PATTERN'),
    );
  });
});
