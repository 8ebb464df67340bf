import { CfnParameter, type Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogGroupSelection } from '../src';
import { importLogGroups, newArchiver, newStack, getResources } from './archiver-stack';
import { getDefinition } from './definition';

/** What the planner is asked for. */
function askedFor(stack: Stack) {
  const { logGroups, selectors } = getDefinition(stack).States.PlanArchive.Parameters;
  return { logGroups, selectors };
}

function getSelectors(...selections: LogGroupSelection[]) {
  const stack = newStack();
  newArchiver(stack, { logGroups: [], selections });
  const { logGroups, selectors } = askedFor(stack);
  expect(logGroups).toEqual([]);
  return selectors;
}

describe('a selection', () => {
  it.each([
    [LogGroupSelection.byPrefix('/aws/lambda/'), { by: 'PREFIX', prefix: '/aws/lambda/' }],
    [LogGroupSelection.byPattern('prod'), { by: 'PATTERN', pattern: 'prod' }],
    [LogGroupSelection.byTag('team', 'a', 'b'), { by: 'TAG', key: 'team', values: ['a', 'b'] }],
    [LogGroupSelection.byTag('archive me'), { by: 'TAG', key: 'archive me', values: [] }],
    [LogGroupSelection.all(), { by: 'ALL' }],
  ])('tells the planner what to look for: %#', (selection, of) => {
    expect(getSelectors(selection)).toEqual([{ of, excluding: [] }]);
  });

  it('excludes others, all that it is told to, and stays as it was', () => {
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

  it('excludes named log groups, whose names may be those that the deployment gives', () => {
    const stack = newStack();
    const noisy = LogGroupSelection.fromLogGroups(...importLogGroups(stack, '/noisy'), new LogGroup(stack, 'Own'));
    newArchiver(stack, { logGroups: [], selections: [LogGroupSelection.all().excluding(noisy)] });
    expect(askedFor(stack).selectors).toEqual([
      { of: { by: 'ALL' }, excluding: [{ by: 'NAME', logGroupNames: ['/noisy', '${Own}'] }] },
    ]);
  });

  it('may be of prefixes, patterns and values that only the deployment knows', () => {
    const stack = newStack();
    const name = new CfnParameter(stack, 'Name').valueAsString;
    const { byPrefix, byPattern, byTag } = LogGroupSelection;
    newArchiver(stack, { logGroups: [], selections: [byPrefix(name), byPattern(name), byTag('team', name)] });
    expect(askedFor(stack).selectors.map(({ of }: { of: unknown }) => of)).toEqual([
      { by: 'PREFIX', prefix: '${Name}' },
      { by: 'PATTERN', pattern: '${Name}' },
      { by: 'TAG', key: 'team', values: ['${Name}'] },
    ]);
  });

  it('of named log groups is the same as the property of that name, or addLogGroup', () => {
    const stack = newStack();
    const [a, b, c] = importLogGroups(stack, '/a', '/b', '/c');
    const archiver = newArchiver(stack, { logGroups: [a], selections: [LogGroupSelection.fromLogGroups(b)] });
    archiver.addSelection(LogGroupSelection.fromLogGroups(c));
    const logGroups = ['/a', '/b', '/c'].map((logGroupName) => ({ logGroupName, s3Prefix: null }));
    expect(askedFor(stack)).toEqual({ logGroups, selectors: [] });
    expect(() => archiver.addSelection(LogGroupSelection.fromLogGroups(b))).toThrow(
      new Error('log groups must be added once each, got /b and /b'),
    );
  });

  it('can be added later, and is enough', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { logGroups: [] });
    expect(() => getResources(stack)).toThrow('must be at least one log group or selection, got none');
    archiver.addSelection(LogGroupSelection.byPrefix('/a/'), LogGroupSelection.byPrefix('/b/'));
    expect(askedFor(stack).selectors).toEqual([
      { of: { by: 'PREFIX', prefix: '/a/' }, excluding: [] },
      { of: { by: 'PREFIX', prefix: '/b/' }, excluding: [] },
    ]);
  });
});

