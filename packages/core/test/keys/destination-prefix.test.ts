import {
  defaultS3Prefix,
  destinationPrefix,
  resolveS3Prefix,
  validateKeyPrefix,
  validateS3Prefix,
} from '../../src/keys/destination-prefix';
import { namedError } from '../named-error';

const NOT_EMPTY = 'must be a non-empty string';
const NO_EMPTY_SEGMENT = 'must not start or end with / or contain //';
const NO_DOTS = 'must not contain a segment . or ..';
const NO_CONTROL = 'must not contain control characters';
const NO_DAY = 'must not begin with a two-digit segment (it would look like a day)';
const NO_POLICY = 'must not contain *, ? or $ (they have another meaning in an IAM policy)';

const MALFORMED = [
  ['', NOT_EMPTY],
  ['/', NO_EMPTY_SEGMENT],
  ['/a', NO_EMPTY_SEGMENT],
  ['a/', NO_EMPTY_SEGMENT],
  ['a//b', NO_EMPTY_SEGMENT],
  ['.', NO_DOTS],
  ['..', NO_DOTS],
  ['a/./b', NO_DOTS],
  ['a/..', NO_DOTS],
  ['../a', NO_DOTS],
  ['a\nb', NO_CONTROL],
  ['a\u0000', NO_CONTROL],
  ['\u001fa', NO_CONTROL],
  ['a\u007f', NO_CONTROL],
];

describe('validateS3Prefix', () => {
  it.each(['a', 'a/b', '2026/a', '311/a', '1', 'a/31', '3a/b', '31a', '-', '_', '#', '.a', '...', 'a..b', 'ログ/東京'])(
    'accepts %p',
    (s3Prefix) => {
      expect(() => validateS3Prefix(s3Prefix)).not.toThrow();
    },
  );

  it.each([...MALFORMED, ['31', NO_DAY], ['31/a', NO_DAY], ['00/a/b', NO_DAY], ['99/2026', NO_DAY]])(
    'rejects %p: %s',
    (s3Prefix, rule) => {
      expect(() => validateS3Prefix(s3Prefix)).toThrow(
        namedError('InvalidArchiveRequest', `s3Prefix ${rule}, got ${JSON.stringify(s3Prefix)}`),
      );
    },
  );

  it.each([
    [undefined, 'undefined'],
    [7, '7'],
    [['a'], '["a"]'],
  ])('rejects %p, which is not a string', (s3Prefix, got) => {
    expect(() => validateS3Prefix(s3Prefix as unknown as string)).toThrow(
      namedError('InvalidArchiveRequest', `s3Prefix ${NOT_EMPTY}, got ${got}`),
    );
  });
});

describe('validateKeyPrefix', () => {
  it.each(['', 'a', 'logs/prod', '31', '31/a', '2026', 'ログ', '.a', 'a b'])('accepts %p', (keyPrefix) => {
    expect(() => validateKeyPrefix(keyPrefix)).not.toThrow();
  });

  it.each([
    ...MALFORMED.slice(1),
    ['*', NO_POLICY],
    ['a/*/b', NO_POLICY],
    ['a?', NO_POLICY],
    ['${aws:SourceAccount}', NO_POLICY],
    ['a$', NO_POLICY],
  ])('rejects %p: %s', (keyPrefix, rule) => {
    expect(() => validateKeyPrefix(keyPrefix)).toThrow(
      namedError('InvalidArchiveRequest', `keyPrefix ${rule}, got ${JSON.stringify(keyPrefix)}`),
    );
  });

  it.each([
    ['443 bytes', 'k'.repeat(443)],
    ['443 bytes of 149 characters', `${'あ'.repeat(147)}kk`],
  ])('accepts %s', (_, keyPrefix) => {
    expect(Buffer.byteLength(keyPrefix)).toBe(443);
    expect(() => validateKeyPrefix(keyPrefix)).not.toThrow();
  });

  it.each([
    ['444 bytes', 'k'.repeat(444)],
    ['444 bytes of 148 characters', 'あ'.repeat(148)],
  ])('rejects %s', (_, keyPrefix) => {
    expect(Buffer.byteLength(keyPrefix)).toBe(444);
    expect(() => validateKeyPrefix(keyPrefix)).toThrow(
      namedError('InvalidArchiveRequest', `keyPrefix must be at most 443 bytes long, got "${keyPrefix}"`),
    );
  });
});

