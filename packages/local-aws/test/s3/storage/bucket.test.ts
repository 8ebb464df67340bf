import { Bucket } from '../../../src/s3/storage/bucket';
import { SortedKeys } from '../../../src/s3/storage/sorted-keys';

describe('a bucket', () => {
  it('visits only the keys that it lists', () => {
    const bucket = new Bucket();
    const body = Buffer.alloc(0);
    for (let index = 0; index < 10_000; index += 1) {
      bucket.put(`p/${index % 317}/${index}`, body, 0);
    }
    bucket.put('q/1', body, 0);
    const looks = jest.spyOn(SortedKeys.prototype, 'at');
    expect(bucket.list({ prefix: 'q/' }).objects).toHaveLength(1);
    expect(bucket.list({ delimiter: '/' }).commonPrefixes).toEqual(['p/', 'q/']);
    expect(bucket.list({ prefix: 'p/', delimiter: '/' }).commonPrefixes).toHaveLength(317);
    expect(bucket.list({ prefix: 'p/', limit: 1_000 }).objects).toHaveLength(1_000);
    expect(looks).toHaveBeenCalledTimes(2 + 3 + 318 + 1_001);
    looks.mockRestore();
  });
});
