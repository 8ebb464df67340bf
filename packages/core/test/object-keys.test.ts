import {
  defaultS3Prefix,
  destinationPrefix,
  resolveS3Prefix,
  validateKeyPrefix,
  validateS3Prefix,
} from '../src/object-keys';
import { namedError } from './named-error';

const AT_LEAST_ONE = 'a text of at least one character';
const NO_EMPTY_SEGMENT = 'without a / at its start or end and without //';
const NO_DOTS = 'without a segment that is . or ..';
const NO_CONTROL = 'without control characters';
const NO_DAY = 'without a first segment of two digits, which would read as a day';
const NO_POLICY = 'without *, ? and $, which mean something else in an IAM policy';

const MALFORMED = [
  ['', AT_LEAST_ONE],
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
    'takes %p',
    (s3Prefix) => {
      expect(() => validateS3Prefix(s3Prefix)).not.toThrow();
    },
  );

  it.each([...MALFORMED, ['31', NO_DAY], ['31/a', NO_DAY], ['00/a/b', NO_DAY], ['99/2026', NO_DAY]])(
    'refuses %p: it must be %s',
    (s3Prefix, allowed) => {
      expect(() => validateS3Prefix(s3Prefix)).toThrow(
        namedError('InvalidArchiveRequest', `s3Prefix must be ${allowed}, got ${JSON.stringify(s3Prefix)}`),
      );
    },
  );

  it.each([
    [undefined, 'nothing'],
    [7, '7'],
    [['a'], '["a"]'],
  ])('refuses %p, which is no text', (s3Prefix, got) => {
    expect(() => validateS3Prefix(s3Prefix as unknown as string)).toThrow(
      namedError('InvalidArchiveRequest', `s3Prefix must be ${AT_LEAST_ONE}, got ${got}`),
    );
  });
});

describe('validateKeyPrefix', () => {
  it.each(['', 'a', 'logs/prod', '31', '31/a', '2026', 'ログ', '.a', 'a b'])('takes %p', (keyPrefix) => {
    expect(() => validateKeyPrefix(keyPrefix)).not.toThrow();
  });

  it.each([
    ...MALFORMED.slice(1),
    ['*', NO_POLICY],
    ['a/*/b', NO_POLICY],
    ['a?', NO_POLICY],
    ['${aws:SourceAccount}', NO_POLICY],
    ['a$', NO_POLICY],
  ])('refuses %p: it must be %s', (keyPrefix, allowed) => {
    expect(() => validateKeyPrefix(keyPrefix)).toThrow(
      namedError('InvalidArchiveRequest', `keyPrefix must be ${allowed}, got ${JSON.stringify(keyPrefix)}`),
    );
  });

  it.each([
    ['443 bytes', 'k'.repeat(443)],
    ['443 bytes of 149 characters', `${'あ'.repeat(147)}kk`],
  ])('takes %s', (_, keyPrefix) => {
    expect(Buffer.byteLength(keyPrefix)).toBe(443);
    expect(() => validateKeyPrefix(keyPrefix)).not.toThrow();
  });

  it.each([
    ['444 bytes', 'k'.repeat(444)],
    ['444 bytes of 148 characters', 'あ'.repeat(148)],
  ])('refuses %s', (_, keyPrefix) => {
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
  ])('of the key prefix "%s", %s and %s is %s', (keyPrefix, periodName, s3Prefix, key) => {
    expect(destinationPrefix(keyPrefix, periodName, s3Prefix)).toBe(key);
  });

  it.each([
    ['a month', '', '2026-10', 'p'.repeat(456)],
    ['a day', '', '2026-10-31', 'p'.repeat(453)],
    ['a month below a key prefix', 'k'.repeat(100), '2026-10', 'p'.repeat(355)],
    ['characters of three bytes', '', '2026-10', 'あ'.repeat(152)],
    ['a key prefix of characters of three bytes', 'あ'.repeat(50), '2026-10', 'p'.repeat(305)],
  ])('takes a key of 464 bytes and no longer one: %s', (_, keyPrefix, periodName, s3Prefix) => {
    const key = destinationPrefix(keyPrefix, periodName, s3Prefix);

    expect(Buffer.byteLength(key)).toBe(464);
    expect(() => destinationPrefix(keyPrefix, periodName, `${s3Prefix}x`)).toThrow(
      namedError(
        'InvalidArchiveRequest',
        `s3Prefix must be short enough for a key of 464 bytes, of which "${key}x" has 465, got "${s3Prefix}x"`,
      ),
    );
  });

  it('refuses a bad key prefix', () => {
    expect(() => destinationPrefix('/logs', '2026-10', 'app')).toThrow(
      namedError('InvalidArchiveRequest', `keyPrefix must be ${NO_EMPTY_SEGMENT}, got "/logs"`),
    );
  });

  it('refuses a bad s3Prefix', () => {
    expect(() => destinationPrefix('logs', '2026-10', '31/app')).toThrow(
      namedError('InvalidArchiveRequest', `s3Prefix must be ${NO_DAY}, got "31/app"`),
    );
  });
});

describe('resolveS3Prefix', () => {
  it('is the explicit prefix', () => {
    expect(resolveS3Prefix({ logGroupName: '/app/web', s3Prefix: 'web' }, 'logs')).toBe('web');
  });

  it('is the one that the name makes when there is none', () => {
    expect(resolveS3Prefix({ logGroupName: '/app/web', s3Prefix: null }, 'logs')).toBe('app/web');
  });

  it('makes no default of an empty text, which destinationPrefix refuses', () => {
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
  ])('of %s is the name without its leading /: %s', (logGroupName, s3Prefix) => {
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
  ])('of %s is cleaned and told apart by a hash of the whole name: %s', (logGroupName, s3Prefix) => {
    expect(defaultS3Prefix(logGroupName, '')).toBe(s3Prefix);
  });

  it('of a name is not that of the same name with a leading /', () => {
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
  ])('of %s is cut to fit', (_, logGroupName, keyPrefix, s3Prefix) => {
    expect(defaultS3Prefix(logGroupName, keyPrefix)).toBe(s3Prefix);
  });
});
