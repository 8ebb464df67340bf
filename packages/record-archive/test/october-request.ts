import type { ArchiveItem, CompletedExportTask, RecordArchiveRequest } from '@log-archiver/core';

/** The first of October in Tokyo. */
export const FROM = Date.parse('2026-09-30T15:00:00.000Z');
export const TO = Date.parse('2026-10-31T14:59:59.999Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** A request as the state machine sends it on 2 November in Tokyo, for October. */
export const OCTOBER_REQUEST: RecordArchiveRequest = {
  item: {
    logGroupName: '/app/web',
    s3Prefix: 'web',
    period: '2026-10',
    periodFrom: FROM,
    periodTo: TO,
    from: FROM,
    to: TO,
    destinationPrefix: 'logs/2026/10/web',
    adoptAfter: null,
    retentionInDays: 90,
    daysLost: null,
    force: false,
    attempt: 1,
    part: null,
    slotDeadline: Date.parse('2026-11-04T03:00:01.000Z'),
  },
  parameters: {
    account: '123456789012',
    region: 'ap-northeast-1',
    s3BucketName: 'archive',
    keyPrefix: 'logs',
    timeZone: 'Asia/Tokyo',
    frequency: 'MONTHLY',
    settleHours: 24,
    lookback: 3,
    archiver: 'cdk-log-archiver 1.2.3',
  },
  execution: {
    id: 'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:run-1',
    name: 'run-1',
    startedAt: '2026-11-02T03:00:01.123Z',
    stateMachineArn: 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver',
  },
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

/** `OCTOBER_REQUEST` with another item, and another task. */
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
