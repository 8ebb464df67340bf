import { CfnParameter, Duration } from 'aws-cdk-lib';
import { StorageClass } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, ArchiveRetention, type ArchiveTransition } from '../src';
import { newStack, getResources, TOKYO } from './archiver-stack';

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

describe('the lifecycle rules of a retention', () => {
  it('keep each account’s objects for years with their leap days, and its receipts for ever', () => {
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

  it('match keys of the archive, and none that the archiver writes itself', () => {
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
  ])('make of %i years %i days', (years, days) => {
    expect(createLifecycle(ArchiveRetention.years(years))).toMatchObject({ Rules: [{ ExpirationInDays: days }, {}] });
  });

  it('go through the storage classes that are asked for', () => {
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

  it('may send objects to another class on the day they are written', () => {
    expect(createLifecycle(ArchiveRetention.years(1, { transitions: [to(StorageClass.GLACIER, 0)] }))).toMatchObject({
      Rules: [{ Transitions: [{ StorageClass: 'GLACIER', TransitionInDays: 0 }] }, {}],
    });
  });
});

describe('a retention', () => {
  it.each([0, -1, 1.5, 101, Number.NaN])('of %p years is refused', (years) => {
    expect(() => ArchiveRetention.years(years)).toThrow(
      new Error(`years must be a whole number from 1 to 100, got ${years}`),
    );
  });

  it('of years that are no number is refused with what they are', () => {
    // biome-ignore lint/suspicious/noExplicitAny: as from JavaScript
    expect(() => ArchiveRetention.years('7' as any)).toThrow(
      new Error('years must be a whole number from 1 to 100, got "7"'),
    );
  });

  it('of years that are a parameter is refused', () => {
    const years = new CfnParameter(newStack(), 'Years', { type: 'Number' }).valueAsNumber;
    expect(() => ArchiveRetention.years(years)).toThrow(new Error('years must be known at synth, got a token'));
  });

  const CLASSES = 'STANDARD_IA, INTELLIGENT_TIERING, GLACIER_IR, GLACIER, DEEP_ARCHIVE';
  it.each<[string, ArchiveTransition[], string]>([
    [
      'a class whose objects are in one zone',
      [to(StorageClass.ONE_ZONE_INFREQUENT_ACCESS, 30)],
      `storageClass must be ${CLASSES}, got ONEZONE_IA`,
    ],
    [
      'a class that S3 does not go back to',
      [to(StorageClass.GLACIER, 0), to(StorageClass.INFREQUENT_ACCESS, 200)],
      `transitions must be in the order ${CLASSES}, got STANDARD_IA after GLACIER`,
    ],
    [
      'the same class twice',
      [to(StorageClass.GLACIER, 0), to(StorageClass.GLACIER, 100)],
      `transitions must be in the order ${CLASSES}, got GLACIER after GLACIER`,
    ],
    [
      'Standard-IA before S3 allows it',
      [to(StorageClass.INFREQUENT_ACCESS, 29)],
      'transitionAfter of STANDARD_IA must be at least 30 days, got 29',
    ],
    [
      'two classes on the same day',
      [to(StorageClass.INTELLIGENT_TIERING, 5), to(StorageClass.GLACIER, 5)],
      'transitionAfter of GLACIER must be at least 6 days, got 5',
    ],
    [
      'a class after the end',
      [to(StorageClass.INTELLIGENT_TIERING, 366)],
      'transitionAfter of INTELLIGENT_TIERING must be before objects are deleted, on day 366, got 366 days',
    ],
    [
      'the end before the days that are billed',
      [to(StorageClass.DEEP_ARCHIVE, 187)],
      'objects must be in DEEP_ARCHIVE for at least 180 days, which are billed in any case, got 179: from day 187 to day 366',
    ],
    [
      'the next class before the days that are billed',
      [to(StorageClass.GLACIER_INSTANT_RETRIEVAL, 0), to(StorageClass.DEEP_ARCHIVE, 89)],
      'objects must be in GLACIER_IR for at least 90 days, which are billed in any case, got 89: from day 0 to day 89',
    ],
  ])('with %s is refused', (_what, transitions, message) => {
    expect(() => ArchiveRetention.years(1, { transitions })).toThrow(new Error(message));
  });

  it('may end on the day that the billed ones do', () => {
    expect(() => ArchiveRetention.years(1, { transitions: [to(StorageClass.DEEP_ARCHIVE, 186)] })).not.toThrow();
  });
});
