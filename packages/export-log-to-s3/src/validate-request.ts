import { type ArchiveItem, type ExportLogToS3Request, InvalidArchiveRequest, show } from '@log-archiver/core';

interface Kind {
  readonly allowed: string;
  readonly includes: (value: unknown) => boolean;
}

/** Milliseconds: the same instant in seconds is less, and AWS would take it for one of 1970. */
const FIRST_TIME = 1_000_000_000_000;

const TEXT: Kind = { allowed: 'a text', includes: (value) => typeof value === 'string' && value !== '' };
const YES_OR_NO = oneOf(true, false);
const TIME: Kind = {
  allowed: 'a time in milliseconds',
  includes: (value) => Number.isSafeInteger(value) && (value as number) >= FIRST_TIME,
};
const DAYS: Kind = {
  allowed: 'a number of days',
  includes: (value) => Number.isSafeInteger(value) && (value as number) > 0,
};

/** What each field has to be, also of those that `RecordArchive` alone needs: it runs when the export is done. */
const ITEM: Record<keyof ArchiveItem, Kind> = {
  logGroupName: TEXT,
  s3Prefix: TEXT,
  period: TEXT,
  periodFrom: TIME,
  periodTo: TIME,
  from: TIME,
  to: TIME,
  destinationPrefix: TEXT,
  adoptAfter: orNull(TIME),
  retentionInDays: orNull(DAYS),
  daysLost: orNull(DAYS),
  force: YES_OR_NO,
  attempt: oneOf(1, 2),
  part: oneOf('DAY', 'HOUR', null),
  slotDeadline: TIME,
};

export function validateRequest(request: ExportLogToS3Request): void {
  check('s3BucketName', request?.s3BucketName, TEXT);
  for (const [field, kind] of Object.entries(ITEM)) {
    check(field, request.item?.[field as keyof ArchiveItem], kind);
  }
  const { from, to } = request.item;
  if (to < from) {
    throw new InvalidArchiveRequest(`to must not be earlier than from (${from}), got ${to}`);
  }
}

function check(field: string, value: unknown, { allowed, includes }: Kind): void {
  if (!includes(value)) {
    throw new InvalidArchiveRequest(`${field} must be ${allowed}, got ${show(value)}`);
  }
}

function oneOf(...values: unknown[]): Kind {
  return {
    allowed: values.map((value) => JSON.stringify(value)).join(' or '),
    includes: (value) => values.includes(value),
  };
}

function orNull({ allowed, includes }: Kind): Kind {
  return { allowed: `${allowed} or null`, includes: (value) => value === null || includes(value) };
}
