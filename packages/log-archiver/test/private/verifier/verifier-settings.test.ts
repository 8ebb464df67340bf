import { CfnParameter, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Alias, Key } from 'aws-cdk-lib/aws-kms';
import { type IBucket, ObjectLockRetention } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { ArchiveBucket, ArchiveRetention, ArchiveVerifier, type ArchiveVerifierProps } from '../../../src';
import { getResources, getWarnings, newArchiver, newStack, TOKYO } from '../../archiver-stack';
import { getDefinition, getItemStates } from '../../definition';
import { newVerifier } from '../../verifier-stack';
import { createBucketCases, importBucket } from '../read-bucket-cases';

const OTHER = '999999999999';

/** Returns the settings that the definition of a verifier has. */
function getSettings(stack: Stack) {
  const { States } = getDefinition(stack, 'Verifier');
  const { keyPrefixes, verifyEveryDays, runEveryDays } = States.PlanVerification.Parameters;
  const batches = getItemStates({ States: getItemStates({ States }, 'VerifyEachFolder') }, 'VerifyEachBatch');
  const { retentionDays } = batches.VerifyReceipts.Parameters;
  return {
    keyPrefixes,
    verifyEveryDays,
    runEveryDays,
    retentionDays,
    expect: States.WriteStatements.Parameters.expect,
  };
}

function expectError(createProps: (stack: Stack) => object, message: string) {
  const stack = newStack({ env: TOKYO });
  const props = createProps(stack);
  expect(() => new ArchiveVerifier(stack, 'Verifier', props as ArchiveVerifierProps)).toThrow(new Error(message));
}

describe('bucket', () => {
  it.each(createBucketCases('verifier'))('rejects %s', (_, message, createBucket) => {
    expectError((stack) => ({ bucket: createBucket(stack) }), message);
  });

  it('rejects a bucket with an account in an environment-agnostic stack', () => {
    const stack = newStack();
    const owner = new Stack(stack.node.root, 'Owner', { env: TOKYO });
    const { bucket } = new ArchiveBucket(owner, 'Archive');
    expect(() => newVerifier(stack, { bucket })).toThrow(
      new Error(
        "set env.account on the verifier's stack: its bucket is in 123456789012, and this stack is environment-agnostic",
      ),
    );
  });

  it('rejects a second verifier, which would overwrite the statements of the first', () => {
    expectError((stack) => {
      const bucket = importBucket(stack);
      newVerifier(stack, { bucket, keyPrefix: 'one' }, 'First');
      return { bucket, keyPrefix: 'two' };
    }, 'bucket must have only one ArchiveVerifier (a second one would overwrite its statements and table), got another at ' +
      'Stack/First');
  });

  it.each<[string, (stack: Stack) => IBucket]>([
    ['of an archiver', (stack) => newArchiver(stack).bucket],
    ['of an archive bucket', (stack) => new ArchiveBucket(stack, 'Archive').bucket],
    ['with a key', (stack) => new ArchiveBucket(stack, 'Archive', { encryptionKey: new Key(stack, 'Key') }).bucket],
  ])('accepts a bucket %s in a nested stack and in an environment-agnostic stack', (_, createBucket) => {
    for (const env of [undefined, TOKYO]) {
      const stack = newStack({ env });
      const bucket = createBucket(stack);
      const nested = new NestedStack(stack, 'Nested');
      newVerifier(nested, { bucket });
      expect(() => getResources(nested)).not.toThrow();
    }
  });
});

