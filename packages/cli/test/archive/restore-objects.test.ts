import { describeArchived } from '../../src/archive/restore-objects';

test.each([
  [
    'GLACIER',
    1,
    500,
    '1 object (500 bytes) of storage class GLACIER; restoring takes 3 to 5 hours and costs less than $0.01',
  ],
  // 100 GB for $1.00, 200,000 requests for $10.00, and copies for three days for $0.23.
  [
    'GLACIER',
    200_000,
    100e9,
    '200000 objects (100.0 GB) of storage class GLACIER; restoring takes 3 to 5 hours and costs about $11.23',
  ],
  [
    'DEEP_ARCHIVE',
    1_000,
    12e6,
    '1000 objects (12.0 MB) of storage class DEEP_ARCHIVE; restoring takes up to 12 hours and costs about $0.10',
  ],
])('describes objects of storage class %s and the cost', (storageClass, objects, bytes, expected) => {
  expect(describeArchived(new Map([[storageClass, { objects, bytes }]]))).toBe(expected);
});
