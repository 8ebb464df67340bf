import { Annotations, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { LogGroup, LogGroupClass, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Granularity, LogGroupSelection } from '../../src';
import { importLogGroups, newArchiver, newStack, getResources, TOKYO, getWarnings } from '../archiver-stack';
import { getDefinition } from '../definition';

function getTargets(stack: Stack): unknown {
  return getDefinition(stack).States.PlanArchive.Parameters.logGroups;
}

describe('the log groups', () => {
  it('are those of the props and then those that were added, with their prefixes', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { logGroups: importLogGroups(stack, '/a', '/b') });
    const [c, d] = importLogGroups(stack, '/c', '/d');
    archiver.addLogGroup(c);
    archiver.addLogGroup(d, { s3Prefix: 'somewhere/else' });
    expect(getTargets(stack)).toEqual([
      { logGroupName: '/a', s3Prefix: null },
      { logGroupName: '/b', s3Prefix: null },
      { logGroupName: '/c', s3Prefix: null },
      { logGroupName: '/d', s3Prefix: 'somewhere/else' },
    ]);
  });

  it('may all be added later', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: [] }).addLogGroup(importLogGroups(stack, '/a')[0]);
    expect(getTargets(stack)).toEqual([{ logGroupName: '/a', s3Prefix: null }]);
  });

  it('must be at least one', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: [] });
    expect(() => getResources(stack)).toThrow(
      new Error(
        'Validation failed with the following errors:\n' +
          '  [Stack/Archiver/LogGroups] logGroups or selection must be at least one log group or selection, got none',
      ),
    );
  });

  it('are at most 100', () => {
    const stack = newStack();
    const logGroups = importLogGroups(stack, ...Array.from({ length: 101 }, (_, i) => `/app/${i}`));
    newArchiver(stack, { logGroups: logGroups.slice(0, 100) });
    expect(() => newArchiver(stack, { logGroups }, 'Another')).toThrow(
      new Error(
        'logGroups must be at most 100 log groups, got one more: /app/100; ' +
          'for more of them use LogGroupSelection.byPrefix, byPattern, byTag or all',
      ),
    );
  });

  it('fit the state of a run, with the selections', () => {
    const excludingNamed = (times: number) => {
      const stack = newStack();
      const names = Array.from({ length: 100 }, (_, i) => `/${i}`.padEnd(512, 'x'));
      const named = LogGroupSelection.fromLogGroups(...importLogGroups(stack, ...names));
      newArchiver(stack, { selections: Array(times).fill(LogGroupSelection.all().excluding(named)) });
      return stack;
    };
    expect(() => getResources(excludingNamed(2))).not.toThrow();
    expect(() => getResources(excludingNamed(3))).toThrow(
      new Error(
        'Validation failed with the following errors:\n  [Stack/Archiver/LogGroups] logGroups and selection must be at ' +
          'most 105000 characters of JSON, which the state of a run has room for, got 154750; exclude by prefix, ' +
          'pattern or tag rather than by name',
      ),
    );
  });

  it('may have names and prefixes that only the deployment knows', () => {
    const stack = newStack();
    const [name, s3Prefix] = ['Name', 'Prefix'].map((id) => new CfnParameter(stack, id).valueAsString);
    newArchiver(stack, { logGroups: importLogGroups(stack, name) });
    const other = newArchiver(stack, {}, 'Other');
    other.addLogGroup(new LogGroup(stack, 'Own'), { s3Prefix });
    const targets = (id: string) => getDefinition(stack, id).States.PlanArchive.Parameters.logGroups;
    expect(targets('Archiver')).toEqual([{ logGroupName: '${Name}', s3Prefix: null }]);
    expect(targets('Other')).toEqual([
      { logGroupName: '/app/orders', s3Prefix: null },
      { logGroupName: '${Own}', s3Prefix: '${Prefix}' },
    ]);
  });

  it('may be archived by several archivers of a stack', () => {
    const stack = newStack();
    const logGroups = importLogGroups(stack, '/a');
    newArchiver(stack, { logGroups }, 'Monthly');
    newArchiver(stack, { logGroups, granularity: Granularity.DAILY }, 'Daily');
    for (const id of ['Monthly', 'Daily']) {
      expect(getDefinition(stack, id).States.PlanArchive.Parameters.logGroups).toEqual([
        { logGroupName: '/a', s3Prefix: null },
      ]);
    }
  });
});

