import { GetObjectCommand } from '@aws-sdk/client-s3';
import { localS3 } from '../local-s3';
import { DESCRIPTION, withObject } from './with-object';

describe('GetObject', () => {
  it('returns the object with its stored headers', async () => {
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
  ])('answers the Range %s with status %i and body %s', async (range, status, text, ContentRange) => {
    const { get } = await withObject('abcde');
    expect(await get(range)).toEqual({ status, text, ContentLength: text.length, ContentRange });
  });

  it.each([
    ['abcde', 'bytes=5-5', '5'],
    ['abcde', 'bytes=-0', '5'],
    ['', 'bytes=0-', '0'],
  ])('rejects, for the object %j, the Range %s', async (body, range, size) => {
    const { get } = await withObject(body);
    await expect(get(range)).rejects.toMatchObject({
      name: 'InvalidRange',
      message: 'The requested range is not satisfiable',
      RangeRequested: range,
      ActualObjectSize: size,
      $metadata: { httpStatusCode: 416 },
    });
  });

  it('returns an empty object', async () => {
    const { get } = await withObject('');
    expect(await get()).toEqual({ status: 200, text: '', ContentLength: 0, ContentRange: undefined });
  });

  it.each([
    ['archive', { name: 'NoSuchKey', message: 'The specified key does not exist.', Key: 'b<&' }],
    ['nowhere', { name: 'NoSuchBucket', BucketName: 'nowhere' }],
  ])('rejects an unknown object in the bucket %s', async (Bucket, error) => {
    const { client } = localS3();
    const refused = client.send(new GetObjectCommand({ Bucket, Key: 'b<&' }));
    await expect(refused).rejects.toMatchObject({ ...error, $metadata: { httpStatusCode: 404 } });
  });
});
