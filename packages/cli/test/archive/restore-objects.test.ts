import { describeArchived } from '../../src/archive/restore-objects';

test.each([
  [
    'GLACIER',
    1,
    500,
    '1 object (500 bytes) of storage class GLACIER; restoring takes 3 to 5 hours and costs less than $0.01 at prices of us-east-1',
  ],
  // 100 GiB for $1.00, 200,000 requests for $10.00, and copies for three days for $0.23.
  [
    'GLACIER',
    200_000,
    100 * 1_024 ** 3,
    '200000 objects (107.4 GB) of storage class GLACIER; restoring takes 3 to 5 hours and costs about $11.23 at prices of us-east-1',
  ],
  [
    'DEEP_ARCHIVE',
    1_000,
    12e6,
    '1000 objects (12.0 MB) of storage class DEEP_ARCHIVE; restoring takes up to 12 hours and costs about $0.10 at prices of us-east-1',
  ],
])('describes objects of storage class %s and the cost', (storageClass, objects, bytes, expected) => {
  expect(describeArchived(new Map([[storageClass, { objects, bytes }]]))).toBe(expected);
});
