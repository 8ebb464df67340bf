import { S3Client } from '@aws-sdk/client-s3';
import { LocalAws, refuses } from '@log-archiver/local-aws';
import { ArchiveBucket } from '../src/archive-bucket';

function createBucket(...keys: string[]) {
  const aws = new LocalAws({ now: '2026-11-08T06:00:00Z' });
  aws.buckets.createBucket('archive');
  for (const key of keys) {
    aws.buckets.putObject('archive', key, key);
  }
  const s3 = new S3Client(aws.clientConfig);
  return { aws, bucket: new ArchiveBucket({ s3, wait: async () => undefined }, 'archive') };
}

describe('find', () => {
  it('reads an object, and returns undefined for a missing one', async () => {
    const { bucket } = createBucket('a.json');
    expect(await bucket.find('a.json')).toBe('a.json');
    expect(await bucket.find('b.json')).toBeUndefined();
  });

  const denied = refuses('AccessDenied', 'Access Denied', 403);

  it('returns undefined for a missing object if S3 answers 403, and the key can be listed', async () => {
    const { aws, bucket } = createBucket('a.json.sig');
    aws.faults.injectNext('GetObject', denied);
    expect(await bucket.find('a.json')).toBeUndefined();
  });

  it('throws AccessDenied for an object that exists', async () => {
    const { aws, bucket } = createBucket('a.json');
    aws.faults.injectNext('GetObject', denied);
    await expect(bucket.find('a.json')).rejects.toMatchObject({ name: 'AccessDenied' });
  });

  it('throws AccessDenied of the read if the key cannot be listed', async () => {
    const { aws, bucket } = createBucket();
    aws.faults.injectNext('GetObject', denied);
    aws.faults.injectNext('ListObjectsV2', refuses('AccessDenied', 'No listing', 403));
    await expect(bucket.find('a.json')).rejects.toThrow('Access Denied');
  });
});