describe('a selection is refused', () => {
  it('of no log groups at all', () => {
    expect(() => LogGroupSelection.fromLogGroups()).toThrow(
      new Error('logGroups must be at least one log group, got none'),
    );
  });

  it.each(['', '/aws/lambda/*', 'a b', 'a:b', '^/aws', 'ä', 'x'.repeat(513)])('by the prefix or pattern %p', (text) => {
    const error = (parameter: string) =>
      new Error(`${parameter} must be 1 to 512 letters, digits, and . - _ / #, got ${JSON.stringify(text)}`);
    expect(() => LogGroupSelection.byPrefix(text)).toThrow(error('prefix'));
    expect(() => LogGroupSelection.byPattern(text)).toThrow(error('pattern'));
  });

  it('but not by one of 512 characters, or of all that there are', () => {
    for (const text of ['x'.repeat(512), '.-_/#Az09']) {
      expect(() => [LogGroupSelection.byPrefix(text), LogGroupSelection.byPattern(text)]).not.toThrow();
    }
  });

  it.each(['', 'a*', 'a!', 'x'.repeat(129)])('by the key of a tag %p', (key) => {
    expect(() => LogGroupSelection.byTag(key)).toThrow(
      new Error(
        `the key of a tag must be 1 to 128 letters, digits, spaces, and _ . : / = + - @, got ${JSON.stringify(key)}`,
      ),
    );
  });

  it('by the key of a tag that only the deployment knows', () => {
    const key = new CfnParameter(newStack(), 'Key').valueAsString;
    expect(() => LogGroupSelection.byTag(key)).toThrow(
      new Error('the key of a tag must be known at synth, since it becomes the name of a condition, got a token'),
    );
  });

  // ListLogGroups would take the first two for a wildcard and for a negation, which IAM does not know.
  it.each(['prod*', '!prod', 'x'.repeat(257)])('by the value of a tag %p', (value) => {
    expect(() => LogGroupSelection.byTag('stage', 'dev', value)).toThrow(
      new Error(
        `the value of a tag must be 0 to 256 letters, digits, spaces, and _ . : / = + - @, got ${JSON.stringify(value)}`,
      ),
    );
  });

  it('but not by tags as long as can be, in any script, of any value, or of none', () => {
    const { byTag } = LogGroupSelection;
    const values = ['x'.repeat(256), '', '本番 環境', 'a_.:/=+-@'];
    expect(() => [byTag('x'.repeat(128), ...values), byTag('aws:cloudformation:stack-name', 'Shop')]).not.toThrow();
  });

  it('by more than five values of a tag', () => {
    expect(() => LogGroupSelection.byTag('team', 'a', 'b', 'c', 'd', 'e')).not.toThrow();
    expect(() => LogGroupSelection.byTag('team', 'a', 'b', 'c', 'd', 'e', 'f')).toThrow(
      new Error(
        'the values of a tag must be at most 5, got 6: a, b, c, d, e, f; use several selections by the same tag',
      ),
    );
  });

  it('when named log groups are to exclude others', () => {
    const stack = newStack();
    const named = LogGroupSelection.fromLogGroups(...importLogGroups(stack, '/a', '/b'));
    expect(() => named.excluding(LogGroupSelection.byPrefix('/a'))).toThrow(
      new Error(
        'LogGroupSelection.fromLogGroups cannot exclude log groups: leave them out there, or exclude them from byPrefix, ' +
          'byPattern, byTag or all',
      ),
    );
  });

  it('when what it excludes excludes something itself', () => {
    const { all, byPrefix, byPattern } = LogGroupSelection;
    const lambda = byPrefix('/aws/lambda/').excluding(byPattern('prod'), byPattern('stage'));
    expect(() => all().excluding(lambda)).toThrow(
      new Error('a selection that is excluded must not exclude any itself, got PREFIX excluding PATTERN, PATTERN'),
    );
  });
});
