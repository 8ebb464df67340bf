import fc from 'fast-check';
import type { ArchiveItem } from '../../src';
import { parseReceiptName, partsPrefix, receiptKey, receiptName, receiptsPrefix } from '../../src/keys/metadata-keys';

const RUNS = { numRuns: 500 };
const FORCED_AT = '2026-11-02T03:00:01.234Z';
const LONGEST_KEY_PREFIX = 'k'.repeat(442);

/** Generates log groups and prefixes. Names are often almost equal, or about as long as the readable part of a key. */
function anyItem(): fc.Arbitrary<ArchiveItem> {
  const logGroupName = fc.oneof(
    fc.stringMatching(/^[.\-_/#A-Za-z0-9]{1,40}$/),
    fc.stringMatching(/^[.\-/a]{1,4}$/),
    fc.stringMatching(/^a{298,303}[/ab]?$/),
    fc.stringMatching(/^[.\-_/#A-Za-z0-9]{500,512}$/),
  );
  const s3Prefix = fc.stringMatching(/^[a-z]{1,3}$/);
  const period = fc.constantFrom('2026-10', '2026-10-31');
  return fc.record({ logGroupName, s3Prefix, period }) as fc.Arbitrary<ArchiveItem>;
}

function anyLocation() {
  return fc.record({
    account: fc.constantFrom('123456789012', '123456789013'),
    region: fc.constantFrom('ap-northeast-1', 'us-gov-west-1'),
    keyPrefix: fc.constantFrom('', 'logs', LONGEST_KEY_PREFIX),
    timeZone: fc.constantFrom('UTC', 'America/Argentina/ComodRivadavia'),
  });
}

const anyForce = () => fc.constantFrom(null, FORCED_AT);

it('parses the receipt name in a key of at most 1,024 bytes', () => {
  fc.assert(
    fc.property(anyLocation(), anyItem(), anyForce(), (location, item, forcedAt) => {
      const key = receiptKey(location, item, forcedAt);

      expect(key.startsWith(receiptsPrefix(location, item.period))).toBe(true);
      expect(parseReceiptName(key)).toBe(receiptName(item));
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_024);
      expect(
        Buffer.byteLength(`${partsPrefix(location, item)}${item.period}-1759244400000-1761922799999.json`),
      ).toBeLessThanOrEqual(1_024);
    }),
    RUNS,
  );
});

it('returns different keys for different log groups, prefixes and periods', () => {
  fc.assert(
    fc.property(anyLocation(), anyItem(), anyItem(), anyForce(), (location, one, other, forcedAt) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));

      expect(receiptKey(location, one, forcedAt)).not.toBe(receiptKey(location, other, forcedAt));
      expect(partsPrefix(location, one)).not.toBe(partsPrefix(location, other));
    }),
    RUNS,
  );
});

it('sorts receipts like their names, forced or not', () => {
  fc.assert(
    fc.property(
      anyLocation(),
      anyItem(),
      anyItem(),
      anyForce(),
      anyForce(),
      (location, one, other, oneForce, otherForce) => {
        fc.pre(one.period === other.period && receiptName(one) < receiptName(other));

        expect(receiptKey(location, one, oneForce) < receiptKey(location, other, otherForce)).toBe(true);
        expect(receiptsPrefix(location, one.period) + receiptName(one) < receiptKey(location, one, oneForce)).toBe(
          true,
        );
      },
    ),
    RUNS,
  );
});
