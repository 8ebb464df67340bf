import {
  type ArchiveReceipt,
  foldObject,
  type PeriodStatus,
  parsePeriod,
  type ReceiptTask,
  receiptKey,
  toIsoTime,
  type VerificationRun,
} from '@log-archiver/core';
import { LocalAws } from '@log-archiver/local-aws';
import { type Clients, createClients } from '../src/clients';

export const NOW = '2026-11-08T06:00:00.000Z';
export const BUCKET = 'archive';
export const ACCOUNT = '111111111111';
export const REGION = 'eu-west-1';
export const KEY_PREFIX = `${ACCOUNT}/${REGION}`;
export const RUN: VerificationRun = { id: 'run-1', startedAt: NOW };
export const FOLDER = `${KEY_PREFIX}/_log-archiver/receipts/${ACCOUNT}/${REGION}/UTC/2026-10/`;
export const STATUS_KEY = `${KEY_PREFIX}/_log-archiver/periods/${ACCOUNT}/${REGION}/Archiver/2026-10.json`;
const PROPERTIES = {
  logGroupClass: 'STANDARD',
  createdAt: Date.parse('2026-01-01T00:00:00.000Z'),
  retentionInDays: null,
  removedBefore: null,
  deletionProtectionEnabled: false,
  dataProtectionStatus: null,
};

export interface Place {
  account: string;
  region: string;
  keyPrefix: string;
  period: string;
}

export const PLACE: Place = { account: ACCOUNT, region: REGION, keyPrefix: KEY_PREFIX, period: '2026-10' };

/** Starts an account with an empty archive bucket. A wait of the clients moves its clock. */
export function startArchive(now = NOW) {
  const aws = new LocalAws({ now, accountId: '999999999999', region: REGION });
  aws.buckets.createBucket(BUCKET);
  const wait = (milliseconds: number) => aws.clock.moveTo(aws.clock.now() + milliseconds);
  const clients: Clients = createClients({
    requestHandler: aws.requestHandler,
    now: aws.clock.now,
    wait,
    log: () => {},
  });
  return { aws, clients, signingKey: aws.keys.create('signing') };
}

export interface ArchivedLogGroup {
  place?: Place;
  logGroupName?: string;
  /** Contents by log stream. */
  objects?: Record<string, string>;
  forcedAt?: string | null;
  changes?: Partial<ArchiveReceipt>;
}

/** Writes the objects of a log group and period, and their receipt. Returns the receipt's key and text. */
export function archive(
  { buckets }: LocalAws,
  {
    place = PLACE,
    logGroupName = '/app/web',
    objects = { a: 'first', b: 'second' },
    forcedAt = null,
    changes = {},
  }: ArchivedLogGroup = {},
) {
  const { account, region, keyPrefix, period } = place;
  const s3Prefix = logGroupName.slice(1);
  const destinationPrefix = [...(keyPrefix ? [keyPrefix] : []), period.replaceAll('-', '/'), s3Prefix].join('/');
  const { from, to } = parsePeriod(period, 'UTC');
  const range = { from: toIsoTime(from), to: toIsoTime(to) };
  const taskId = forcedAt === null ? 'task-1' : `task-${forcedAt}`;
  let task: ReceiptTask = { taskId, ...range, objects: 0, bytes: 0, digest: '', firstObject: null, lastObject: null };
  for (const [stream, body] of Object.entries(objects)) {
    const name = `${stream}/000000.gz`;
    const { eTag } = buckets.putObject(BUCKET, `${destinationPrefix}/${taskId}/${name}`, body);
    const digest = foldObject(task.digest, { name, size: body.length, etag: eTag.slice(1, -1) });
    task = {
      ...task,
      objects: task.objects + 1,
      bytes: task.bytes + body.length,
      digest,
      firstObject: task.firstObject ?? name,
      lastObject: name,
    };
  }
  const receipt: ArchiveReceipt = {
    format: 3,
    archiver: 'cdk-log-archiver 1.2.3',
    account,
    region,
    logGroupName,
    timeZone: 'UTC',
    period,
    ...range,
    s3BucketName: BUCKET,
    destinationPrefix,
    tasks: [task],
    startedAt: toIsoTime(to + 1),
    finishedAt: toIsoTime(to + 60_001),
    completeAsOf: toIsoTime(to - 43_199_999),
    logGroup: PROPERTIES,
    losses: [],
    evidence: task.objects === 0 ? 'NO_EVENTS' : 'OBJECTS',
    previous: null,
    execution: `arn:aws:states:${region}:${account}:execution:Archiver:daily`,
    forced: forcedAt !== null,
    ...changes,
  };
  const key = receiptKey({ account, region, keyPrefix, timeZone: 'UTC' }, { logGroupName, s3Prefix, period }, forcedAt);
  const text = `${JSON.stringify(receipt, undefined, 2)}\n`;
  buckets.putObject(BUCKET, key, text);
  return { key, text, receipt, folder: `${destinationPrefix}/${taskId}/` };
}

/** Writes the status of a period, and the list of its receipts. */
export function putStatus(
  { buckets, clock }: LocalAws,
  { place = PLACE, archiver = 'Archiver', receipts, ...changes }: Partial<PeriodStatus> & StatusOptions = {},
) {
  const { account, region, keyPrefix, period } = place;
  const prefix = `${keyPrefix ? `${keyPrefix}/` : ''}_log-archiver/periods/${account}/${region}/${archiver}/${period}`;
  const status: PeriodStatus = {
    ...{ format: 2, period, status: 'COMPLETE', complete: true, archived: 1, skipped: {}, failed: 0, lost: 0 },
    ...{ objects: 2, bytes: 11, losses: [], failures: [], warnings: [], asOf: toIsoTime(clock.now()) },
    execution: `arn:aws:states:${region}:${account}:execution:${archiver}:daily`,
    reportKey: 'report.json',
    ...changes,
  };
  buckets.putObject(BUCKET, `${prefix}.json`, JSON.stringify(status));
  if (receipts) {
    const names = receipts.map((key) => [key.slice(key.lastIndexOf('/') + 1), {}]);
    buckets.putObject(BUCKET, `${prefix}.receipts.json`, JSON.stringify({ receipts: Object.fromEntries(names) }));
  }
}

interface StatusOptions {
  place?: Place;
  archiver?: string;
  /** Keys of the receipts that the archiver has counted. @default - it keeps no list */
  receipts?: string[];
}

export function readJson<T>({ buckets }: LocalAws, key: string): T {
  return JSON.parse(buckets.getObject(BUCKET, key).toString());
}
