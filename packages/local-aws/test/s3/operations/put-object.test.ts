import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { localS3, NOW } from '../local-s3';

const quotedMd5 = (text: string) => `"${createHash('md5').update(text).digest('hex')}"`;

describe('PutObject', () => {
  it('stores the object, and returns its MD5', async () => {
    const { aws, client } = localS3();
    const answer = await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a.json', Body: '{"a":1}' }));
    expect(answer.ETag).toBe(quotedMd5('{"a":1}'));
    expect(aws.buckets.getObject('archive', 'a.json').toString()).toBe('{"a":1}');
    const input = { Bucket: 'archive', Key: 'a.json' };
    expect(aws.requestHandler.calls).toEqual([{ at: NOW, operation: 'PutObject', input }]);
  });

  it.each([
    ['text', 'äb'],
    ['bytes', Buffer.from('äb')],
    ['a stream, which the SDK sends in chunks', Readable.from([Buffer.from('ä'), Buffer.from('b')])],
  ])('accepts %s', async (_, Body) => {
    const { aws, client } = localS3();
    await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body, ContentLength: 3 }));
    expect(aws.buckets.getObject('archive', 'a').toString()).toBe('äb');
    expect(aws.buckets.findBucket('archive')?.get('a')?.headers).toEqual({
      'content-type': 'application/octet-stream',
      'x-amz-checksum-crc32': 'BX+Ikg==',
      'x-amz-checksum-type': 'FULL_OBJECT',
    });
  });

  it('accepts an empty object', async () => {
    const { aws, client } = localS3();
    await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: Buffer.alloc(0) }));
    expect(aws.buckets.getObject('archive', 'a')).toHaveLength(0);
  });

  it('replaces an object, except with If-None-Match', async () => {
    const { aws, client } = localS3();
    const put = (Body: string, IfNoneMatch?: string) =>
      client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body, IfNoneMatch }));
    await put('one', '*');
    await put('two');
    await expect(put('three', '*')).rejects.toMatchObject({
      name: 'PreconditionFailed',
      message: 'At least one of the pre-conditions you specified did not hold',
      Condition: 'If-None-Match',
      $metadata: { httpStatusCode: 412 },
    });
    expect(aws.buckets.getObject('archive', 'a').toString()).toBe('two');
    expect(aws.requestHandler.calls.at(-1)).toEqual({
      at: NOW,
      operation: 'PutObject',
      input: { Bucket: 'archive', Key: 'a', IfNoneMatch: '*' },
      error: 'PreconditionFailed',
    });
  });

  it('accepts exactly one of many concurrent writes with If-None-Match', async () => {
    const { aws, client } = localS3();
    const puts = Array.from({ length: 20 }, (_, number) =>
      client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: String(number), IfNoneMatch: '*' })),
    );
    const results = await Promise.allSettled(puts);
    const winners = results.flatMap(({ status }, number) => (status === 'fulfilled' ? [String(number)] : []));
    expect(winners).toEqual([aws.buckets.getObject('archive', 'a').toString()]);
  });

  it.each([
    [{ ChecksumCRC32: 'AAAAAA==' }, 'CRC32'],
    [{ ChecksumSHA1: 'AAAAAAAAAAAAAAAAAAAAAAAAAAA=' }, 'SHA1'],
    [{ ChecksumSHA256: 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=' }, 'SHA256'],
  ])('rejects a body that does not match %j', async (checksum, algorithm) => {
    const { aws, client } = localS3();
    const command = new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'body', ...checksum });
    await expect(client.send(command)).rejects.toMatchObject({
      name: 'BadDigest',
      message: `The ${algorithm} you specified did not match the calculated checksum.`,
      $metadata: { httpStatusCode: 400 },
    });
    expect(aws.buckets.listObjects('archive')).toEqual([]);
  });

  it.each(['SHA1', 'SHA256', 'CRC32C'] as const)('accepts the checksum %s of the SDK', async (ChecksumAlgorithm) => {
    const { client } = localS3();
    const command = new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'body', ChecksumAlgorithm });
    await expect(client.send(command)).resolves.toHaveProperty('ETag', quotedMd5('body'));
  });

  it('verifies the trailing checksum of a stream', async () => {
    const { aws } = localS3();
    const { response } = await aws.requestHandler.handle({
      method: 'PUT',
      hostname: 'archive.s3.ap-northeast-1.amazonaws.com',
      path: '/a',
      headers: { 'content-encoding': 'aws-chunked' },
      body: '3\r\nabc\r\n0\r\nx-amz-checksum-crc32:AAAAAA==\r\n\r\n',
    });
    expect(response.statusCode).toBe(400);
  });

  it('answers with the checksum of the request, and the encryption of the bucket', async () => {
    const { client } = localS3();
    const put = new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'body', ChecksumAlgorithm: 'CRC32' });
    expect(await client.send(put)).toMatchObject({
      ChecksumCRC32: expect.stringMatching(/^[\w+/]{6}==$/),
      ChecksumType: 'FULL_OBJECT',
      ServerSideEncryption: 'AES256',
    });
    const read = { Bucket: 'archive', Key: 'a' };
    expect(await client.send(new GetObjectCommand(read))).toMatchObject({ ServerSideEncryption: 'AES256' });
    expect(await client.send(new HeadObjectCommand(read))).toMatchObject({ ServerSideEncryption: 'AES256' });
  });

  it('stores the checksum, which lists name, and reads return on request', async () => {
    const { client } = localS3();
    const address = { Bucket: 'archive', Key: 'a' };
    const { ChecksumSHA256 } = await client.send(
      new PutObjectCommand({ ...address, Body: 'body', ChecksumAlgorithm: 'SHA256' }),
    );
    expect(ChecksumSHA256).toMatch(/^[\w+/]{43}=$/);
    const head = (ChecksumMode?: 'ENABLED') => client.send(new HeadObjectCommand({ ...address, ChecksumMode }));
    expect(await head('ENABLED')).toMatchObject({ ChecksumSHA256, ChecksumType: 'FULL_OBJECT' });
    expect((await head()).ChecksumSHA256).toBeUndefined();
    const get = (Range?: string) => client.send(new GetObjectCommand({ ...address, ChecksumMode: 'ENABLED', Range }));
    expect((await get()).ChecksumSHA256).toBe(ChecksumSHA256);
    expect((await get('bytes=0-1')).ChecksumSHA256).toBeUndefined();
    const { Contents } = await client.send(new ListObjectsV2Command({ Bucket: 'archive' }));
    expect(Contents).toMatchObject([{ ChecksumAlgorithm: ['SHA256'], ChecksumType: 'FULL_OBJECT' }]);
  });

  it('rejects a condition other than *', async () => {
    const { client } = localS3();
    const command = new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'x', IfNoneMatch: '"abc"' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'NotImplemented', Header: 'If-None-Match' });
  });

  it('rejects a key longer than 1,024 bytes', async () => {
    const { client } = localS3();
    const put = (Key: string) => client.send(new PutObjectCommand({ Bucket: 'archive', Key, Body: 'x' }));
    await expect(put('é'.repeat(512))).resolves.toHaveProperty('ETag');
    await expect(put(`${'é'.repeat(512)}a`)).rejects.toMatchObject({ name: 'KeyTooLongError', Size: '1025' });
  });

  it.each([
    ['the host', false],
    ['the path', true],
  ])('stores any key unchanged, with bucket names in %s', async (_, forcePathStyle) => {
    const { aws } = localS3();
    const client = new S3Client({ ...aws.clientConfig, forcePathStyle });
    const keys = ["a b+%é/'(x)?.json", '/a', 'a//b/', '..', './a', 'a%2Fb', '日本語', '😀&<>"', '#?x=y', ' a '];
    for (const Key of keys) {
      await client.send(new PutObjectCommand({ Bucket: 'archive', Key, Body: Key }));
      expect(aws.buckets.getObject('archive', Key).toString()).toBe(Key);
    }
    expect(aws.buckets.listObjects('archive')).toHaveLength(keys.length);
  });

  it('accepts a bucket with dots, and rejects an unknown bucket', async () => {
    const { aws, client } = localS3();
    aws.buckets.createBucket('my.archive');
    const put = (Bucket: string) => client.send(new PutObjectCommand({ Bucket, Key: 'a', Body: 'x' }));
    await put('my.archive');
    expect(aws.buckets.listObjects('my.archive')).toEqual(['a']);
    await expect(put('nowhere')).rejects.toMatchObject({
      name: 'NoSuchBucket',
      message: 'The specified bucket does not exist',
      BucketName: 'nowhere',
      $metadata: { httpStatusCode: 404 },
    });
  });
});
