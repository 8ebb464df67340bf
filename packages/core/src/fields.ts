import type { LogGroupProperties, Loss, ReceiptTask } from './contract';
import { show } from './errors';

/** Allowed values of a field. */
export interface FieldKind {
  readonly allowed: string;
  readonly includes: (value: unknown) => boolean;
}

/** Allowed values of each field of an object. */
export type FieldKinds<T extends object> = Record<keyof T & string, FieldKind>;

/** Earliest valid time. The same instant in seconds is smaller, and AWS would read it as an instant in 1970. */
const FIRST_TIME_MS = 1_000_000_000_000;

export const STRING: FieldKind = {
  allowed: 'a non-empty string',
  includes: (value) => typeof value === 'string' && value !== '',
};
export const BOOLEAN: FieldKind = { allowed: 'a boolean', includes: (value) => typeof value === 'boolean' };
export const OBJECT: FieldKind = {
  allowed: 'an object',
  includes: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};
export const ARRAY: FieldKind = { allowed: 'an array', includes: Array.isArray };
export const COUNT: FieldKind = {
  allowed: 'a whole number from 0',
  includes: (value) => Number.isSafeInteger(value) && (value as number) >= 0,
};
export const TIME: FieldKind = {
  allowed: 'a time in milliseconds since the epoch',
  includes: (value) => Number.isSafeInteger(value) && (value as number) >= FIRST_TIME_MS,
};
/** A time that no request passes to AWS. */
export const PAST_TIME: FieldKind = { ...TIME, includes: COUNT.includes };
export const ISO_TIME: FieldKind = {
  allowed: 'an ISO 8601 instant in UTC',
  includes: (value) =>
    typeof value === 'string' && /^\d{4}-\d\d-\d\dT.+Z$/.test(value) && !Number.isNaN(Date.parse(value)),
};
export const DAYS: FieldKind = {
  allowed: 'a positive whole number of days',
  includes: (value) => COUNT.includes(value) && value !== 0,
};
export const DIGEST: FieldKind = {
  allowed: 'a SHA-256 in hexadecimal',
  includes: (value) => typeof value === 'string' && /^[0-9a-f]{64}$/.test(value),
};

/** Returns a kind whose only values are the given ones. */
export function oneOf(...values: unknown[]): FieldKind {
  return {
    allowed: values.map((value) => JSON.stringify(value)).join(' or '),
    includes: (value) => values.includes(value),
  };
}

/** Returns a kind that also allows `null`. */
export function orNull({ allowed, includes }: FieldKind): FieldKind {
  return { allowed: `${allowed} or null`, includes: (value) => value === null || includes(value) };
}

export const LOG_GROUP_FIELDS: FieldKinds<LogGroupProperties> = {
  logGroupClass: STRING,
  createdAt: PAST_TIME,
  retentionInDays: orNull(DAYS),
  removedBefore: orNull(PAST_TIME),
  deletionProtectionEnabled: BOOLEAN,
  dataProtectionStatus: orNull(STRING),
};

export const LOSS_FIELDS: FieldKinds<Loss> = {
  cause: oneOf('RetentionExpired', 'LogGroupDeleted', 'LogGroupRecreated'),
  from: ISO_TIME,
  to: ISO_TIME,
};

export const TASK_FIELDS: FieldKinds<ReceiptTask> = {
  taskId: STRING,
  from: ISO_TIME,
  to: ISO_TIME,
  objects: COUNT,
  bytes: COUNT,
  digest: { allowed: `${DIGEST.allowed}, or empty`, includes: (value) => value === '' || DIGEST.includes(value) },
  firstObject: orNull(STRING),
  lastObject: orNull(STRING),
};

/** Returns the error of the first field that has another value than allowed: `<path><field> must be …, got …`. */
export function findFieldError<T extends object>(
  path: string,
  value: Partial<T> | undefined | null,
  kinds: FieldKinds<T>,
): string | undefined {
  for (const [field, { allowed, includes }] of Object.entries<FieldKind>(kinds)) {
    const actual = value?.[field as keyof T];
    if (!includes(actual)) {
      return `${path}${field} must be ${allowed}, got ${show(actual)}`;
    }
  }
  return undefined;
}
