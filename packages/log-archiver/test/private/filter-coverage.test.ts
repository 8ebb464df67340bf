import { CfnParameter } from 'aws-cdk-lib';
import { LogGroupSelection } from '../../src';
import { importLogGroups, newStack } from '../archiver-stack';

const { all, byPattern, byPrefix, byTag, fromLogGroups } = LogGroupSelection;
const name = new CfnParameter(newStack(), 'Name').valueAsString;

describe('excluding', () => {
  it.each<[LogGroupSelection, LogGroupSelection, string]>([
    [all(), all(), 'all() excluded from all()'],
    [byPrefix('/a'), all(), 'all() excluded from byPrefix("/a")'],
    [byTag('team', 'a'), all(), 'all() excluded from byTag("team", "a")'],
    [byPrefix('/a/b'), byPrefix('/a'), 'byPrefix("/a") excluded from byPrefix("/a/b")'],
    [byPrefix('/aws/lambda'), byPattern('lambda'), 'byPattern("lambda") excluded from byPrefix("/aws/lambda")'],
    [byPattern('prod-eu'), byPattern('prod'), 'byPattern("prod") excluded from byPattern("prod-eu")'],
    [byTag('team', 'a'), byTag('team'), 'byTag("team") excluded from byTag("team", "a")'],
    [byTag('team', 'a'), byTag('team', 'b', 'a'), 'byTag("team", "b", "a") excluded from byTag("team", "a")'],
  ])('rejects an exclusion that leaves nothing: %#', (selection, excluded, got) => {
    expect(() => selection.excluding(byPrefix('/x'), excluded)).toThrow(
      new Error(`an excluded selection must not contain the whole selection, got ${got}`),
    );
  });

  it.each<[LogGroupSelection, LogGroupSelection]>([
    [all(), byPrefix('/')],
    [all(), byTag('team')],
    [all(), fromLogGroups(...importLogGroups(newStack(), '/a'))],
    [byPrefix('/a'), byPrefix('/a/b')],
    [byPrefix('/a'), byPattern('b')],
    [byPrefix('/a'), byPrefix(name)],
    [byPattern('a'), byPrefix('a')],
    [byTag('team'), byTag('team', 'a')],
    [byTag('team', 'a', 'b'), byTag('team', 'a')],
    [byTag('team'), byTag('stage')],
  ])('accepts an exclusion that can leave log groups: %#', (selection, excluded) => {
    expect(() => selection.excluding(excluded)).not.toThrow();
  });
});
