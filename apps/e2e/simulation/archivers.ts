import type { SynthesizedStack } from '@log-archiver/local-aws';
import { type App, Stack, TimeZone } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, Granularity, LogArchiver, LogGroupSelection } from 'cdk-log-archiver';
import { synthesize } from '../synthesize';

export const ACCOUNT = '123456789012';
export const REGION = 'ap-northeast-1';
/** Account of the `ArchiveBucket`. */
export const LOG_ARCHIVE = '999999999999';
export const BUCKET_NAME = 'archive';
export const ORDERS = '/app/orders';

/** Differences between the archivers of an account. */
export interface ArchiverTraits {
  readonly stackName: string;
  /** Prefix of the log groups that it selects. */
  readonly selects: string;
  readonly keyPrefix: string;
  /** `s3Prefix` of `/app/orders`. `null`: derived from the name. */
  readonly ordersPrefix: string | null;
  /** Hours by which its days begin after those of Tokyo. */
  readonly hoursBehind: 0 | 9;
  /** An imported bucket of its account, or the `ArchiveBucket` of another account. */
  readonly bucket: 'OWN' | 'ARCHIVE_BUCKET';
}

export const FIRST: ArchiverTraits = {
  stackName: 'First',
  selects: '',
  keyPrefix: '',
  ordersPrefix: null,
  hoursBehind: 0,
  bucket: 'OWN',
};
const SECOND: ArchiverTraits = { ...FIRST, stackName: 'Second', selects: '/app/' };

/** Sets of archivers in one account, which share its only export slot and one bucket. */
export const ARCHIVERS = {
  ONE: [FIRST],
  SAME_KEYS: [FIRST, SECOND],
  OTHER_KEY_PREFIX: [FIRST, { ...SECOND, keyPrefix: 'second' }],
  OTHER_S3_PREFIX: [FIRST, { ...SECOND, ordersPrefix: 'second/orders' }],
  OTHER_TIME_ZONE: [FIRST, { ...SECOND, hoursBehind: 9 }],
} satisfies Record<string, ArchiverTraits[]>;

const synthesized = new Map<string, SynthesizedStack>();

/** Returns an archiver that archives into the `ArchiveBucket`, which admits only keys below the account's ID. */
export function intoArchiveBucket({ keyPrefix, ...traits }: ArchiverTraits): ArchiverTraits {
  return { ...traits, keyPrefix: `${ACCOUNT}/${keyPrefix || REGION}`, bucket: 'ARCHIVE_BUCKET' };
}

export function findTimeZone({ hoursBehind }: Pick<ArchiverTraits, 'hoursBehind'>): string {
  return hoursBehind === 0 ? 'Asia/Tokyo' : 'Etc/UTC';
}

/** Synthesizes the `ArchiveBucket` once per test file. */
export function synthesizeArchiveBucket(): SynthesizedStack {
  return synthesizeOnce(BUCKET_NAME, (app) => {
    const stack = new Stack(app, 'LogArchive', { env: { account: LOG_ARCHIVE, region: REGION } });
    new ArchiveBucket(stack, 'ArchiveBucket', { bucketName: BUCKET_NAME, sourceAccounts: [ACCOUNT] });
    return stack;
  });
}

/** Synthesizes an archiver once per test file. It is deployed to many worlds. */
export function synthesizeArchiver(
  traits: ArchiverTraits,
  granularity: keyof typeof Granularity,
  lookbackPeriods?: number,
): SynthesizedStack {
  return synthesizeOnce(JSON.stringify([traits, granularity, lookbackPeriods]), (app) =>
    addArchiver(app, traits, granularity, lookbackPeriods),
  );
}

function synthesizeOnce(key: string, addStack: (app: App) => Stack): SynthesizedStack {
  const known = synthesized.get(key) ?? synthesize(addStack);
  synthesized.set(key, known);
  return known;
}

function addArchiver(
  app: App,
  traits: ArchiverTraits,
  granularity: keyof typeof Granularity,
  lookbackPeriods?: number,
): Stack {
  const { stackName, selects, keyPrefix, ordersPrefix, hoursBehind, bucket } = traits;
  const isOwn = bucket === 'OWN';
  const stack = new Stack(app, stackName, isOwn ? {} : { env: { account: ACCOUNT, region: REGION } });
  const all = selects === '' ? LogGroupSelection.all() : LogGroupSelection.byPrefix(selects);
  // Without this, most of what an archiver archives would be the log groups of the other archivers and of foreign tasks.
  const others = ['/stranger', '/aws/vendedlogs/', 'First', 'Second'].map((prefix) =>
    LogGroupSelection.byPrefix(prefix),
  );
  const archiver = new LogArchiver(stack, 'LogArchiver', {
    selections: [all.excluding(...others)],
    bucket: isOwn
      ? Bucket.fromBucketName(stack, 'Bucket', BUCKET_NAME)
      : ArchiveBucket.fromAttributes(stack, 'Bucket', { account: LOG_ARCHIVE, bucketName: BUCKET_NAME }),
    granularity: Granularity[granularity],
    ...(lookbackPeriods === undefined ? {} : { lookbackPeriods }),
    timeZone: hoursBehind === 0 ? TimeZone.ASIA_TOKYO : TimeZone.ETC_UTC,
    ...(keyPrefix === '' ? {} : { keyPrefix }),
  });
  if (ordersPrefix !== null) {
    archiver.addLogGroup(LogGroup.fromLogGroupName(stack, 'Orders', ORDERS), { s3Prefix: ordersPrefix });
  }
  return stack;
}
