import { type LogGroupFilter, type LogGroupSelector, type LogGroupTarget, receiptName } from '@log-archiver/core';
import { findLogGroups } from '../../src/start/find-log-groups';
import { REQUEST, World } from '../world';

const INPUT = { logGroups: null };
const LONG_AGO = Date.parse('2020-01-01T00:00:00.000Z');

function createWorld(): World {
  const world = new World(['/app/web', '/app/web2', '/App/web', '/sys/web-app', '/own', '/own/x']);
  world.create('/tag/blue', { tags: { team: 'blue' } });
  world.create('/tag/green', { tags: { team: 'green' } });
  world.create('/tag/other', { tags: { owner: 'blue' } });
  return world;
}

async function find(
  selectors: LogGroupSelector[],
  logGroups: LogGroupTarget[] = [],
  inputLogGroups: LogGroupTarget[] | null = null,
) {
  const world = createWorld();
  const request = { ...REQUEST, selectors, logGroups };
  const all = await findLogGroups(request, { logGroups: inputLogGroups }, world.clients);
  return { all, names: all.map(({ logGroupName }) => logGroupName).sort(), calls: world.listOperations() };
}

const APP = ['/App/web', '/app/web', '/app/web2'];
const TAGGED = ['/tag/blue', '/tag/green', '/tag/other'];

it.each<[LogGroupFilter, LogGroupFilter[], string[]]>([
  [{ by: 'ALL' }, [], [...APP, '/own/x', '/sys/web-app', ...TAGGED]],
  [{ by: 'PREFIX', prefix: '/app/' }, [], ['/app/web', '/app/web2']],
  [{ by: 'PREFIX', prefix: '/none' }, [], []],
  [{ by: 'PATTERN', pattern: 'app' }, [], ['/app/web', '/app/web2', '/sys/web-app']],
  [{ by: 'PATTERN', pattern: '.*' }, [], []],
  [{ by: 'NAME', logGroupNames: ['/app/web', '/gone', '/own'] }, [], ['/app/web', '/gone']],
  [{ by: 'TAG', key: 'team', values: [] }, [], ['/tag/blue', '/tag/green']],
  [{ by: 'TAG', key: 'team', values: ['blue', 'red'] }, [], ['/tag/blue']],
  [{ by: 'TAG', key: 'none', values: [] }, [], []],
  [{ by: 'PREFIX', prefix: '/' }, [{ by: 'PREFIX', prefix: '/tag' }], [...APP, '/own/x', '/sys/web-app']],
  [{ by: 'PREFIX', prefix: '/app' }, [{ by: 'NAME', logGroupNames: ['/app/web'] }], ['/app/web2']],
  [
    { by: 'PREFIX', prefix: '/tag' },
    [
      { by: 'PATTERN', pattern: 'ee' },
      { by: 'PATTERN', pattern: 'oth' },
    ],
    ['/tag/blue'],
  ],
  [{ by: 'PREFIX', prefix: '/tag' }, [{ by: 'TAG', key: 'team', values: ['blue'] }], ['/tag/green', '/tag/other']],
  [{ by: 'TAG', key: 'team', values: [] }, [{ by: 'TAG', key: 'team', values: ['blue'] }], ['/tag/green']],
  [{ by: 'ALL' }, [{ by: 'ALL' }], []],
])('finds by %j, excluding %j, the log groups %j', async (of, excluding, expected) => {
  expect((await find([{ of, excluding }])).names).toEqual(expected);
});

it('finds each log group once, even if only one of the selectors excludes it', async () => {
  const { names, calls } = await find([
    { of: { by: 'ALL' }, excluding: [{ by: 'PREFIX', prefix: '/tag' }] },
    { of: { by: 'PATTERN', pattern: 'green' }, excluding: [] },
  ]);

  expect(names).toEqual([...APP, '/own/x', '/sys/web-app', '/tag/green']);
  expect(calls).toEqual(['DescribeLogGroups']);
});

it('sorts by receipt, which differs from the order of names', async () => {
  const { all } = await find([{ of: { by: 'PREFIX', prefix: '/app/' }, excluding: [] }]);

  expect(all.map((logGroup) => receiptName(logGroup))).toEqual(['~app~web2@afac3464', '~app~web@a43a6a03']);
});

it('returns the prefix and the properties of a log group', async () => {
  const world = new World();
  world.create('/app/web', { retentionInDays: 30, logGroupClass: 'INFREQUENT_ACCESS' });
  const details = { creationTime: LONG_AGO, retentionInDays: 30, storedBytes: 0, logGroupClass: 'INFREQUENT_ACCESS' };

  expect(await findLogGroups(REQUEST, INPUT, world.clients)).toEqual([
    { logGroupName: '/app/web', s3Prefix: 'app/web', clashes: false, details },
  ]);
});

it('prefers a named log group to a selected one, and accepts the archiver’s own by name', async () => {
  const { all, calls } = await find(
    [{ of: { by: 'PREFIX', prefix: '/app/' }, excluding: [] }],
    [
      { logGroupName: '/app/web', s3Prefix: 'x' },
      { logGroupName: '/own', s3Prefix: null },
    ],
  );

  expect(all.map(({ logGroupName, s3Prefix }) => [logGroupName, s3Prefix])).toEqual([
    ['/app/web2', 'app/web2'],
    ['/app/web', 'x'],
    ['/own', 'own'],
  ]);
  expect(calls).toEqual(['DescribeLogGroups', 'DescribeLogGroups']);
});

it('replaces all log groups of the definition by those of the input', async () => {
  const inputLogGroups = [{ logGroupName: '/app/web2', s3Prefix: null }];

  expect(
    (await find([{ of: { by: 'ALL' }, excluding: [] }], [{ logGroupName: '/own', s3Prefix: null }], inputLogGroups))
      .names,
  ).toEqual(['/app/web2']);
});

it('returns a named log group that does not exist without details, even if others start with its name', async () => {
  expect((await find([], [{ logGroupName: '/app/we', s3Prefix: null }])).all).toEqual([
    { logGroupName: '/app/we', s3Prefix: 'app/we', clashes: false, details: null },
  ]);
});

it('marks only log groups with the same destination as clashing', async () => {
  const { all } = await find(
    [{ of: { by: 'PREFIX', prefix: '/app/' }, excluding: [] }],
    [{ logGroupName: '/tag/blue', s3Prefix: 'app/web' }],
  );

  expect(all.map(({ logGroupName, clashes }) => [logGroupName, clashes])).toEqual([
    ['/app/web2', false],
    ['/app/web', true],
    ['/tag/blue', true],
  ]);
});

it('finds hundreds of log groups page by page, by name and by tag', async () => {
  const world = new World();
  for (let index = 0; index < 1_100; index++) {
    world.create(`/app/${String(index).padStart(4, '0')}`, { tags: index % 2 === 0 ? { even: 'yes' } : {} });
  }
  const selectors: LogGroupSelector[] = [{ of: { by: 'TAG', key: 'even', values: ['yes'] }, excluding: [] }];

  expect(await findLogGroups(REQUEST, INPUT, world.clients)).toHaveLength(1_100);
  expect(world.listOperations()).toEqual(Array(22).fill('DescribeLogGroups'));
  expect(await findLogGroups({ ...REQUEST, selectors }, INPUT, world.clients)).toHaveLength(550);
});