describe('keyPrefix', () => {
  it.each([
    ['logs', 'keyPrefix must not be set for an ArchiveBucket (the verifier finds all archivers), got "logs"'],
    ['', 'keyPrefix must not be set for an ArchiveBucket (the verifier finds all archivers), got ""'],
  ])('rejects %j with an archive bucket', (keyPrefix, message) => {
    expectError((stack) => ({ bucket: new ArchiveBucket(stack, 'Archive').bucket, keyPrefix }), message);
  });

  it.each([
    ['/logs', 'keyPrefix must not start or end with / or contain //, got "/logs"'],
    ['logs/', 'keyPrefix must not start or end with / or contain //, got "logs/"'],
    ['a/../b', 'keyPrefix must not contain a segment . or .., got "a/../b"'],
    [
      'a/_log-archiver',
      'keyPrefix must not contain a segment that starts with _log-archiver (archivers keep their receipts there), got ' +
        '"a/_log-archiver"',
    ],
    [5, 'keyPrefix must be a string, got 5'],
    [null, 'keyPrefix must be a string, got null'],
  ])('rejects %j', (keyPrefix, message) => {
    expectError((stack) => ({ bucket: importBucket(stack), keyPrefix }), message);
  });

  it.each<[string | undefined, string[]]>([
    [undefined, ['']],
    ['', ['']],
    ['team/logs', ['team/logs']],
  ])('%j is the only prefix in another bucket: %j', (keyPrefix, keyPrefixes) => {
    const stack = newStack({ env: TOKYO });
    newVerifier(stack, { bucket: importBucket(stack), keyPrefix });
    expect(getSettings(stack).keyPrefixes).toEqual(keyPrefixes);
  });

  it('is null in an archive bucket, whose archivers the verifier finds', () => {
    const stack = newStack();
    newVerifier(stack);
    expect(getSettings(stack).keyPrefixes).toBeNull();
    const imported = newStack({ env: TOKYO });
    newVerifier(imported, { bucket: ArchiveBucket.fromAttributes(imported, 'Archive', { account: TOKYO.account }) });
    expect(getSettings(imported).keyPrefixes).toBeNull();
  });
});

describe('expect', () => {
  const [account, region] = ['111111111111', TOKYO.region];

  it.each<[string, unknown, string]>([
    ['an object', {}, 'expect must be an array, got an Object'],
    ['null', null, 'expect must be an array, got null'],
    ['accounts', [account], 'each of expect must be an object with account and region, got "111111111111"'],
    ['null as element', [null], 'each of expect must be an object with account and region, got null'],
    ['arrays', [[account, region]], 'each of expect must be an object with account and region, got an Array'],
    ['a number as account', [{ account: 1, region }], 'account of each of expect must be a string, got 1'],
    ['no region', [{ account }], 'region of each of expect must be a string, got undefined'],
    [
      '11 digits',
      [{ account: '1'.repeat(11), region }],
      'account of each of expect must be 12 digits, got "11111111111"',
    ],
    [
      'another Region',
      [{ account, region: 'eu-west-1' }],
      'region of each of expect must be ap-northeast-1, the Region of the bucket (CloudWatch Logs exports only to buckets ' +
        'of its own Region), got "eu-west-1"; create an ArchiveVerifier in eu-west-1',
    ],
    ['no Region', [{ account, region: 'EU' }], 'region of each of expect must be a Region such as eu-west-1, got "EU"'],
    [
      'an account that is no source account',
      [{ account: OTHER, region }],
      "account 999999999999 is not in the ArchiveBucket's sourceAccounts (111111111111, 222222222222); add it there",
    ],
    [
      'duplicates',
      [
        { account, region },
        { account: '222222222222', region },
        { account, region },
      ],
      'expect must not contain duplicates, got 111111111111 twice',
    ],
  ])('rejects %s', (_, expected, message) => {
    expectError((stack) => {
      const { bucket } = new ArchiveBucket(stack, 'Archive', { sourceAccounts: [account, '222222222222'] });
      return { bucket, expect: expected };
    }, message);
  });

  it('rejects two Regions in an environment-agnostic stack, because a bucket is in one Region', () => {
    const expected = [
      { account, region: 'eu-west-1' },
      { account, region: 'us-east-1' },
    ];
    expect(() => newVerifier(newStack(), { expect: expected })).toThrow(
      new Error('expect must have only one Region, that of the bucket, got eu-west-1 and us-east-1'),
    );
  });

  it('accepts accounts of the bucket, and every account of a bucket that another app deploys', () => {
    const stack = newStack({ env: TOKYO });
    const bucket = ArchiveBucket.fromAttributes(stack, 'Archive', { account: TOKYO.account });
    newVerifier(stack, { bucket, expect: [{ account: OTHER, region }] });
    expect(getSettings(stack).expect).toEqual([{ account: OTHER, region }]);
  });

  it('is empty by default', () => {
    const stack = newStack();
    newVerifier(stack);
    expect(getSettings(stack).expect).toEqual([]);
  });
});

