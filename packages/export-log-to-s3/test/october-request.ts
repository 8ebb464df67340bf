import type { ArchiveItem, ExportLogToS3Request } from '@log-archiver/core';

/** A request as the state machine sends it on 2 November in Tokyo, for October. */
export const OCTOBER_REQUEST: ExportLogToS3Request = {
  item: {
    logGroupName: '/app/web',
    s3Prefix: 'app/web',
    period: '2026-10',
    periodFrom: Date.parse('2026-09-30T15:00:00.000Z'),
    periodTo: Date.parse('2026-10-31T14:59:59.999Z'),
    from: Date.parse('2026-09-30T15:00:00.000Z'),
    to: Date.parse('2026-10-31T14:59:59.999Z'),
    destinationPrefix: '2026/10/app/web',
    adoptAfter: null,
    retentionInDays: null,
    daysLost: null,
    force: false,
    attempt: 1,
    part: null,
    slotDeadline: Date.parse('2026-11-04T03:00:01.000Z'),
  },
  s3BucketName: 'archive',
};

/** `OCTOBER_REQUEST` with another item. */
export function octoberRequest(overrides: Partial<ArchiveItem>): ExportLogToS3Request {
  return { ...OCTOBER_REQUEST, item: { ...OCTOBER_REQUEST.item, ...overrides } };
}
