import { type LogGroupFilter, type LogGroupSelector, type LogGroupTarget, receiptName } from '@log-archiver/core';
import type { SeenLogGroup } from '../../src/archiver-store';
import { findLogGroups, type KnownLogGroups } from '../../src/start/find-log-groups';
import { incarnation } from '../found-log-group';
import { OLD_LOG_GROUP, REQUEST, World } from '../world';

const INPUT = { logGroups: null };
const NOW = Date.parse('2026-11-02T03:00:05.000Z');
const NOTHING_KNOWN: KnownLogGroups = { seen: new Map(), split: [] };

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
  known = NOTHING_KNOWN,
) {
  const world = createWorld();
  const request = { ...REQUEST, selectors, logGroups };
  const clients = { ...world.clients, now: NOW };
  const found = await findLogGroups(request, { logGroups: inputLogGroups }, known, clients);
  const { logGroups: all, emptySelections } = found;
  const names = all.map(({ logGroupName }) => logGroupName).sort();
  return { all, emptySelections, names, calls: world.listOperations() };
}

const seen = (...logGroups: SeenLogGroup[]): KnownLogGroups => ({
  seen: new Map(logGroups.map((logGroup) => [logGroup.logGroupName, logGroup])),
  split: [],
});
const seenAs = (logGroupName: string, s3Prefix = logGroupName.slice(1)): SeenLogGroup => ({
  logGroupName,
  s3Prefix,
  incarnations: [incarnation(-10, 4)],
});

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
  const { removedBefore: _, ...properties } = OLD_LOG_GROUP;

  const { logGroups } = await findLogGroups(REQUEST, INPUT, NOTHING_KNOWN, { ...world.clients, now: NOW });
  expect(logGroups).toEqual([
    {
      logGroupName: '/app/web',
      s3Prefix: 'app/web',
      isNamed: false,
      details: { ...properties, retentionInDays: 30, logGroupClass: 'INFREQUENT_ACCESS', storedBytes: 0 },
      fault: null,
      earlier: [],
      removedBefore: NOW - 30 * 86_400_000,
      isSplit: false,
    },
  ]);
});

it.each<[string, LogGroupSelector[], LogGroupTarget[], boolean]>([
  ['by a selection', [{ of: { by: 'PREFIX', prefix: '/app/web2' }, excluding: [] }], [], false],
  ['by its name', [], [{ logGroupName: '/app/web2', s3Prefix: null }], true],
  ['by a selection of names', [{ of: { by: 'NAME', logGroupNames: ['/app/web2'] }, excluding: [] }], [], true],
  [
    'by a selection of names, and then by another one',
    [
      { of: { by: 'NAME', logGroupNames: ['/app/web2'] }, excluding: [] },
      { of: { by: 'PREFIX', prefix: '/app/web2' }, excluding: [] },
    ],
    [],
    true,
  ],
])('marks as named a log group that is found %s: %#', async (_, selectors, logGroups, isNamed) => {
  expect((await find(selectors, logGroups)).all).toMatchObject([{ logGroupName: '/app/web2', isNamed }]);
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
    {
      ...{ logGroupName: '/app/we', s3Prefix: 'app/we', isNamed: true, details: null, fault: null },
      ...{ earlier: [], removedBefore: null, isSplit: false },
    },
  ]);
});

it('faults only log groups with the same destination', async () => {
  const { all } = await find(
    [{ of: { by: 'PREFIX', prefix: '/app/' }, excluding: [] }],
    [{ logGroupName: '/tag/blue', s3Prefix: 'app/web' }],
  );
  const fault = {
    error: 'DestinationClash',
    cause: 's3Prefix must be different for each log group, got "app/web" for /app/web, /tag/blue',
  };

  expect(all.map((logGroup) => [logGroup.logGroupName, logGroup.fault])).toEqual([
    ['/app/web2', null],
    ['/app/web', fault],
    ['/tag/blue', fault],
  ]);
});

it('names the first five of the log groups with the same destination', async () => {
  const names = ['/c', '/b', '/a', '/f', '/e', '/d', '/g'];
  const { all } = await find(
    [],
    names.map((logGroupName) => ({ logGroupName, s3Prefix: 'x' })),
  );

  expect(all[0]?.fault?.cause).toBe(
    's3Prefix must be different for each log group, got "x" for /a, /b, /c, /d, /e, and 2 more',
  );
});

