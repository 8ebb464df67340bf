import { type Clients, createRecordClients } from '@log-archiver/aws-clients/create-clients';
import { EXECUTION, OCTOBER_ITEM, PARAMETERS, startLocalAws } from '@log-archiver/aws-clients/testing';
import type { ArchiveItem, CompletedExportTask, RecordArchiveRequest } from '@log-archiver/core';
import type { LocalAws, LogEvent } from '@log-archiver/local-aws';

/** First and last millisecond of October in Tokyo. */
export const FROM = OCTOBER_ITEM.from;
export const TO = OCTOBER_ITEM.to;

/** Request that the state machine sends on 2 November in Tokyo, for October. */
export const OCTOBER_REQUEST: RecordArchiveRequest = {
  item: {
    ...OCTOBER_ITEM,
    s3Prefix: 'web',
    destinationPrefix: 'logs/2026/10/web',
    retentionInDays: 90,
  },
  parameters: { ...PARAMETERS, keyPrefix: 'logs' },
  execution: EXECUTION,
  task: {
    logGroupName: '/app/web',
    s3BucketName: 'archive',
    destinationPrefix: 'logs/2026/10/web',
    taskId: 'task-1',
    status: 'COMPLETED',
    createdAt: Date.parse('2026-11-02T03:00:05.000Z'),
    completedAt: Date.parse('2026-11-02T03:00:28.000Z'),
  },
  progress: null,
};

export const FOLDER = 'logs/2026/10/web/task-1/';
export const RECEIPT_KEY =
  'logs/_log-archiver/receipts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@4b5e57f6.json';
export const PARTS = 'logs/_log-archiver/parts/123456789012/ap-northeast-1/Asia/Tokyo/2026-10/~app~web@4b5e57f6/';

/** Returns `OCTOBER_REQUEST` with changes to its item and its task. */
export function octoberRequest(
  item: Partial<ArchiveItem>,
  task: Partial<CompletedExportTask> = {},
): RecordArchiveRequest {
  return {
    ...OCTOBER_REQUEST,
    item: { ...OCTOBER_REQUEST.item, ...item },
    task: { ...OCTOBER_REQUEST.task, ...task },
  };
}

/** Starts the account of `OCTOBER_REQUEST`, 25 seconds into the run. Its log group has a stream without events. */
export function startOctoberAws(): LocalAws {
  const aws = startLocalAws({ now: '2026-11-02T03:00:30.000Z' });
  aws.logs.logStreams.create({ logGroupName: '/app/web', logStreamName: 'stream' });
  return aws;
}

export function createClients({ requestHandler, clock }: LocalAws): Pick<Clients, 'logs' | 's3' | 'now'> {
  return createRecordClients({ requestHandler, now: clock.now });
}

export function putEvents(aws: LocalAws, ...timestamps: number[]) {
  const logEvents: LogEvent[] = timestamps.map((timestamp) => ({ timestamp, message: 'GET /' }));
  aws.logs.logEvents.put({ logGroupName: '/app/web', logStreamName: 'stream', logEvents });
}
