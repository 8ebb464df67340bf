import { Duration } from 'aws-cdk-lib';
import { Bucket, CfnBucket, type IBucket, type LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { getResources, newArchiver, newStack } from '../../archiver-stack';

const expiration = Duration.days(365);
const to = (storageClass: StorageClass, days: number) => ({
  transitions: [{ storageClass, transitionAfter: Duration.days(days) }],
});

function archiveTo(rule: LifecycleRule, keyPrefix?: string) {
  const stack = newStack();
  const bucket = new Bucket(stack, 'Bucket', { lifecycleRules: [{ id: 'rule', ...rule }] });
  return () => newArchiver(stack, { bucket, keyPrefix });
}

describe('a lifecycle rule of the destination bucket', () => {
  it.each<[string, LifecycleRule, string | undefined]>([
    ['for all objects', { expiration }, undefined],
    ['for all objects, of an archiver with a key prefix', { expiration }, 'logs'],
    ['with a date', { expirationDate: new Date('2030-01-01') }, undefined],
    ['for the metadata', { expiration, prefix: '_log-archiver/' }, undefined],
    ['for a part of the metadata', { expiration, prefix: 'logs/_log-archiver/receipts/' }, 'logs'],
    ['for the start of the key prefix', { expiration, prefix: 'lo' }, 'logs'],
    ['for small objects, like receipts', { expiration, objectSizeLessThan: 131_072 }, undefined],
    ['for large objects, like reports', { expiration, objectSizeGreaterThan: 131_072 }, undefined],
  ])('is rejected if it expires the metadata: %s', (_, rule, keyPrefix) => {
    const start = keyPrefix === undefined ? '' : 'logs/';
    expect(archiveTo(rule, keyPrefix)).toThrow(
      new Error(
        `lifecycle rule "rule" must not expire objects under ${start}_log-archiver/; limit it to the prefix ${start}20`,
      ),
    );
  });

  it.each([StorageClass.INFREQUENT_ACCESS, StorageClass.GLACIER])('is rejected if it moves receipts to %s', (name) => {
    expect(archiveTo(to(name, 30))).toThrow(
      new Error('lifecycle rule "rule" must not transition objects under _log-archiver/; limit it to the prefix 20'),
    );
  });

  it.each([
    [StorageClass.GLACIER, 'GLACIER'],
    [StorageClass.DEEP_ARCHIVE, 'DEEP_ARCHIVE'],
  ])('is rejected if archived objects cannot be read after a day: %s', (storageClass, name) => {
    expect(archiveTo({ prefix: 'logs/20', ...to(storageClass, 0) }, 'logs')).toThrow(
      new Error(`lifecycle rule "rule" must not move archived objects to ${name} before day 1, got day 0`),
    );
  });

  it('is rejected if a date moves every archived object at once', () => {
    const transitions = [{ storageClass: StorageClass.GLACIER, transitionDate: new Date('2026-01-01') }];
    expect(archiveTo({ prefix: '20', transitions })).toThrow(
      new Error(
        'lifecycle rule "rule" must not move archived objects to GLACIER before day 1, got 2026-01-01T00:00:00Z',
      ),
    );
  });

  it.each<[string, LifecycleRule, string | undefined]>([
    ['archived objects', { expiration, prefix: '20' }, undefined],
    ['archived objects under a key prefix', { expiration, prefix: 'logs/20' }, 'logs'],
    ['archived objects that are moved later', { prefix: '20', ...to(StorageClass.DEEP_ARCHIVE, 1) }, undefined],
    ['archived objects that stay readable', { prefix: '20', ...to(StorageClass.INTELLIGENT_TIERING, 0) }, undefined],
    ['other objects', { expiration, prefix: 'other/' }, 'logs'],
    ['objects with a tag, which archivers do not set', { expiration, tagFilters: { team: 'a' } }, undefined],
    ['nothing, because it is disabled', { expiration, enabled: false }, undefined],
    ['previous versions', { noncurrentVersionExpiration: expiration }, undefined],
    ['incomplete uploads', { abortIncompleteMultipartUploadAfter: Duration.days(7) }, undefined],
  ])('is accepted if it applies to %s', (_, rule, keyPrefix) => {
    expect(archiveTo(rule, keyPrefix)).not.toThrow();
  });

  it('is checked in a CfnBucket, too', () => {
    const stack = newStack();
    const rules = [{ status: 'Enabled', expirationInDays: 30, id: 'rule' }];
    const cfnBucket = new CfnBucket(stack, 'Bucket', { lifecycleConfiguration: { rules } });
    const bucket: IBucket = Bucket.fromCfnBucket(cfnBucket);
    expect(() => newArchiver(stack, { bucket })).toThrow(
      new Error('lifecycle rule "rule" must not expire objects under _log-archiver/; limit it to the prefix 20'),
    );
  });

  it.each([undefined, '_log-archiver/'])('is named by its position if it has no id: prefix %p', (prefix) => {
    const stack = newStack();
    const lifecycleRules: LifecycleRule[] = [
      { enabled: false, expiration },
      { prefix, expiration },
    ];
    expect(() => newArchiver(stack, { bucket: new Bucket(stack, 'Bucket', { lifecycleRules }) })).toThrow(
      new Error(
        'lifecycle rule 2 (without an id) must not expire objects under _log-archiver/; limit it to the prefix 20',
      ),
    );
  });

  it('is not known for an imported bucket', () => {
    const stack = newStack();
    newArchiver(stack, { bucket: Bucket.fromBucketName(stack, 'Bucket', 'archive') });
    expect(() => getResources(stack)).not.toThrow();
  });
});
