import { type LogGroupFilter, type LogGroupSelector, type LogGroupTarget, receiptName } from '@log-archiver/core';
import { findLogGroups } from '../../src/start/find-log-groups';
import { REQUEST, World } from '../world';

const ORDER = { scheduledTime: '', period: null, logGroups: null, dryRun: false, force: false };
const LONG_AGO = Date.parse('2020-01-01T00:00:00.000Z');

function world(): World {
  const it = new World(['/app/web', '/app/web2', '/App/web', '/sys/web-app', '/own', '/own/x']);
  it.create('/tag/blue', { tags: { team: 'blue' } });
  it.create('/tag/green', { tags: { team: 'green' } });
  it.create('/tag/other', { tags: { owner: 'blue' } });
  return it;
}

async function found(
  selectors: LogGroupSelector[],
  logGroups: LogGroupTarget[] = [],
  asked: LogGroupTarget[] | null = null,
) {
  const there = world();
  const request = { ...REQUEST, selectors, logGroups };
  const all = await findLogGroups(request, { ...ORDER, logGroups: asked }, there.services);
  return { all, names: all.map(({ logGroupName }) => logGroupName).sort(), calls: there.operations() };
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
])('%j but %j: %j', async (of, excluding, expected) => {
  expect((await found([{ of, excluding }])).names).toEqual(expected);
});

it('several selectors find each log group once, and a log group that one excludes another may find', async () => {
  const { names, calls } = await found([
    { of: { by: 'ALL' }, excluding: [{ by: 'PREFIX', prefix: '/tag' }] },
    { of: { by: 'PATTERN', pattern: 'green' }, excluding: [] },
  ]);

  expect(names).toEqual([...APP, '/own/x', '/sys/web-app', '/tag/green']);
  expect(calls).toEqual(['DescribeLogGroups']);
});

it('they are in the order of their receipts, which is not that of their names', async () => {
  const { all } = await found([{ of: { by: 'PREFIX', prefix: '/app/' }, excluding: [] }]);

  expect(all.map((logGroup) => receiptName(logGroup))).toEqual(['~app~web2@afac3464', '~app~web@a43a6a03']);
});

it('a log group has its prefix, and what CloudWatch Logs says of it', async () => {
  const there = new World();
  there.create('/app/web', { retentionInDays: 30, logGroupClass: 'INFREQUENT_ACCESS' });
  const details = { creationTime: LONG_AGO, retentionInDays: 30, storedBytes: 0, logGroupClass: 'INFREQUENT_ACCESS' };

  expect(await findLogGroups(REQUEST, ORDER, there.services)).toEqual([
    { logGroupName: '/app/web', s3Prefix: 'app/web', clashes: false, details },
  ]);
});

it('one that is named has its own prefix, though a selector finds it, too, and may be the archiver’s own', async () => {
  const { all, calls } = await found(
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

it('those of the input are instead of those of the definition and its selectors', async () => {
  const asked = [{ logGroupName: '/app/web2', s3Prefix: null }];

  expect(
    (await found([{ of: { by: 'ALL' }, excluding: [] }], [{ logGroupName: '/own', s3Prefix: null }], asked)).names,
  ).toEqual(['/app/web2']);
});

it('one that is named and does not exist has no details, though others begin with its name', async () => {
  expect((await found([], [{ logGroupName: '/app/we', s3Prefix: null }])).all).toEqual([
    { logGroupName: '/app/we', s3Prefix: 'app/we', clashes: false, details: null },
  ]);
});

it('two whose objects would go to one place clash, and no other does', async () => {
  const { all } = await found(
    [{ of: { by: 'PREFIX', prefix: '/app/' }, excluding: [] }],
    [{ logGroupName: '/tag/blue', s3Prefix: 'app/web' }],
  );

  expect(all.map(({ logGroupName, clashes }) => [logGroupName, clashes])).toEqual([
    ['/app/web2', false],
    ['/app/web', true],
    ['/tag/blue', true],
  ]);
});

it('hundreds are found page by page, by name and by tag', async () => {
  const there = new World();
  for (let index = 0; index < 1_100; index++) {
    there.create(`/app/${String(index).padStart(4, '0')}`, { tags: index % 2 === 0 ? { even: 'yes' } : {} });
  }
  const selectors: LogGroupSelector[] = [{ of: { by: 'TAG', key: 'even', values: ['yes'] }, excluding: [] }];

  expect(await findLogGroups(REQUEST, ORDER, there.services)).toHaveLength(1_100);
  expect(there.operations()).toEqual(Array(22).fill('DescribeLogGroups'));
  expect(await findLogGroups({ ...REQUEST, selectors }, ORDER, there.services)).toHaveLength(550);
});