describe('destinationPrefix', () => {
  it.each([
    ['', '2026-10', 'app/web', '2026/10/app/web'],
    ['', '2026-10-31', 'app/web', '2026/10/31/app/web'],
    ['logs/prod', '2026-10', 'app/web', 'logs/prod/2026/10/app/web'],
    ['logs/prod', '2026-10-31', 'app/web', 'logs/prod/2026/10/31/app/web'],
    ['my-logs', '2026-10', 'my-app', 'my-logs/2026/10/my-app'],
  ])('joins the key prefix "%s", %s and %s to %s', (keyPrefix, periodName, s3Prefix, key) => {
    expect(destinationPrefix(keyPrefix, periodName, s3Prefix)).toBe(key);
  });

  it.each([
    ['a month', '', '2026-10', 'p'.repeat(456)],
    ['a day', '', '2026-10-31', 'p'.repeat(453)],
    ['a month below a key prefix', 'k'.repeat(100), '2026-10', 'p'.repeat(355)],
    ['characters of three bytes', '', '2026-10', 'あ'.repeat(152)],
    ['a key prefix of characters of three bytes', 'あ'.repeat(50), '2026-10', 'p'.repeat(305)],
  ])('accepts a key of 464 bytes and rejects a longer one: %s', (_, keyPrefix, periodName, s3Prefix) => {
    const key = destinationPrefix(keyPrefix, periodName, s3Prefix);

    expect(Buffer.byteLength(key)).toBe(464);
    expect(() => destinationPrefix(keyPrefix, periodName, `${s3Prefix}x`)).toThrow(
      namedError('InvalidArchiveRequest', 's3Prefix makes a key of 465 bytes; the limit is 464'),
    );
  });

  it('rejects an invalid keyPrefix', () => {
    expect(() => destinationPrefix('/logs', '2026-10', 'app')).toThrow(
      namedError('InvalidArchiveRequest', `keyPrefix ${NO_EMPTY_SEGMENT}, got "/logs"`),
    );
  });

  it('rejects an invalid s3Prefix', () => {
    expect(() => destinationPrefix('logs', '2026-10', '31/app')).toThrow(
      namedError('InvalidArchiveRequest', `s3Prefix ${NO_DAY}, got "31/app"`),
    );
  });
});

describe('resolveS3Prefix', () => {
  it('returns the explicit prefix', () => {
    expect(resolveS3Prefix({ logGroupName: '/app/web', s3Prefix: 'web' }, 'logs')).toBe('web');
  });

  it('returns the default when the prefix is null', () => {
    expect(resolveS3Prefix({ logGroupName: '/app/web', s3Prefix: null }, 'logs')).toBe('app/web');
  });

  it('returns an empty prefix unchanged, because destinationPrefix rejects it', () => {
    expect(resolveS3Prefix({ logGroupName: '/app/web', s3Prefix: '' }, '')).toBe('');
  });
});

describe('defaultS3Prefix', () => {
  it.each([
    ['/app/web', 'app/web'],
    ['/aws/lambda/Web_1.2-x#y', 'aws/lambda/Web_1.2-x#y'],
    ['/a', 'a'],
    ['/a/31', 'a/31'],
    ['/2026/x', '2026/x'],
    ['/311/x', '311/x'],
    ['/...', '...'],
  ])('returns for %s the name without its leading /: %s', (logGroupName, s3Prefix) => {
    expect(defaultS3Prefix(logGroupName, '')).toBe(s3Prefix);
  });

  it.each([
    ['a/b', 'a/b-c14cddc0'],
    ['a', 'a-ca978112'],
    ['API-Gateway-Execution-Logs_abc/prod', 'API-Gateway-Execution-Logs_abc/prod-4f3a4cff'],
    ['/a//b', 'a/b-13c7a6ee'],
    ['/a/./b', 'a/b-39d2ebc8'],
    ['/a/', 'a-8290412f'],
    ['/31', '_31-061b44d7'],
    ['/31/x', '_31/x-1729dd9f'],
    ['31/x', '_31/x-ec60a783'],
    ['/', '-8a5edab2'],
    ['//', '-a2c23396'],
    ['.', '-cdb4ee2a'],
    ['/.', '-a5e260e5'],
    ['/..', '-3a6aebc0'],
  ])('cleans %s and appends a hash of the whole name: %s', (logGroupName, s3Prefix) => {
    expect(defaultS3Prefix(logGroupName, '')).toBe(s3Prefix);
  });

  it('differs for a name with and without a leading /', () => {
    expect(defaultS3Prefix('/a/b', '')).toBe('a/b');
    expect(defaultS3Prefix('a/b', '')).toBe('a/b-c14cddc0');
  });

  it.each([
    ['453 characters, which just fit the key of a day,', `/${'b'.repeat(453)}`, '', 'b'.repeat(453)],
    ['454 characters', `/${'b'.repeat(454)}`, '', `${'b'.repeat(444)}-5c0addb4`],
    ['512 characters', `/${'a'.repeat(511)}`, '', `${'a'.repeat(444)}-0cea7138`],
    ['512 others', `/${'a'.repeat(510)}b`, '', `${'a'.repeat(444)}-fa76f065`],
    ['9 characters below the longest key prefix', '/abcdefghi', 'k'.repeat(443), 'abcdefghi'],
    ['10 characters below the longest key prefix', '/abcdefghij', 'k'.repeat(443), '-27560c2b'],
    ['11 characters below 441 bytes of key prefix', '/abcdefghijk', 'あ'.repeat(147), 'abcdefghijk'],
    ['12 characters below 441 bytes of key prefix', '/abcdefghijkl', 'あ'.repeat(147), 'ab-adfa7554'],
  ])('cuts to fit %s', (_, logGroupName, keyPrefix, s3Prefix) => {
    expect(defaultS3Prefix(logGroupName, keyPrefix)).toBe(s3Prefix);
  });
});
