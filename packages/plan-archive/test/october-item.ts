import type { ArchiveItem } from '@log-archiver/core';

/** The item of October in Tokyo. */
export const OCTOBER_ITEM: ArchiveItem = {
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
  slotDeadline: 0,
};
