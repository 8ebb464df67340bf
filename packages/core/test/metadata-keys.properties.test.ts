import fc from 'fast-check';
import type { ArchiveItem } from '../src';
import { parseReceiptName, partsPrefix, receiptKey, receiptName, receiptsPrefix } from '../src/metadata-keys';

const RUNS = { numRuns: 500 };
const FORCED_AT = '2026-11-02T03:00:01.234Z';
const LONGEST_KEY_PREFIX = 'k'.repeat(442);

/** Log groups and where their objects go; names that are often almost the same, or about as long as stays readable. */
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

function anyPlace() {
  return fc.record({
    account: fc.constantFrom('123456789012', '123456789013'),
    region: fc.constantFrom('ap-northeast-1', 'us-gov-west-1'),
    keyPrefix: fc.constantFrom('', 'logs', LONGEST_KEY_PREFIX),
    timeZone: fc.constantFrom('UTC', 'America/Argentina/ComodRivadavia'),
  });
}

const anyForce = () => fc.constantFrom(null, FORCED_AT);

it('the name of a receipt is found in its key, which S3 takes', () => {
  fc.assert(
    fc.property(anyPlace(), anyItem(), anyForce(), (place, item, forcedAt) => {
      const key = receiptKey(place, item, forcedAt);

      expect(key.startsWith(receiptsPrefix(place, item.period))).toBe(true);
      expect(parseReceiptName(key)).toBe(receiptName(item));
      expect(Buffer.byteLength(key)).toBeLessThanOrEqual(1_024);
      expect(
        Buffer.byteLength(`${partsPrefix(place, item)}${item.period}-1759244400000-1761922799999.json`),
      ).toBeLessThanOrEqual(1_024);
    }),
    RUNS,
  );
});

it('different log groups, prefixes and periods have different receipts', () => {
  fc.assert(
    fc.property(anyPlace(), anyItem(), anyItem(), anyForce(), (place, one, other, forcedAt) => {
      fc.pre(JSON.stringify(one) !== JSON.stringify(other));

      expect(receiptKey(place, one, forcedAt)).not.toBe(receiptKey(place, other, forcedAt));
      expect(partsPrefix(place, one)).not.toBe(partsPrefix(place, other));
    }),
    RUNS,
  );
});

it('receipts are in the order of their names, forced or not, and after the name itself', () => {
  fc.assert(
    fc.property(anyPlace(), anyItem(), anyItem(), anyForce(), anyForce(), (place, one, other, oneForce, otherForce) => {
      fc.pre(one.period === other.period && receiptName(one) < receiptName(other));

      expect(receiptKey(place, one, oneForce) < receiptKey(place, other, otherForce)).toBe(true);
      expect(receiptsPrefix(place, one.period) + receiptName(one) < receiptKey(place, one, oneForce)).toBe(true);
    }),
    RUNS,
  );
});
