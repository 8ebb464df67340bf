import {
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { localS3, NOW } from './local-s3';

describe('a call to S3', () => {
  it('is recorded with its input, named as in the SDK', async () => {
    const { aws, client } = localS3();
    const input = { Bucket: 'archive', Prefix: 'a b/', Delimiter: '/', StartAfter: 'a b/é' };
    await client.send(new ListObjectsV2Command({ ...input, MaxKeys: 7 }));
    await expect(
      client.send(new GetObjectCommand({ Bucket: 'archive', Key: 'a', Range: 'bytes=0-1' })),
    ).rejects.toThrow();
    expect(aws.requestHandler.calls).toEqual([
      { at: NOW, operation: 'ListObjectsV2', input: { ...input, MaxKeys: '7' } },
      {
        at: NOW,
        operation: 'GetObject',
        input: { Bucket: 'archive', Key: 'a', Range: 'bytes=0-1' },
        error: 'NoSuchKey',
      },
    ]);
  });

  it.each([
    [new DeleteObjectTaggingCommand({ Bucket: 'archive', Key: 'a' }), 'DELETE /archive/a?tagging='],
    [new GetObjectTaggingCommand({ Bucket: 'archive', Key: 'a' }), 'GET /archive/a?tagging='],
    [new ListBucketsCommand({}), 'GET //?x-id=ListBuckets'],
    [
      new GetObjectCommand({ Bucket: 'archive', Key: 'a', VersionId: '1' }),
      'GET /archive/a?x-id=GetObject&versionId=1',
    ],
    [
      new GetObjectCommand({ Bucket: 'archive', Key: 'a', IfNoneMatch: '"1"' }),
      'GET /archive/a?x-id=GetObject with if-none-match',
    ],
    [new ListObjectsV2Command({ Bucket: 'archive', FetchOwner: true }), 'GET /archive/?list-type=2&fetch-owner=true'],
  ])('is rejected by name if it is unsupported', async (command, request) => {
    const { client } = localS3();
    await expect(client.send(command as GetObjectCommand)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `unsupported request ${request}; expected one of PutObject, GetObject, HeadObject, RestoreObject, ListObjectsV2, DeleteObject, CreateBucket, DeleteBucket, PutBucketPolicy`,
      $metadata: { httpStatusCode: 501 },
    });
  });
});