describe('verifyEvery', () => {
  it.each([Duration.days(31), Duration.hours(36), Duration.days(3_654), Duration.days(100_000)])(
    'rejects %s',
    (verifyEvery) => {
      expectError(
        (stack) => ({ bucket: importBucket(stack), verifyEvery }),
        `verifyEvery must be a whole number of days from 32 to 3,653, got ${verifyEvery.toHumanString()}`,
      );
    },
  );

  it.each([32, 3_653])('accepts %d days', (days) => {
    const stack = newStack();
    newVerifier(stack, { verifyEvery: Duration.days(days) });
    expect(getSettings(stack)).toMatchObject({ verifyEveryDays: days, runEveryDays: 31 });
  });

  it('is a year by default', () => {
    const stack = newStack();
    newVerifier(stack);
    expect(getSettings(stack).verifyEveryDays).toBe(365);
  });
});

describe('retention', () => {
  it.each([Duration.days(0), Duration.hours(36), Duration.days(36_526)])('rejects %s', (retention) => {
    expectError(
      (stack) => ({ bucket: importBucket(stack), retention }),
      `retention must be a whole number of days from 1 to 36,525, got ${retention.toHumanString()}`,
    );
  });

  const locked = () => {
    const retention = ArchiveRetention.years(7);
    return { retention, objectLock: ObjectLockRetention.governance(retention.duration) };
  };

  it.each<[string, number | null, (stack: Stack) => Partial<ArchiveVerifierProps>]>([
    ['null for a bucket without a known retention', null, (stack) => ({ bucket: importBucket(stack) })],
    ['null for an archive bucket without one', null, () => ({})],
    [
      'that of the archive bucket',
      2_557,
      (stack) => ({ bucket: new ArchiveBucket(stack, 'Archive', locked()).bucket }),
    ],
    [
      'its own instead of that of the archive bucket',
      100,
      (stack) => ({ bucket: new ArchiveBucket(stack, 'Archive', locked()).bucket, retention: Duration.days(100) }),
    ],
    ['1 day', 1, () => ({ retention: Duration.days(1) })],
    ['100 years', 36_525, () => ({ retention: Duration.days(36_525) })],
  ])('is %s', (_, days, createProps) => {
    const stack = newStack({ env: TOKYO });
    newVerifier(stack, createProps(stack));
    expect(getSettings(stack).retentionDays).toBe(days);
  });
});

describe.each(['verifyEvery', 'retention'])('%s', (field) => {
  it.each<[unknown, string]>([
    [365, `${field} must be a Duration, got 365; use Duration.hours or Duration.days`],
    [null, `${field} must be a Duration, got null; use Duration.hours or Duration.days`],
    [
      ArchiveRetention.years(7),
      `${field} must be a Duration, got an ArchiveRetention; use Duration.hours or Duration.days`,
    ],
  ])('rejects %p', (value, message) => {
    expectError((stack) => ({ bucket: importBucket(stack), [field]: value }), message);
  });

  it('rejects a token', () => {
    expectError(
      (stack) => ({
        bucket: importBucket(stack),
        [field]: Duration.days(new CfnParameter(stack, 'Days', { type: 'Number' }).valueAsNumber),
      }),
      `${field} must be known at synthesis, got a token`,
    );
  });
});

