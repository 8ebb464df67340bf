import { type ArchiveItem, type ExportLogToS3Request, InvalidArchiveRequest, show } from '@log-archiver/core';

interface Kind {
  readonly allowed: string;
  readonly includes: (value: unknown) => boolean;
}

/** Earliest valid time. The same instant in seconds is smaller, and AWS would read it as an instant in 1970. */
const FIRST_TIME_MS = 1_000_000_000_000;

const STRING: Kind = { allowed: 'a non-empty string', includes: (value) => typeof value === 'string' && value !== '' };
const BOOLEAN: Kind = { allowed: 'a boolean', includes: (value) => typeof value === 'boolean' };
const TIME: Kind = {
  allowed: 'a time in milliseconds since the epoch',
  includes: (value) => Number.isSafeInteger(value) && (value as number) >= FIRST_TIME_MS,
};
const DAYS: Kind = {
  allowed: 'a positive whole number of days',
  includes: (value) => Number.isSafeInteger(value) && (value as number) > 0,
};

/** Allowed values of each field, including the fields that only `RecordArchive` needs, because it runs after the export. */
const ITEM: Record<keyof ArchiveItem, Kind> = {
  logGroupName: STRING,
  s3Prefix: STRING,
  period: STRING,
  periodFrom: TIME,
  periodTo: TIME,
  from: TIME,
  to: TIME,
  destinationPrefix: STRING,
  adoptAfter: orNull(TIME),
  retentionInDays: orNull(DAYS),
  daysLost: orNull(DAYS),
  force: BOOLEAN,
  attempt: oneOf(1, 2),
  part: oneOf('DAY', 'HOUR', null),
  slotDeadline: TIME,
};

/** Validates the request. Throws `InvalidArchiveRequest` for the first invalid field. */
export function validateRequest(request: ExportLogToS3Request): void {
  check('s3BucketName', request?.s3BucketName, STRING);
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
