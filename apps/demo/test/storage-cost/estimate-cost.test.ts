import {
  countObjects,
  estimateCost,
  estimatePacking,
  findBreakEven,
  getTotal,
  MIN_TRANSITION_BYTES,
} from '../../src/storage-cost/estimate-cost';
import { GIB, KIB, type StorageClass, TOKYO, VIRGINIA } from '../../src/storage-cost/prices';

const ONE_GIB = [{ bytes: GIB, count: 1 }];
/** A GiB in objects of 64 KiB. */
const SMALL = [{ bytes: 64 * KIB, count: 16_384 }];
const INSTANT = 'Glacier Instant Retrieval';
const DEEP = 'Glacier Deep Archive';

describe('the number of objects', () => {
  it('has those under 128 KB, but not those of 128 KB', () => {
    const sizes = [
      { bytes: MIN_TRANSITION_BYTES - 1, count: 2 },
      { bytes: MIN_TRANSITION_BYTES, count: 3 },
    ];
    const smallBytes = 2 * MIN_TRANSITION_BYTES - 2;
    expect(countObjects(sizes)).toEqual({
      ...{ objects: 5, bytes: smallBytes + 3 * MIN_TRANSITION_BYTES },
      ...{ smallObjects: 2, smallBytes },
    });
  });
});

describe('the cost', () => {
  it.each<[string, StorageClass | null, number, number]>([
    ['S3 Standard for 84 months', null, 84, 84 * 0.023],
    ['S3 Standard for one month', INSTANT, 1, 0.023],
    ['a transition and 83 months in Instant Retrieval', INSTANT, 84, 0.023 + 0.02 / 1_000 + 83 * 0.004],
    [
      'a transition and 83 months in Flexible Retrieval, with metadata',
      'Glacier Flexible Retrieval',
      84,
      0.023 + 0.03 / 1_000 + 83 * 0.0036 + (83 * (32 * KIB * 0.0036 + 8 * KIB * 0.023)) / GIB,
    ],
    [
      'a transition and 83 months in Deep Archive, with metadata',
      DEEP,
      84,
      0.023 + 0.05 / 1_000 + 83 * 0.00099 + (83 * (32 * KIB * 0.00099 + 8 * KIB * 0.023)) / GIB,
    ],
  ])('of 1 GiB in one object is %s', (_, storageClass, months, expected) => {
    const cost = estimateCost(ONE_GIB, months, VIRGINIA, storageClass);
    expect(cost.large).toBeCloseTo(expected, 12);
    expect([cost.puts, cost.small]).toEqual([0.005 / 1_000, 0]);
  });

  it('of objects under 128 KB is S3 Standard, whatever the storage class', () => {
    for (const storageClass of [null, INSTANT, DEEP] as const) {
      const cost = estimateCost(SMALL, 84, TOKYO, storageClass);
      expect(cost.small).toBeCloseTo(84 * 0.025, 12);
      expect([cost.puts, cost.large]).toEqual([16.384 * 0.0047, 0]);
    }
  });
});

describe('the size from which a transition pays', () => {
  it.each([
    // Billed as 128 KiB.
    [INSTANT, ((0.02 / 1_000 / 83) * GIB + 128 * KIB * 0.004) / 0.023],
    [DEEP, ((0.05 / 1_000 / 83) * GIB + 32 * KIB * 0.00099 + 8 * KIB * 0.023) / (0.023 - 0.00099)],
  ] as const)('to %s is the size at which both cost the same', (storageClass, expected) => {
    expect(Math.abs(findBreakEven(84, VIRGINIA, storageClass) - expected)).toBeLessThan(1);
  });
});

describe('packing small objects', () => {
  const reading = 16.384 * 0.00037;

  it('saves S3 Standard after the first month and the 90 days of deleted versions', () => {
    const saved = estimatePacking(SMALL, 84, TOKYO, INSTANT, false);
    expect(saved).toBeCloseTo(80 * 0.025 - reading - 83 * 0.005, 12);
  });

  it('costs a second copy if Object Lock keeps the objects', () => {
    expect(estimatePacking(SMALL, 84, TOKYO, INSTANT, true)).toBeCloseTo(-reading - 83 * 0.005, 12);
  });

  it('changes nothing for large objects', () => {
    expect(estimatePacking(ONE_GIB, 84, TOKYO, INSTANT, false)).toBe(0);
    expect(getTotal(estimateCost(ONE_GIB, 84, TOKYO, INSTANT))).toBeGreaterThan(0);
  });
});
