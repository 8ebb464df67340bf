import {
  DeleteObjectCommand,
  GetObjectCommand,
  GetObjectTaggingCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
} from '@aws-sdk/client-s3';
import { localS3, NOW } from './local-s3';

describe('a call of S3', () => {
  it('is kept with its input, by the names of the SDK', async () => {
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
    [new DeleteObjectCommand({ Bucket: 'archive', Key: 'a' }), 'DELETE /archive/a?x-id=DeleteObject'],
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
  ])('that is not known is refused by name', async (command, which) => {
    const { client } = localS3();
    await expect(client.send(command as GetObjectCommand)).rejects.toMatchObject({
      name: 'NotImplemented',
      message: `local-aws does not know ${which}`,
      $metadata: { httpStatusCode: 501 },
    });
  });
});
