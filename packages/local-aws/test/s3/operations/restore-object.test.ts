import {
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  RestoreObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { LocalAws } from '../../../src';

async function withArchivedObject() {
  const aws = new LocalAws({ now: '2026-10-01T00:00:00.000Z' });
  aws.buckets.createBucket('archive');
  const client = new S3Client(aws.clientConfig);
  const object = { Bucket: 'archive', Key: 'a' };
  await client.send(new PutObjectCommand({ ...object, Body: 'text', StorageClass: 'GLACIER' }));
  const list = async () => {
    const input = { Bucket: 'archive', OptionalObjectAttributes: ['RestoreStatus' as const] };
    const { Contents: [listed] = [] } = await client.send(new ListObjectsV2Command(input));
    return { StorageClass: listed?.StorageClass, RestoreStatus: listed?.RestoreStatus };
  };
  const get = async () => (await client.send(new GetObjectCommand(object))).Body?.transformToString();
  const restore = () => client.send(new RestoreObjectCommand({ ...object, RestoreRequest: { Days: 2 } }));
  return { aws, client, list, get, restore };
}

describe('RestoreObject', () => {
  it('makes an object readable after some hours, for some days', async () => {
    const { aws, list, get, restore } = await withArchivedObject();
    await expect(get()).rejects.toMatchObject({ name: 'InvalidObjectState', StorageClass: 'GLACIER' });
    expect(await list()).toEqual({ StorageClass: 'GLACIER', RestoreStatus: undefined });
    await restore();
    await expect(get()).rejects.toMatchObject({ name: 'InvalidObjectState' });
    await expect(restore()).rejects.toMatchObject({ name: 'RestoreAlreadyInProgress' });
    expect(await list()).toMatchObject({ RestoreStatus: { IsRestoreInProgress: true } });
    await aws.clock.moveTo('2026-10-01T05:00:00.000Z');
    expect(await get()).toBe('text');
    const RestoreExpiryDate = new Date('2026-10-03T05:00:00.000Z');
    expect(await list()).toMatchObject({ RestoreStatus: { IsRestoreInProgress: false, RestoreExpiryDate } });
    await aws.clock.moveTo('2026-10-03T05:00:00.000Z');
    await expect(get()).rejects.toMatchObject({ name: 'InvalidObjectState' });
  });

  it('rejects an object of another storage class', async () => {
    const { client } = await withArchivedObject();
    await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'b', Body: 'text' }));
    const rejected = client.send(
      new RestoreObjectCommand({ Bucket: 'archive', Key: 'b', RestoreRequest: { Days: 1 } }),
    );
    await expect(rejected).rejects.toMatchObject({ name: 'InvalidObjectState', StorageClass: 'STANDARD' });
  });
});