describe('rolePath', () => {
  /** Returns the paths of the verifier's roles, by logical id without the hash. */
  function getPaths(stack: Stack) {
    const roles = Object.entries(getResources(stack)).filter(([, { Type }]) => Type === 'AWS::IAM::Role');
    return Object.fromEntries(roles.map(([id, { Properties }]) => [id.slice(0, -8), Properties.Path]));
  }

  const createPaths = (path: string) => ({
    VerifierPlanVerificationRole: `${path}plan-verification/`,
    VerifierVerifyReceiptsRole: `${path}verify-receipts/`,
    VerifierWriteStatementsRole: `${path}write-statements/`,
    VerifierWorkflowStateMachineRole: path,
    VerifierScheduleRole: path,
    VerifierNotificationTopicEventsRole: path,
  });

  it.each<[string, string, (stack: Stack) => Partial<ArchiveVerifierProps>]>([
    ['/log-archiver/ by default', '/log-archiver/', (stack) => ({ bucket: importBucket(stack) })],
    ['its own', '/', (stack) => ({ bucket: importBucket(stack), rolePath: '/' })],
    [
      'that of the archive bucket',
      '/platform/',
      (stack) => ({ bucket: new ArchiveBucket(stack, 'Archive', { rolePath: '/platform/' }).bucket }),
    ],
    [
      'its own instead of that of the archive bucket',
      '/audit/',
      (stack) => ({
        bucket: new ArchiveBucket(stack, 'Archive', { rolePath: '/platform/' }).bucket,
        rolePath: '/audit/',
      }),
    ],
    [
      '/log-archiver/ for an archive bucket of another app',
      '/log-archiver/',
      (stack) => ({ bucket: ArchiveBucket.fromAttributes(stack, 'Archive', { account: TOKYO.account }) }),
    ],
  ])('is %s', (_, path, createProps) => {
    const stack = newStack({ env: TOKYO });
    newVerifier(stack, { ...createProps(stack), notificationTopic: new Topic(stack, 'Topic') });
    expect(getPaths(stack)).toEqual(createPaths(path));
  });

  it.each([
    [
      'audit',
      'rolePath must begin and end with /, with folders of letters, digits and +=,.@_- in between, got "audit"',
    ],
    [
      `/${'a'.repeat(493)}/`,
      'rolePath must have at most 494 characters (a path has at most 512, and those of the functions continue), got 495',
    ],
    [5, 'rolePath must be a string, got 5'],
  ])('rejects %j', (rolePath, message) => {
    expectError((stack) => ({ bucket: importBucket(stack), rolePath }), message);
  });

  it('accepts 494 characters', () => {
    const stack = newStack();
    newVerifier(stack, { rolePath: `/${'a'.repeat(492)}/` });
    const lengths = Object.values(getPaths(stack)).map((path) => (path as string).length);
    expect(Math.max(...lengths)).toBe(512);
  });
});

describe('notificationTopic', () => {
  it.each<[string, string, (stack: Stack) => unknown]>([
    [
      'a FIFO topic',
      'notificationTopic must be a standard topic: CloudWatch alarms and EventBridge rules cannot publish to FIFO topics; ' +
        'got Stack/Topic',
      (stack) => new Topic(stack, 'Topic', { fifo: true }),
    ],
    [
      'a topic of another Region',
      'notificationTopic must be in the Region of the verifier, ap-northeast-1, got eu-west-1',
      (stack) => Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:eu-west-1:123456789012:operators'),
    ],
    [
      'a topic whose key is an alias',
      'notificationTopic.masterKey must be a key, not an alias (IAM policies cannot refer to aliases); got alias/topics',
      (stack) => new Topic(stack, 'Topic', { masterKey: Alias.fromAliasName(stack, 'Alias', 'alias/topics') }),
    ],
    [
      'an ARN',
      'notificationTopic must be an SNS topic, got "arn:aws:sns:a:1:b"; use Topic.fromTopicArn',
      () => 'arn:aws:sns:a:1:b',
    ],
  ])('rejects %s', (_, message, createTopic) => {
    expectError((stack) => ({ bucket: importBucket(stack), notificationTopic: createTopic(stack) }), message);
  });
});

it('warns with the statement for the imported key of another account', () => {
  const stack = newStack({ env: TOKYO });
  const keyArn = `arn:aws:kms:${TOKYO.region}:${OTHER}:key/01234567-89ab-cdef-0123-456789abcdef`;
  const encryptionKey = Key.fromKeyArn(stack, 'Key', keyArn) as Key;
  newVerifier(stack, {
    bucket: new ArchiveBucket(stack, 'Archive', { sourceAccounts: ['111111111111'], encryptionKey }).bucket,
  });
  const warnings = getWarnings(stack).filter(([path]) => path.startsWith('/Stack/Verifier'));
  expect(warnings.map(([, text]) => text.split('\n')[0])).toEqual([
    'the KMS key of the bucket is imported, so its policy cannot be updated automatically; runs of the verifier fail ' +
      `until it contains these statements. Add to the policy of ${keyArn} in account ${OTHER}:`,
  ]);
});
