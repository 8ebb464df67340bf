import { Annotations, CfnParameter, Duration, Stack } from 'aws-cdk-lib';
import { LogGroup, type LogGroupClass, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Granularity, LogGroupSelection } from '../../src';
import { getResources, getWarnings, importLogGroups, newArchiver, newStack, TOKYO } from '../archiver-stack';
import { getDefinition } from '../definition';

function getTargets(stack: Stack): unknown {
  return getDefinition(stack).States.PlanArchive.Parameters.logGroups;
}

describe('the log groups', () => {
  it('are those of the props, followed by those that were added', () => {
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

  it('can all be added later', () => {
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
          '  [Stack/Archiver/LogGroups] pass at least one log group (logGroups) or selection (selections)',
      ),
    );
  });

  it('are at most 100', () => {
    const stack = newStack();
    const logGroups = importLogGroups(stack, ...Array.from({ length: 101 }, (_, i) => `/app/${i}`));
    newArchiver(stack, { logGroups: logGroups.slice(0, 100) });
    expect(() => newArchiver(stack, { logGroups }, 'Another')).toThrow(
      new Error(
        'logGroups must contain at most 100 log groups, got one more: /app/100; ' +
          'for more of them use LogGroupSelection.byPrefix, byPattern, byTag or all',
      ),
    );
  });

  it('must fit in the state of a run, with the selections', () => {
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
        'Validation failed with the following errors:\n  [Stack/Archiver/LogGroups] logGroups and selections must be at ' +
          'most 105000 characters of JSON to fit in the state of a run, got 154750; exclude by prefix, pattern or tag ' +
          'instead of by name',
      ),
    );
  });

  it('can have names and prefixes that are tokens', () => {
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

  it('can be archived by several archivers of a stack', () => {
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

describe('a duplicate log group', () => {
  it('is rejected if it was imported twice', () => {
    const stack = newStack();
    expect(() => newArchiver(stack, { logGroups: importLogGroups(stack, '/a', '/a') })).toThrow(
      new Error('log group /a has already been added'),
    );
  });

  it('is rejected with its path if its name is a token', () => {
    const stack = newStack();
    const logGroup = new LogGroup(stack, 'Own');
    expect(() => newArchiver(stack, { logGroups: [logGroup, logGroup] })).toThrow(
      new Error('log group Stack/Own has already been added'),
    );
  });

  it('is rejected if one is imported and the other has an explicit name', () => {
    const stack = newStack();
    const own = new LogGroup(stack, 'Own', { logGroupName: '/a' });
    expect(() => newArchiver(stack, { logGroups: [own, ...importLogGroups(stack, '/a')] })).toThrow(
      new Error('log group /a has already been added'),
    );
  });

  it('is rejected whatever its prefix', () => {
    const stack = newStack();
    const [a, sameA] = importLogGroups(stack, '/a', '/a');
    const archiver = newArchiver(stack, { logGroups: [a] });
    expect(() => archiver.addLogGroup(sameA, { s3Prefix: 'b' })).toThrow(
      new Error('log group /a has already been added'),
    );
  });
});

describe('two log groups with the same key', () => {
  it('are rejected if both prefixes were given', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { logGroups: [] });
    const [a, b] = importLogGroups(stack, '/a', '/b');
    archiver.addLogGroup(a, { s3Prefix: 'app' });
    expect(() => archiver.addLogGroup(b, { s3Prefix: 'app' })).toThrow(
      new Error("s3Prefix must differ between log groups, got 'app' for /a and /b"),
    );
  });

  it('are rejected if one prefix is the name of the other log group', () => {
    const stack = newStack();
    const archiver = newArchiver(stack, { logGroups: importLogGroups(stack, '/app/orders') });
    const own = new LogGroup(stack, 'Own');
    expect(() => archiver.addLogGroup(own, { s3Prefix: 'app/orders' })).toThrow(
      new Error("s3Prefix must differ between log groups, got 'app/orders' for /app/orders and Stack/Own"),
    );
  });

  it('do not result from names that differ only by the leading slash', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: importLogGroups(stack, '/a/b', 'a/b') });
    expect(getTargets(stack)).toHaveLength(2);
  });
});

describe('s3Prefix', () => {
  it.each([
    ['', 'must be a non-empty string'],
    ['/a', 'must not start or end with / or contain //'],
    ['a/', 'must not start or end with / or contain //'],
    ['a//b', 'must not start or end with / or contain //'],
    ['a/./b', 'must not contain a segment . or ..'],
    ['31/a', 'must not begin with a two-digit segment (it would look like a day)'],
  ])('rejects %p', (s3Prefix, constraint) => {
    const stack = newStack();
    const archiver = newArchiver(stack);
    expect(() => archiver.addLogGroup(importLogGroups(stack, '/b')[0], { s3Prefix })).toThrow(
      `s3Prefix ${constraint}, got ${JSON.stringify(s3Prefix)}`,
    );
  });

  it.each([
    ['', 453],
    ['logs', 448],
  ])('with the key prefix %p accepts up to %d bytes', (keyPrefix, longest) => {
    const stack = newStack();
    const archiver = newArchiver(stack, { keyPrefix });
    const [a, b] = importLogGroups(stack, '/a', '/b');
    archiver.addLogGroup(a, { s3Prefix: 'x'.repeat(longest) });
    const s3Prefix = 'y'.repeat(longest + 1);
    expect(() => archiver.addLogGroup(b, { s3Prefix })).toThrow('s3Prefix makes a key of 465 bytes; the limit is 464');
  });
});

