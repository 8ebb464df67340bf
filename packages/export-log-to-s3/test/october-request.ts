import type { ExportLogToS3Request } from '@log-archiver/core';

/** A request as the state machine sends it on 2 November in Tokyo, for October. */
export const OCTOBER_REQUEST: ExportLogToS3Request = {
  logGroupName: '/app/web',
  s3Prefix: null,
  s3BucketName: 'archive',
  keyPrefix: '',
  timeZone: 'Asia/Tokyo',
  frequency: 'MONTHLY',
  scheduledTime: '2026-11-02T03:00:00Z',
  period: null,
  startedAt: '2026-11-02T03:00:01Z',
};