it.each(['/app/*', '', 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/app/web', 'x'.repeat(513)])(
  'faults only the log group whose name %j is invalid',
  async (logGroupName) => {
    const selectors: LogGroupSelector[] = [{ of: { by: 'NAME', logGroupNames: [logGroupName] }, excluding: [] }];
    const named = [logGroupName, '/app/web'].map((name) => ({ logGroupName: name, s3Prefix: null }));
    const { all } = await find(selectors, named);
    const cause = `logGroupName must be a log group name, got ${JSON.stringify(logGroupName)}`;

    expect(new Map(all.map((logGroup) => [logGroup.logGroupName, logGroup.fault]))).toEqual(
      new Map([
        ['/app/web', null],
        [logGroupName, { error: 'InvalidArchiveRequest', cause }],
      ]),
    );
  },
);

it('returns the selections that find no log group', async () => {
  const selectors: LogGroupSelector[] = [
    { of: { by: 'PREFIX', prefix: '/app' }, excluding: [] },
    { of: { by: 'PREFIX', prefix: '/none' }, excluding: [] },
    { of: { by: 'PREFIX', prefix: '/app/*' }, excluding: [] },
    { of: { by: 'NAME', logGroupNames: ['/own'] }, excluding: [] },
  ];

  expect((await find(selectors)).emptySelections).toEqual(selectors.slice(1));
});

describe('log groups that an earlier run has seen', () => {
  const selectors: LogGroupSelector[] = [{ of: { by: 'PREFIX', prefix: '/app/' }, excluding: [] }];

  it('are returned if they are deleted, but not if they were removed from the selection', async () => {
    const known = seen(seenAs('/app/gone', 'x'), seenAs('/sys/web-app'), seenAs('/own'));
    const { all } = await find(selectors, [], null, known);

    expect(all).toMatchObject([
      { logGroupName: '/app/gone', s3Prefix: 'x', isNamed: false, details: null, earlier: [incarnation(-10, 4)] },
      { logGroupName: '/app/web2' },
      { logGroupName: '/app/web' },
    ]);
  });

  it('are not looked for in a run for some log groups', async () => {
    const { names } = await find([], [], [{ logGroupName: '/app/web', s3Prefix: null }], seen(seenAs('/app/gone')));

    expect(names).toEqual(['/app/web']);
  });

  it('do not clash with a log group that took their prefix', async () => {
    const { all } = await find(selectors, [], null, seen(seenAs('/app/gone', 'app/web')));

    expect(all.map(({ fault }) => fault)).toEqual([null, null, null]);
  });

  it('keep their history', async () => {
    const known = seen({ ...seenAs('/app/web'), incarnations: [incarnation(-10, 4)] });
    const { all } = await find(selectors, [], null, { ...known, split: ['/app/web2'] });

    expect(all).toMatchObject([
      { logGroupName: '/app/web2', earlier: [], isSplit: true },
      { logGroupName: '/app/web', earlier: [incarnation(-10, 4)], isSplit: false },
    ]);
  });

  it('are listed together if there are many', async () => {
    const gone = Array.from({ length: 50 }, (_, index) => seenAs(`/gone/${index}`));
    const few = await find(selectors, [], null, seen(...gone));
    const many = await find(selectors, [], null, seen(...gone, seenAs('/sys/web-app')));

    expect(few.calls).toHaveLength(51);
    expect(many.calls).toHaveLength(2);
    expect(many.names).toEqual(few.names);
  });
});

it('finds hundreds of log groups page by page, by name and by tag', async () => {
  const world = new World();
  for (let index = 0; index < 1_100; index++) {
    world.create(`/app/${String(index).padStart(4, '0')}`, { tags: index % 2 === 0 ? { even: 'yes' } : {} });
  }
  const selectors: LogGroupSelector[] = [{ of: { by: 'TAG', key: 'even', values: ['yes'] }, excluding: [] }];

  const clients = { ...world.clients, now: NOW };

  expect((await findLogGroups(REQUEST, INPUT, NOTHING_KNOWN, clients)).logGroups).toHaveLength(1_100);
  expect(world.listOperations()).toEqual(Array(22).fill('DescribeLogGroups'));
  const tagged = await findLogGroups({ ...REQUEST, selectors }, INPUT, NOTHING_KNOWN, clients);
  expect(tagged.logGroups).toHaveLength(550);
});
