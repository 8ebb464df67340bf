import { createHash } from 'node:crypto';
import type { LogGroupTarget } from './contract';
import { InvalidArchiveRequest } from './errors';

/**
 * The longest key that is left room below: S3 allows 1,024 bytes, and AWS adds `/<taskId>/<log stream>/000000.gz`
 * (1 + 36 + 1 + up to 512 + 10).
 */
const MAX_KEY_BYTES = 464;
const LONGEST_DATE = '2026/10/31';
/** Leaves room for a prefix that is nothing but a hash. */
const MAX_KEY_PREFIX_BYTES = MAX_KEY_BYTES - '/2026/10/31/-01234567'.length;

/** Where the objects of a log group and a period go: `[<keyPrefix>/]YYYY/MM[/DD]/<s3Prefix>`. */
export function destinationPrefix(keyPrefix: string, periodName: string, s3Prefix: string): string {
  validateKeyPrefix(keyPrefix);
  validateS3Prefix(s3Prefix);
  const key = join(keyPrefix, periodName.replaceAll('-', '/'), s3Prefix);
  if (bytes(key) > MAX_KEY_BYTES) {
    throw new InvalidArchiveRequest(
      's3Prefix',
      s3Prefix,
      `short enough for a key of ${MAX_KEY_BYTES} bytes, of which "${key}" has ${bytes(key)}`,
    );
  }
  return key;
}

/** The target's own prefix, or the one that its name makes. */
export function s3PrefixOf(target: LogGroupTarget, keyPrefix: string): string {
  return target.s3Prefix ?? defaultS3Prefix(target.logGroupName, keyPrefix);
}

/**
 * The prefix that the name of a log group makes: the name without its leading `/`, as almost all names are. Any other
 * name is cleaned, cut to fit and told apart by a hash of the whole name, so that `a/b` is not `/a/b`.
 */
export function defaultS3Prefix(logGroupName: string, keyPrefix: string): string {
  const room = MAX_KEY_BYTES - bytes(join(keyPrefix, LONGEST_DATE, ''));
  const name = logGroupName.slice(1);
  if (
    logGroupName.startsWith('/') &&
    whatIsWrongWith(name) === undefined &&
    !startsLikeADay(name) &&
    bytes(name) <= room
  ) {
    return name;
  }
  const hash = `-${createHash('sha256').update(logGroupName).digest('hex').slice(0, 8)}`;
  const segments = logGroupName.split('/').filter((segment) => !['', '.', '..'].includes(segment));
  const cleaned = segments.join('/');
  return `${startsLikeADay(cleaned) ? '_' : ''}${cleaned}`.slice(0, room - hash.length) + hash;
}

/** Throws unless `keyPrefix` can stand in front of every key. Empty: there is none. */
export function validateKeyPrefix(keyPrefix: string): void {
  const wrong = keyPrefix === '' ? undefined : (whatIsWrongWith(keyPrefix) ?? whatIsWrongInAPolicy(keyPrefix));
  if (wrong !== undefined) {
    throw new InvalidArchiveRequest('keyPrefix', keyPrefix, wrong);
  }
}

/** Throws unless `s3Prefix` can follow the date in a key. */
export function validateS3Prefix(s3Prefix: string): void {
  const wrong =
    whatIsWrongWith(s3Prefix) ??
    (startsLikeADay(s3Prefix) ? 'without a first segment of two digits, which would read as a day' : undefined);
  if (wrong !== undefined) {
    throw new InvalidArchiveRequest('s3Prefix', s3Prefix, wrong);
  }
}

function whatIsWrongWith(prefix: unknown): string | undefined {
  if (typeof prefix !== 'string' || prefix === '') {
    return 'a text of at least one character';
  }
  const segments = prefix.split('/');
  if (segments.includes('')) {
    return 'without a / at its start or end and without //';
  }
  if (segments.includes('.') || segments.includes('..')) {
    return 'without a segment that is . or ..';
  }
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return /[\u0000-\u001f\u007f]/.test(prefix) ? 'without control characters' : undefined;
}

function whatIsWrongInAPolicy(keyPrefix: string): string | undefined {
  if (/[*?$]/.test(keyPrefix)) {
    return 'without *, ? and $, which mean something else in an IAM policy';
  }
  return bytes(keyPrefix) > MAX_KEY_PREFIX_BYTES ? `at most ${MAX_KEY_PREFIX_BYTES} bytes long` : undefined;
}

function startsLikeADay(prefix: string): boolean {
  return /^\d\d(\/|$)/.test(prefix);
}

function join(keyPrefix: string, ...rest: string[]): string {
  return (keyPrefix === '' ? rest : [keyPrefix, ...rest]).join('/');
}

function bytes(text: string): number {
  return Buffer.byteLength(text);
}