describe('a log group of another environment', () => {
  const arn = (region: string, account: string) => `arn:aws:logs:${region}:${account}:log-group:/a`;

  it.each([
    ['eu-west-1', TOKYO.account, 'must be in the Region of the archiver, ap-northeast-1, got eu-west-1'],
    [TOKYO.region, '210987654321', 'must be in the account of the archiver, 123456789012, got 210987654321'],
  ])('in %s, %s is rejected', (region, account, error) => {
    const stack = newStack({ env: TOKYO });
    const logGroups = [LogGroup.fromLogGroupArn(stack, 'Imported', arn(region, account))];
    expect(() => newArchiver(stack, { logGroups })).toThrow(new Error(`log group /a ${error}`));
  });

  it.each([undefined, TOKYO])('is not rejected if one environment is unknown, or both agree: %p', (env) => {
    const stack = newStack({ env });
    newArchiver(stack, { logGroups: [LogGroup.fromLogGroupArn(stack, 'Imported', arn(TOKYO.region, TOKYO.account))] });
    expect(getTargets(stack)).toEqual([{ logGroupName: '/a', s3Prefix: null }]);
  });

  it('is rejected with its path if the app creates it', () => {
    const stack = newStack({ env: TOKYO });
    const elsewhere = new Stack(stack.node.root, 'Elsewhere', { env: { ...TOKYO, region: 'eu-west-1' } });
    expect(() => newArchiver(stack, { logGroups: [new LogGroup(elsewhere, 'Own')] })).toThrow(
      new Error('log group Elsewhere/Own must be in the Region of the archiver, ap-northeast-1, got eu-west-1'),
    );
  });
});

it('rejects a log group of a class that cannot be exported', () => {
  const stack = newStack();
  // The oldest CDK has no constant for it.
  const logGroup = new LogGroup(stack, 'Own', { logGroupClass: 'DELIVERY' as LogGroupClass });
  expect(() => newArchiver(stack, { logGroups: [logGroup] })).toThrow(
    new Error('log group Stack/Own must be of a class that CloudWatch Logs can export, got DELIVERY'),
  );
});

describe('the warning about the retention of a log group', () => {
  const ID = 'cdk-log-archiver:retention';

  function warnings(granularity: Granularity, retention: RetentionDays, hours?: number, logGroupName?: string) {
    const stack = newStack();
    const own = new LogGroup(stack, 'Own', { retention, logGroupName });
    newArchiver(stack, { granularity, logGroups: [own], settleTime: hours ? Duration.hours(hours) : undefined });
    return getWarnings(stack).map(([path, text]) => [path, text.split(':')[0], text.endsWith(` [ack: ${ID}]`)]);
  }

  const warning = (label: string, needed: number, period: number, settle: number, got: number) => [
    '/Stack/Own',
    `log group ${label} should retain events for at least ${needed} days (period ${period}, settleTime ${settle}, margin ` +
      `2), got ${got}`,
    true,
  ];

  it('is printed if events expire before period, settleTime and two days have passed', () => {
    const { MONTHLY, DAILY } = Granularity;
    expect(warnings(MONTHLY, RetentionDays.ONE_MONTH)).toEqual([warning('Stack/Own', 34, 31, 1, 30)]);
    expect(warnings(DAILY, RetentionDays.THREE_DAYS, 24, '/app/orders')).toEqual([warning('/app/orders', 4, 1, 1, 3)]);
    expect(warnings(DAILY, RetentionDays.TWO_WEEKS, 12 * 24)).toEqual([warning('Stack/Own', 15, 1, 12, 14)]);
    expect(warnings(DAILY, RetentionDays.FIVE_DAYS, 49)).toEqual([warning('Stack/Own', 6, 1, 3, 5)]);
  });

  it.each([
    [Granularity.MONTHLY, RetentionDays.TWO_MONTHS, undefined],
    [Granularity.MONTHLY, RetentionDays.INFINITE, undefined],
    [Granularity.DAILY, RetentionDays.TWO_WEEKS, 11 * 24],
    [Granularity.DAILY, RetentionDays.FIVE_DAYS, undefined],
    [Granularity.DAILY, RetentionDays.FIVE_DAYS, 48],
  ])('is not printed for %s, %d days, settleTime of %s hours', (granularity, retention, hours) => {
    expect(warnings(granularity, retention, hours)).toEqual([]);
  });

  it('is not printed if the retention is a token', () => {
    const stack = newStack();
    const retention = new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber;
    newArchiver(stack, { logGroups: [new LogGroup(stack, 'Own', { retention })] });
    expect(getWarnings(stack)).toEqual([]);
  });

  it('is not printed if it is acknowledged', () => {
    const stack = newStack();
    newArchiver(stack, { logGroups: [new LogGroup(stack, 'Own', { retention: RetentionDays.ONE_WEEK })] });
    Annotations.of(stack).acknowledgeWarning(ID);
    expect(getWarnings(stack)).toEqual([]);
  });
});

it('accepts a log group with another prefix after its first prefix was rejected', () => {
  const stack = newStack();
  const archiver = newArchiver(stack, { logGroups: [LogGroup.fromLogGroupName(stack, 'A', '/a')] });
  const other = LogGroup.fromLogGroupName(stack, 'B', '/b');
  expect(() => archiver.addLogGroup(other, { s3Prefix: 'a' })).toThrow(
    "s3Prefix must differ between log groups, got 'a' for /a and /b",
  );
  expect(() => archiver.addLogGroup(other, { s3Prefix: 'b' })).not.toThrow();
});
