import fc from 'fast-check';
import {
  defaultS3Prefix,
  destinationPrefix,
  validateKeyPrefix,
  validateS3Prefix,
} from '../../src/keys/destination-prefix';

const RUNS = { numRuns: 500 };

/** Generates names that CloudWatch Logs allows. Most have few characters, so that segments are empty, dots or days. */
function anyLogGroupName(): fc.Arbitrary<string> {
  const tricky = fc.constantFrom(
    '/',
    '//',
    '.',
    '..',
    '31',
    '-',
    '_',
    '#',
    'a',
    '/a',
    'a'.repeat(250),
    'a'.repeat(450),
  );
  return fc.oneof(
    fc.stringMatching(/^[.\-_/#A-Za-z0-9]{1,40}$/),
    fc.stringMatching(/^[.\-_/#A-Za-z0-9]{400,512}$/),
    fc.array(tricky, { minLength: 1, maxLength: 8 }).map((parts) => parts.join('').slice(0, 512)),
  );
}

/** Generates an empty prefix, short ones, and prefixes about as long as the limit. */
function anyKeyPrefix(): fc.Arbitrary<string> {
  return fc.oneof(
    fc.constant(''),
    fc.stringMatching(/^[a-zあ]{1,9}(\/[a-zあ]{1,9}){0,3}$/),
    fc.integer({ min: 400, max: 443 }).map((length) => 'k'.repeat(length)),
    fc.tuple(fc.integer({ min: 100, max: 147 }), fc.integer({ min: 0, max: 2 })).map(([wide, narrow]) => {
      return 'あ'.repeat(wide) + 'k'.repeat(narrow);
    }),
  );
}

it('derives a valid s3Prefix from every log group name, and keys within the limit', () => {
  fc.assert(
    fc.property(anyLogGroupName(), anyKeyPrefix(), (logGroupName, keyPrefix) => {
      validateKeyPrefix(keyPrefix);
      const s3Prefix = defaultS3Prefix(logGroupName, keyPrefix);

      expect(() => validateS3Prefix(s3Prefix)).not.toThrow();
      for (const periodName of ['2026-10', '2026-10-31']) {
        const key = destinationPrefix(keyPrefix, periodName, s3Prefix);
        expect(key.endsWith(`${periodName.replaceAll('-', '/')}/${s3Prefix}`)).toBe(true);
        expect(Buffer.byteLength(key)).toBeLessThanOrEqual(464);
      }
    }),
    RUNS,
  );
});

it('derives different prefixes from different log group names', () => {
  fc.assert(
    fc.property(anyLogGroupName(), anyLogGroupName(), anyKeyPrefix(), (one, other, keyPrefix) => {
      fc.pre(one !== other);

      expect(defaultS3Prefix(one, keyPrefix)).not.toBe(defaultS3Prefix(other, keyPrefix));
    }),
    RUNS,
  );
});

it('derives different prefixes from names that are equal after cleaning', () => {
  const decorate = fc.constantFrom(
    (name: string) => name,
    (name: string) => `/${name}`,
    (name: string) => `//${name}`,
    (name: string) => `${name}/`,
    (name: string) => `/./${name}`,
    (name: string) => `/${name}/..`,
    (name: string) => name.replaceAll('/', '//'),
  );
  fc.assert(
    fc.property(
      anyLogGroupName(),
      decorate,
      decorate,
      anyKeyPrefix(),
      (name, decorateOne, decorateOther, keyPrefix) => {
        const [one, other] = [decorateOne(name), decorateOther(name)];
        fc.pre(one !== other);

        expect(defaultS3Prefix(one, keyPrefix)).not.toBe(defaultS3Prefix(other, keyPrefix));
      },
    ),
    RUNS,
  );
});