describe('the same log group twice', () => {
  it('is refused when it was imported twice', () => {
    const stack = newStack();
    expect(() => newArchiver(stack, { logGroups: importLogGroups(stack, '/a', '/a') })).toThrow(
      new Error('log groups must be added once each, got /a and /a'),
    );
  });

  it('is refused by the path of the construct when its name is not known yet', () => {
    const stack = newStack();
    const logGroup = new LogGroup(stack, 'Own');
    expect(() => newArchiver(stack, { logGroups: [logGroup, logGroup] })).toThrow(
      new Error('log groups must be added once each, got Stack/Own and Stack/Own'),
    );
  });

  it('is refused when one is of the app, by an explicit name, and the other imported', () => {
    const stack = newStack();
    const own = new LogGroup(stack, 'Own', { logGroupName: '/a' });
    expect(() => newArchiver(stack, { logGroups: [own, ...importLogGroups(stack, '/a')] })).toThrow(
      new Error('log groups must be added once each, got /a and /a'),
    );
  });

  it('is refused whatever its prefixes are', () => {
    const stack = newStack();
    const [a, sameA] = importLogGroups(stack, '/a', '/a');
    const archiver = newArchiver(stack, { logGroups: [a] });
    expect(() => archiver.addLogGroup(sameA, { s3Prefix: 'b' })).toThrow(
      new Error('log groups must be added once each, got /a and /a'),
    );
  });
});

describe('two log groups with one key', () => {
  it('are refused when both prefixes were given', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { logGroups: [] });
    const [a, b] = importLogGroups(stack, '/a', '/b');
    archiver.addLogGroup(a, { s3Prefix: 'app' });
    expect(() => archiver.addLogGroup(b, { s3Prefix: 'app' })).toThrow(
      new Error("s3Prefix must differ between log groups, got 'app' for /a and /b"),
    );
  });

  it('are refused when one prefix is the name of the other log group', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { logGroups: importLogGroups(stack, '/app/orders') });
    const own = new LogGroup(stack, 'Own');
    expect(() => archiver.addLogGroup(own, { s3Prefix: 'app/orders' })).toThrow(
      new Error("s3Prefix must differ between log groups, got 'app/orders' for /app/orders and Stack/Own"),
    );
  });

  it('are none when their names differ by the leading slash alone', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, '/a/b', 'a/b') });
    expect(getTargets(stack)).toHaveLength(2);
  });
});

describe('the prefix of a log group', () => {
  it.each([
    ['', 'a text of at least one character'],
    ['/a', 'without a / at its start or end and without //'],
    ['a/', 'without a / at its start or end and without //'],
    ['a//b', 'without a / at its start or end and without //'],
    ['a/./b', 'without a segment that is . or ..'],
    ['31/a', 'without a first segment of two digits, which would read as a day'],
  ])('%p is refused', (s3Prefix, allowed) => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    expect(() => archiver.addLogGroup(importLogGroups(stack, '/b')[0], { s3Prefix })).toThrow(
      `s3Prefix must be ${allowed}, got ${JSON.stringify(s3Prefix)}`,
    );
  });

  it.each([
    ['', 453],
    ['logs', 448],
  ])('fits the key of a day, with the key prefix %p in up to %d bytes', (keyPrefix, longest) => {
    const stack = newStack();
    const archiver = newArchiver(stack, { keyPrefix });
    const [a, b] = importLogGroups(stack, '/a', '/b');
    archiver.addLogGroup(a, { s3Prefix: 'x'.repeat(longest) });
    const s3Prefix = 'y'.repeat(longest + 1);
    const key = `${keyPrefix === '' ? '' : `${keyPrefix}/`}2026/10/31/${s3Prefix}`;
    expect(() => archiver.addLogGroup(b, { s3Prefix })).toThrow(
      `s3Prefix must be short enough for a key of 464 bytes, of which "${key}" has 465, got "${s3Prefix}"`,
    );
  });
});

describe('a log group of another environment', () => {
  const arn = (region: string, account: string) => `arn:aws:logs:${region}:${account}:log-group:/a`;

  it.each([
    ['eu-west-1', TOKYO.account, 'must be in the region of its archiver, ap-northeast-1, got eu-west-1'],
    [TOKYO.region, '210987654321', 'must be in the account of its archiver, 123456789012, got 210987654321'],
  ])('in %s, %s is refused', (region, account, error) => {
    const stack = newStack({ env: TOKYO });
    const logGroups = [LogGroup.fromLogGroupArn(stack, 'Imported', arn(region, account))];
    expect(() => newArchiver(stack, { logGroups })).toThrow(new Error(`log group /a ${error}`));
  });

  it.each([undefined, TOKYO])('is not suspected where one of both is unknown or both agree: %p', (env) => {
    const stack = newStack({ env });
    newArchiver(stack, { logGroups: [LogGroup.fromLogGroupArn(stack, 'Imported', arn(TOKYO.region, TOKYO.account))] });
    expect(getTargets(stack)).toEqual([{ logGroupName: '/a', s3Prefix: null }]);
  });

  it('is refused by its path when it is of the app', () => {
    const stack = newStack({ env: TOKYO });
    const elsewhere = new Stack(stack.node.root, 'Elsewhere', { env: { ...TOKYO, region: 'eu-west-1' } });
    expect(() => newArchiver(stack, { logGroups: [new LogGroup(elsewhere, 'Own')] })).toThrow(
      new Error('log group Elsewhere/Own must be in the region of its archiver, ap-northeast-1, got eu-west-1'),
    );
  });
});

