import { readdirSync } from 'node:fs';
import { BucketFiles } from '../src';
import { temporaryFolder } from './temporary-folder';

describe('the objects of a bucket', () => {
  it.each(['a/b', '../../a', 'a/./b', `${'é'.repeat(512)}/${'%'.repeat(512)}`, 'a%/b%2E%25'])(
    'are found by their keys, such as %s, and stay in its folder',
    (key) => {
      const directory = temporaryFolder();
      const files = new BucketFiles(directory);
      files.createBucket('archive');
      files.putObject('archive', key, 'body');
      expect(files.listObjects('archive')).toEqual([key]);
      expect(files.getObject('archive', key).toString()).toBe('body');
      expect(readdirSync(directory)).toEqual(['archive']);
    },
  );

  it.each(['..', '.', 'archive/..', ''])('are in no bucket of the name %j', (bucketName) => {
    const files = new BucketFiles(temporaryFolder());
    files.createBucket('archive');
    expect(files.hasBucket(bucketName)).toBe(false);
  });
});
