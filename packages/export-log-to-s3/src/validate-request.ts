import {
  type ArchiveItem,
  type ExportLogToS3Request,
  InvalidArchiveRequest,
  type LogGroupProperties,
  type Loss,
  show,
} from '@log-archiver/core';

interface Kind {
  readonly allowed: string;
  readonly includes: (value: unknown) => boolean;
}

/** Earliest valid time. The same instant in seconds is smaller, and AWS would read it as an instant in 1970. */
const FIRST_TIME_MS = 1_000_000_000_000;

const STRING: Kind = { allowed: 'a non-empty string', includes: (value) => typeof value === 'string' && value !== '' };
const BOOLEAN: Kind = { allowed: 'a boolean', includes: (value) => typeof value === 'boolean' };
const OBJECT: Kind = {
  allowed: 'an object',
  includes: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};
const ARRAY: Kind = { allowed: 'an array', includes: Array.isArray };
const TIME: Kind = {
  allowed: 'a time in milliseconds since the epoch',
  includes: (value) => Number.isSafeInteger(value) && (value as number) >= FIRST_TIME_MS,
};
/** A time that no request passes to AWS. */
const PAST_TIME: Kind = {
  allowed: 'a time in milliseconds since the epoch',
  includes: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};
const ISO_TIME: Kind = {
  allowed: 'an ISO 8601 instant in UTC',
  includes: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
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
  logGroup: OBJECT,
  losses: ARRAY,
  force: BOOLEAN,
  attempt: oneOf(1, 2),
  part: oneOf('DAY', 'HOUR', null),
  slotDeadline: TIME,
};

const LOG_GROUP: Record<keyof LogGroupProperties, Kind> = {
  logGroupClass: STRING,
  createdAt: PAST_TIME,
  retentionInDays: orNull(DAYS),
  removedBefore: orNull(PAST_TIME),
  deletionProtectionEnabled: BOOLEAN,
  dataProtectionStatus: orNull(STRING),
};

const LOSS: Record<keyof Loss, Kind> = {
  cause: oneOf('RetentionExpired', 'LogGroupDeleted', 'LogGroupRecreated'),
  from: ISO_TIME,
  to: ISO_TIME,
};

/** Validates the request. Throws `InvalidArchiveRequest` for the first invalid field. */
export function validateRequest(request: ExportLogToS3Request): void {
  check('s3BucketName', request?.s3BucketName, STRING);
  checkFields('', request.item, ITEM);
  const { from, to, logGroup, losses } = request.item;
  checkFields('logGroup.', logGroup, LOG_GROUP);
  for (const [index, loss] of losses.entries()) {
    checkFields(`losses[${index}].`, loss, LOSS);
  }
  if (to < from) {
    throw new InvalidArchiveRequest(`to must not be earlier than from (${from}), got ${to}`);
  }
}

function checkFields<T extends object>(
  path: string,
  value: T | undefined,
  kinds: Record<keyof T & string, Kind>,
): void {
  for (const [field, kind] of Object.entries<Kind>(kinds)) {
    check(path + field, value?.[field as keyof T], kind);
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
