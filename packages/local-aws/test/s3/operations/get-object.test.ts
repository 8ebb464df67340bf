import { GetObjectCommand, HeadObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { localS3 } from '../local-s3';

async function withObject(body: string) {
  const Body = Buffer.from(body);
  const { aws, client } = localS3();
  const described = { ContentType: 'application/json', ContentEncoding: 'identity', Metadata: { run: '7' } };
  await client.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body, ...described }));
  const get = async (Range?: string) => {
    const answer = await client.send(new GetObjectCommand({ Bucket: 'archive', Key: 'a', Range }));
    const { ContentRange, ContentLength, $metadata } = answer;
    const text = await answer.Body?.transformToString();
    return { status: $metadata.httpStatusCode, text, ContentLength, ContentRange };
  };
  return { aws, client, get };
}

const DESCRIPTION = {
  ContentLength: 7,
  ContentType: 'application/json',
  ContentEncoding: 'identity',
  Metadata: { run: '7' },
  ETag: '"bb6cb5c68df4652941caf652a366f2d8"',
  LastModified: new Date('2026-11-01T18:00:00.000Z'),
};

describe('GetObject', () => {
  it('answers with the object, and what was put with it', async () => {
    const { client } = await withObject('{"a":1}');
    const answer = await client.send(new GetObjectCommand({ Bucket: 'archive', Key: 'a' }));
    expect(answer).toMatchObject(DESCRIPTION);
    expect(await answer.Body?.transformToString()).toBe('{"a":1}');
  });

  it.each([
    ['bytes=0-0', 206, 'a', 'bytes 0-0/5'],
    ['bytes=1-3', 206, 'bcd', 'bytes 1-3/5'],
    ['bytes=3-', 206, 'de', 'bytes 3-4/5'],
    ['bytes=4-99', 206, 'e', 'bytes 4-4/5'],
    ['bytes=-2', 206, 'de', 'bytes 3-4/5'],
    ['bytes=-9', 206, 'abcde', 'bytes 0-4/5'],
    ['bytes=3-1', 200, 'abcde', undefined],
    ['bytes=0-1,3-4', 200, 'abcde', undefined],
    ['bytes=-', 200, 'abcde', undefined],
    ['lines=0-1', 200, 'abcde', undefined],
  ])('answers to the Range %s with %i and %s', async (range, status, text, ContentRange) => {
    const { get } = await withObject('abcde');
    expect(await get(range)).toEqual({ status, text, ContentLength: text.length, ContentRange });
  });

  it.each([
    ['abcde', 'bytes=5-5', '5'],
    ['abcde', 'bytes=-0', '5'],
    ['', 'bytes=0-', '0'],
  ])('refuses of %j the Range %s', async (body, range, size) => {
    const { get } = await withObject(body);
    await expect(get(range)).rejects.toMatchObject({
      name: 'InvalidRange',
      message: 'The requested range is not satisfiable',
      RangeRequested: range,
      ActualObjectSize: size,
      $metadata: { httpStatusCode: 416 },
    });
  });

  it('answers with an object of no bytes', async () => {
    const { get } = await withObject('');
    expect(await get()).toEqual({ status: 200, text: '', ContentLength: 0, ContentRange: undefined });
  });

  it.each([
    ['archive', { name: 'NoSuchKey', message: 'The specified key does not exist.', Key: 'b<&' }],
    ['nowhere', { name: 'NoSuchBucket', BucketName: 'nowhere' }],
  ])('refuses what is not in the bucket %s', async (Bucket, error) => {
    const { client } = localS3();
    const refused = client.send(new GetObjectCommand({ Bucket, Key: 'b<&' }));
    await expect(refused).rejects.toMatchObject({ ...error, $metadata: { httpStatusCode: 404 } });
  });
});

describe('HeadObject', () => {
  it('answers without the object', async () => {
    const { client } = await withObject('{"a":1}');
    expect(await client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'a' }))).toMatchObject(DESCRIPTION);
  });

  it('answers with the status alone where there is none', async () => {
    const { aws, client } = localS3();
    const refused = client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'b' }));
    await expect(refused).rejects.toMatchObject({ name: 'NotFound', $metadata: { httpStatusCode: 404 } });
    expect(aws.requestHandler.calls).toMatchObject([{ operation: 'HeadObject', error: 'NoSuchKey' }]);
    const [method, hostname] = ['HEAD', 'archive.s3.ap-northeast-1.amazonaws.com'];
    const { response } = await aws.requestHandler.handle({ method, hostname, path: '/b', headers: {} });
    expect(await response.body.toArray()).toEqual([]);
  });
});