it('a log group of the app whose class cannot be exported is refused', () => {
  const stack = newStack();
  const logGroup = new LogGroup(stack, 'Own', { logGroupClass: LogGroupClass.DELIVERY });
  expect(() => newArchiver(stack, { logGroups: [logGroup] })).toThrow(
    new Error('log group Stack/Own must be of a class that CloudWatch Logs exports, got DELIVERY'),
  );
});

describe('a log group of the app that keeps its events for less than the period, the time to settle and two days', () => {
  const ID = 'cdk-log-archiver:retention';

  function warnings(granularity: Granularity, retention: RetentionDays, hours?: number, logGroupName?: string) {
    const stack = newStack();
    const own = new LogGroup(stack, 'Own', { retention, logGroupName });
    newArchiver(stack, { granularity, logGroups: [own], settleTime: hours ? Duration.hours(hours) : undefined });
    return getWarnings(stack).map(([path, text]) => [path, text.split(':')[0], text.endsWith(` [ack: ${ID}]`)]);
  }

  const warning = (label: string, needed: number, period: number, settle: number, got: number) => [
    '/Stack/Own',
    `the retention of log group ${label} must be at least ${needed} days (${period} of the period, ${settle} until it has ` +
      `settled, 2 for the run and the next one), got ${got}`,
    true,
  ];

  it('gets a warning', () => {
    const { MONTHLY, DAILY } = Granularity;
    expect(warnings(MONTHLY, RetentionDays.ONE_MONTH)).toEqual([warning('Stack/Own', 34, 31, 1, 30)]);
    expect(warnings(DAILY, RetentionDays.THREE_DAYS, 24, '/app/orders')).toEqual([warning('/app/orders', 4, 1, 1, 3)]);
    expect(warnings(MONTHLY, RetentionDays.TWO_MONTHS, 28 * 24)).toEqual([warning('Stack/Own', 61, 31, 28, 60)]);
    expect(warnings(DAILY, RetentionDays.FIVE_DAYS, 49)).toEqual([warning('Stack/Own', 6, 1, 3, 5)]);
  });

  it.each([
    [Granularity.MONTHLY, RetentionDays.TWO_MONTHS, undefined],
    [Granularity.MONTHLY, RetentionDays.INFINITE, undefined],
    [Granularity.MONTHLY, RetentionDays.TWO_MONTHS, 27 * 24],
    [Granularity.DAILY, RetentionDays.FIVE_DAYS, undefined],
    [Granularity.DAILY, RetentionDays.FIVE_DAYS, 48],
  ])('is none: %s, %d days, %s hours to settle', (granularity, retention, hours) => {
    expect(warnings(granularity, retention, hours)).toEqual([]);
  });

  it('is not suspected when only the deployment knows how long it keeps them', () => {
    const stack = newStack();
    const retention = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    newArchiver(stack, { logGroups: [new LogGroup(stack, 'Own', { retention })] });
    expect(getWarnings(stack)).toEqual([]);
  });

  it('keeps quiet when the warning is acknowledged', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: [new LogGroup(stack, 'Own', { retention: RetentionDays.ONE_WEEK })] });
    Annotations.of(stack).acknowledgeWarning(ID);
    expect(getWarnings(stack)).toEqual([]);
  });
});

it('a log group that was refused for its key can be added with another one', () => {
  const stack = newStack();
  const archiver = newArchiver(stack, { logGroups: [LogGroup.fromLogGroupName(stack, 'A', '/a')] });
  const other = LogGroup.fromLogGroupName(stack, 'B', '/b');
  expect(() => archiver.addLogGroup(other, { s3Prefix: 'a' })).toThrow(
    "s3Prefix must differ between log groups, got 'a' for /a and /b",
  );
  expect(() => archiver.addLogGroup(other, { s3Prefix: 'b' })).not.toThrow();
});
