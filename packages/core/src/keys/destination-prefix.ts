import { createHash } from 'node:crypto';
import type { LogGroupTarget } from '../contract';
import { InvalidArchiveRequest, show } from '../errors';
import { MAX_DESTINATION_PREFIX_BYTES } from '../limits';

const LONGEST_DATE = '2026/10/31';
/** Leaves room for an `s3Prefix` that is only a hash. */
const MAX_KEY_PREFIX_BYTES = MAX_DESTINATION_PREFIX_BYTES - '/2026/10/31/-01234567'.length;

/** Returns the prefix of the objects of a log group and period: `[<keyPrefix>/]YYYY/MM[/DD]/<s3Prefix>`. */
export function destinationPrefix(keyPrefix: string, periodName: string, s3Prefix: string): string {
  validateKeyPrefix(keyPrefix);
  validateS3Prefix(s3Prefix);
  const key = join(keyPrefix, periodName.replaceAll('-', '/'), s3Prefix);
  const bytes = Buffer.byteLength(key);
  if (bytes > MAX_DESTINATION_PREFIX_BYTES) {
    throw new InvalidArchiveRequest(
      `s3Prefix makes a key of ${bytes} bytes; the limit is ${MAX_DESTINATION_PREFIX_BYTES}`,
    );
  }
  return key;
}

/** Returns the target's own `s3Prefix`, or the default for its name. */
export function resolveS3Prefix(target: LogGroupTarget, keyPrefix: string): string {
  return target.s3Prefix ?? defaultS3Prefix(target.logGroupName, keyPrefix);
}

/**
 * Returns the `s3Prefix` for a log group's name: the name without its leading `/`.
 *
 * A name that is not a valid key, or does not start with `/`, is cleaned and cut to fit. A hash of the whole name keeps it
 * unique, so that `a/b` differs from `/a/b`.
 */
export function defaultS3Prefix(logGroupName: string, keyPrefix: string): string {
  const room = MAX_DESTINATION_PREFIX_BYTES - Buffer.byteLength(join(keyPrefix, LONGEST_DATE, ''));
  const name = logGroupName.slice(1);
  if (
    logGroupName.startsWith('/') &&
    findPrefixError(name) === undefined &&
    !startsLikeADay(name) &&
    Buffer.byteLength(name) <= room
  ) {
    return name;
  }
  const hash = `-${createHash('sha256').update(logGroupName).digest('hex').slice(0, 8)}`;
  const segments = logGroupName.split('/').filter((segment) => !['', '.', '..'].includes(segment));
  const cleaned = segments.join('/');
  return `${startsLikeADay(cleaned) ? '_' : ''}${cleaned}`.slice(0, room - hash.length) + hash;
}

/** Throws unless `keyPrefix` is a valid start of a key. An empty one means no prefix. */
export function validateKeyPrefix(keyPrefix: string): void {
  const error = keyPrefix === '' ? undefined : (findPrefixError(keyPrefix) ?? findPolicyError(keyPrefix));
  if (error !== undefined) {
    throw new InvalidArchiveRequest(`keyPrefix ${error}, got ${show(keyPrefix)}`);
  }
}

/** Throws unless `s3Prefix` can follow the date in a key. */
export function validateS3Prefix(s3Prefix: string): void {
  const error =
    findPrefixError(s3Prefix) ??
    (startsLikeADay(s3Prefix) ? 'must not begin with a two-digit segment (it would look like a day)' : undefined);
  if (error !== undefined) {
    throw new InvalidArchiveRequest(`s3Prefix ${error}, got ${show(s3Prefix)}`);
  }
}

function findPrefixError(prefix: unknown): string | undefined {
  if (typeof prefix !== 'string' || prefix === '') {
    return 'must be a non-empty string';
  }
  const segments = prefix.split('/');
  if (segments.includes('')) {
    return 'must not start or end with / or contain //';
  }
  if (segments.includes('.') || segments.includes('..')) {
    return 'must not contain a segment . or ..';
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the check is for control characters
  return /[\u0000-\u001f\u007f]/.test(prefix) ? 'must not contain control characters' : undefined;
}

function findPolicyError(keyPrefix: string): string | undefined {
  if (/[*?$]/.test(keyPrefix)) {
    return 'must not contain *, ? or $ (they have another meaning in an IAM policy)';
  }
  return Buffer.byteLength(keyPrefix) > MAX_KEY_PREFIX_BYTES
    ? `must be at most ${MAX_KEY_PREFIX_BYTES} bytes long`
    : undefined;
}

function startsLikeADay(prefix: string): boolean {
  return /^\d\d(\/|$)/.test(prefix);
}

function join(keyPrefix: string, ...rest: string[]): string {
  return (keyPrefix === '' ? rest : [keyPrefix, ...rest]).join('/');
}
