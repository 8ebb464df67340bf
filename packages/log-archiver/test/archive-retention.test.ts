import { CfnParameter, Duration } from 'aws-cdk-lib';
import { StorageClass } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, ArchiveRetention, type ArchiveTransition } from '../src';
import { getResources, newStack, TOKYO } from './archiver-stack';

const to = (storageClass: StorageClass, days: number): ArchiveTransition => ({
  storageClass,
  transitionAfter: Duration.days(days),
});
const createLifecycle = (retention: ArchiveRetention, sourceAccounts?: string[]) => {
  const stack = newStack({ env: TOKYO });
  new ArchiveBucket(stack, 'Archive', { retention, sourceAccounts });
  const [bucket] = Object.values(getResources(stack)).filter(({ Type }) => Type === 'AWS::S3::Bucket');
  return bucket.Properties.LifecycleConfiguration;
};

describe('the lifecycle rules', () => {
  it('expire the objects of each account after years with leap days, but no receipts', () => {
    const kept = (Prefix: string) => ({
      Prefix,
      Status: 'Enabled',
      ExpirationInDays: 2557,
      NoncurrentVersionExpiration: { NoncurrentDays: 90 },
    });
    expect(createLifecycle(ArchiveRetention.years(7), ['111111111111', '222222222222'])).toEqual({
      Rules: [
        kept('111111111111/ap-northeast-1/20'),
        kept('222222222222/ap-northeast-1/20'),
        {
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          ExpiredObjectDeleteMarker: true,
        },
      ],
      TransitionDefaultMinimumObjectSize: 'all_storage_classes_128K',
    });
  });

  it('match archived objects, but no metadata', () => {
    const { Rules } = createLifecycle(ArchiveRetention.years(1)) as { Rules: { Prefix?: string }[] };
    const prefixes = Rules.flatMap(({ Prefix }) => Prefix ?? []);
    const matches = (key: string) => prefixes.some((prefix) => key.startsWith(prefix));
    expect(matches(`${TOKYO.account}/${TOKYO.region}/2026/10/shop/orders/task/stream/000000.gz`)).toBe(true);
    expect(matches(`${TOKYO.account}/${TOKYO.region}/_log-archiver/receipts/a.json`)).toBe(false);
  });

  it.each([
    [1, 366],
    [5, 1827],
    [8, 2922],
    [10, 3653],
  ])('expire after %i years, which are %i days', (years, days) => {
    expect(createLifecycle(ArchiveRetention.years(years))).toMatchObject({ Rules: [{ ExpirationInDays: days }, {}] });
  });

  it('include the transitions', () => {
    const transitions = [
      to(StorageClass.INFREQUENT_ACCESS, 30),
      to(StorageClass.GLACIER_INSTANT_RETRIEVAL, 60),
      to(StorageClass.DEEP_ARCHIVE, 150),
    ];
    expect(createLifecycle(ArchiveRetention.years(1, { transitions }))).toMatchObject({
      Rules: [
        {
          Transitions: [
            { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
            { StorageClass: 'GLACIER_IR', TransitionInDays: 60 },
            { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 150 },
          ],
        },
        {},
      ],
    });
  });

  it('allow a transition on the day of creation', () => {
    const transitions = [to(StorageClass.GLACIER_INSTANT_RETRIEVAL, 0)];
    expect(createLifecycle(ArchiveRetention.years(1, { transitions }))).toMatchObject({
      Rules: [{ Transitions: [{ StorageClass: 'GLACIER_IR', TransitionInDays: 0 }] }, {}],
    });
  });
});

describe('ArchiveRetention.years', () => {
  it.each([0, -1, 1.5, 101, Number.NaN])('rejects %p years', (years) => {
    expect(() => ArchiveRetention.years(years)).toThrow(
      new Error(`years must be a whole number from 1 to 100, got ${years}`),
    );
  });

  it('rejects years that are not a number', () => {
    // biome-ignore lint/suspicious/noExplicitAny: as from JavaScript
    expect(() => ArchiveRetention.years('7' as any)).toThrow(
      new Error('years must be a whole number from 1 to 100, got "7"'),
    );
  });

  it('rejects years that are a token', () => {
    const years = new CfnParameter(newStack(), 'Years', { type: 'Number' }).valueAsNumber;
    expect(() => ArchiveRetention.years(years)).toThrow(new Error('years must be known at synthesis, got a token'));
  });

  const CLASSES = 'STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR, GLACIER, DEEP_ARCHIVE';
  it.each<[string, ArchiveTransition[], string]>([
    [
      'a class with one Availability Zone',
      [to(StorageClass.ONE_ZONE_INFREQUENT_ACCESS, 30)],
      `storageClass must be one of ${CLASSES}, got ONEZONE_IA`,
    ],
    [
      'a class that S3 does not allow after the previous one',
      [to(StorageClass.GLACIER, 1), to(StorageClass.INFREQUENT_ACCESS, 200)],
      `transitions must be in the order ${CLASSES}, got STANDARD_IA after GLACIER`,
    ],
    [
      'the same class twice',
      [to(StorageClass.GLACIER, 1), to(StorageClass.GLACIER, 100)],
      `transitions must be in the order ${CLASSES}, got GLACIER after GLACIER`,
    ],
    [
      'Standard-IA earlier than S3 allows',
      [to(StorageClass.INFREQUENT_ACCESS, 29)],
      'transitionAfter of STANDARD_IA must be at least 30 days, got 29',
    ],
    ...[StorageClass.GLACIER, StorageClass.DEEP_ARCHIVE].map((storageClass): [string, ArchiveTransition[], string] => [
      `${storageClass} on the day of creation, because objects could not be read any more`,
      [to(storageClass, 0)],
      `transitionAfter of ${storageClass} must be at least 1 day, got 0`,
    ]),
    [
      'two classes on the same day',
      [to(StorageClass.INTELLIGENT_TIERING, 5), to(StorageClass.GLACIER, 5)],
      'transitionAfter of GLACIER must be at least 6 days, got 5',
    ],
    [
      'a transition after expiration',
      [to(StorageClass.INTELLIGENT_TIERING, 366)],
      'transitionAfter of INTELLIGENT_TIERING must be before objects expire on day 366, got 366 days',
    ],
    [
      'expiration before the minimum billed duration',
      [to(StorageClass.DEEP_ARCHIVE, 187)],
      'objects must stay in DEEP_ARCHIVE for at least 180 days (its minimum billed duration), got 179 (day 187 to day 366)',
    ],
    [
      'the next transition before the minimum billed duration',
      [to(StorageClass.GLACIER_INSTANT_RETRIEVAL, 0), to(StorageClass.DEEP_ARCHIVE, 89)],
      'objects must stay in GLACIER_IR for at least 90 days (its minimum billed duration), got 89 (day 0 to day 89)',
    ],
  ])('rejects %s', (_, transitions, message) => {
    expect(() => ArchiveRetention.years(1, { transitions })).toThrow(new Error(message));
  });

  it('accepts expiration at the end of the minimum billed duration', () => {
    expect(() => ArchiveRetention.years(1, { transitions: [to(StorageClass.DEEP_ARCHIVE, 186)] })).not.toThrow();
  });
});
