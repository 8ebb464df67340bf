/** Fixtures for the tests of the functions: October 2026 in Tokyo, on a local AWS. No bundle imports this file. */
import type {
  ArchiveExecution,
  ArchiveItem,
  ArchiveParameters,
  ArchiveReceipt,
  LogGroupProperties,
} from '@log-archiver/core';
import { LocalAws } from '@log-archiver/local-aws';

/** The instant at which a test starts: the daily run of 2 November in Tokyo. */
export const NOW = '2026-11-02T03:00:05.000Z';

const CREATED_AT = Date.parse('2026-09-01T00:00:00.000Z');

/** Properties of the log groups that `startLocalAws` creates. */
export const LOG_GROUP: LogGroupProperties = {
  logGroupClass: 'STANDARD',
  createdAt: CREATED_AT,
  retentionInDays: null,
  removedBefore: null,
  deletionProtectionEnabled: false,
  dataProtectionStatus: null,
};

/** The item of October for log group `/app/web`. */
export const OCTOBER_ITEM: ArchiveItem = {
  logGroupName: '/app/web',
  s3Prefix: 'app/web',
  period: '2026-10',
  periodFrom: Date.parse('2026-09-30T15:00:00.000Z'),
  periodTo: Date.parse('2026-10-31T14:59:59.999Z'),
  previousPeriod: {
    name: '2026-09',
    from: Date.parse('2026-08-31T15:00:00.000Z'),
    to: Date.parse('2026-09-30T14:59:59.999Z'),
  },
  from: Date.parse('2026-09-30T15:00:00.000Z'),
  to: Date.parse('2026-10-31T14:59:59.999Z'),
  destinationPrefix: '2026/10/app/web',
  taskName: 'log-archiver 2026-10 /app/web 0123456789abcdef0123456789abcdef',
  adoptAfter: null,
  logGroup: LOG_GROUP,
  losses: [],
  force: false,
  attempt: 1,
  part: null,
  slotDeadline: Date.parse('2026-11-04T03:00:01.000Z'),
};

/** The receipt of `OCTOBER_ITEM`, whose task wrote two objects. */
export const OCTOBER_RECEIPT: ArchiveReceipt = {
  format: 3,
  archiver: 'cdk-log-archiver 1.2.3',
  account: '123456789012',
  region: 'ap-northeast-1',
  logGroupName: '/app/web',
  timeZone: 'Asia/Tokyo',
  period: '2026-10',
  from: '2026-09-30T15:00:00.000Z',
  to: '2026-10-31T14:59:59.999Z',
  s3BucketName: 'archive',
  destinationPrefix: '2026/10/app/web',
  tasks: [
    {
      taskId: 'task of /app/web',
      from: '2026-09-30T15:00:00.000Z',
      to: '2026-10-31T14:59:59.999Z',
      objects: 2,
      bytes: 30,
      digest: 'd1'.repeat(32),
      firstObject: 'a/000000.gz',
      lastObject: 'b/000000.gz',
    },
  ],
  startedAt: NOW,
  finishedAt: NOW,
  completeAsOf: '2026-11-01T15:00:05.000Z',
  logGroup: LOG_GROUP,
  losses: [],
  evidence: 'OBJECTS',
  previous: null,
  execution: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
  forced: false,
};

export const PARAMETERS: ArchiveParameters = {
  account: '123456789012',
  region: 'ap-northeast-1',
  s3BucketName: 'archive',
  keyPrefix: '',
  timeZone: 'Asia/Tokyo',
  frequency: 'MONTHLY',
  settleHours: 12,
  lookback: 1,
  archiver: 'cdk-log-archiver 1.2.3',
};

/** Environment variables that bind a function to `PARAMETERS`. */
export const ENVIRONMENT = { ARCHIVE_BUCKET_NAME: 'archive', ARCHIVE_ACCOUNT: '123456789012' };

export const EXECUTION: ArchiveExecution = {
  id: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:monthly',
  name: 'monthly',
  startedAt: '2026-11-02T03:00:01.000Z',
  stateMachineArn: 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver',
};

/** Starts an account with the bucket `archive` and log groups that are older than October. */
export function startLocalAws({ now = NOW, logGroupNames = ['/app/web'] } = {}): LocalAws {
  const aws = new LocalAws({ now });
  aws.buckets.createBucket(PARAMETERS.s3BucketName);
  for (const logGroupName of logGroupNames) {
    aws.logs.logGroups.create({ logGroupName }, CREATED_AT);
  }
  return aws;
}

/** Parses an object of the bucket `archive`. */
export function readJson<T>(aws: LocalAws, key: string): T {
  return JSON.parse(aws.buckets.getObject(PARAMETERS.s3BucketName, key).toString());
}

/** Lists the operations that were called, in order. */
export function listOperations({ requestHandler }: LocalAws): string[] {
  return requestHandler.calls.map(({ operation }) => operation);
}
