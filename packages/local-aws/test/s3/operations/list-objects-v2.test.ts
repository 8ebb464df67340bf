import { ListObjectsV2Command, type ListObjectsV2CommandInput, paginateListObjectsV2 } from '@aws-sdk/client-s3';
import { localS3 } from '../local-s3';

function withKeys(...keys: string[]) {
  const { aws, client } = localS3();
  for (const key of keys) {
    aws.buckets.putObject('archive', key, key);
  }
  const list = (input: Partial<ListObjectsV2CommandInput> = {}) =>
    client.send(new ListObjectsV2Command({ Bucket: 'archive', ...input }));
  /** Returns the keys and common prefixes of each page. */
  const pages = async (input: Partial<ListObjectsV2CommandInput>) => {
    const seen: (string | undefined)[][] = [];
    for await (const { Contents = [], CommonPrefixes = [] } of paginateListObjectsV2(
      { client },
      { Bucket: 'archive', ...input },
    )) {
      seen.push([...Contents.map(({ Key }) => Key), ...CommonPrefixes.map(({ Prefix }) => Prefix)]);
    }
    return seen;
  };
  return { aws, client, list, pages };
}

describe('ListObjectsV2', () => {
  it('returns the fields that S3 returns for an object', async () => {
    const { list } = withKeys('a');
    const { $metadata, ...answer } = await list();
    expect(answer).toEqual({
      Name: 'archive',
      Prefix: '',
      KeyCount: 1,
      MaxKeys: 1_000,
      IsTruncated: false,
      Contents: [
        {
          Key: 'a',
          LastModified: new Date('2026-11-01T18:00:00.000Z'),
          ETag: '"0cc175b9c0f1b6a831c399e269772661"',
          Size: 1,
          StorageClass: 'STANDARD',
        },
      ],
    });
  });

  it('sorts keys by their UTF-8 bytes, unlike JavaScript', async () => {
    const keys = ['A', 'a', 'a b', 'a/b', 'a//b', 'b', 'é', '\uffee', '😀'];
    const { list } = withKeys(...[...keys].reverse());
    const { Contents } = await list();
    expect(Contents?.map(({ Key }) => Key)).toEqual(['A', 'a', 'a b', 'a//b', 'a/b', 'b', 'é', '\uffee', '😀']);
  });

  it.each<[Partial<ListObjectsV2CommandInput>, string[]]>([
    [{ Prefix: 'b/' }, ['b/1', 'b/c/2', 'b/c/3']],
    [{ Prefix: 'b/c/2' }, ['b/c/2']],
    [{ Prefix: 'x' }, []],
    [{ Delimiter: '/' }, ['a', 'z', 'b/', 'é/']],
    [{ Delimiter: '/', Prefix: 'b' }, ['b/']],
    [{ Delimiter: '/', Prefix: 'b/' }, ['b/1', 'b/c/']],
    [{ Delimiter: '/c/' }, ['a', 'b/1', 'z', 'é/1', 'b/c/']],
    [{ StartAfter: 'b/1' }, ['b/c/2', 'b/c/3', 'z', 'é/1']],
    [{ StartAfter: 'b/0' }, ['b/1', 'b/c/2', 'b/c/3', 'z', 'é/1']],
    [{ StartAfter: 'b/c/2', Prefix: 'b/' }, ['b/c/3']],
    [{ StartAfter: 'a', Prefix: 'b/' }, ['b/1', 'b/c/2', 'b/c/3']],
    [{ StartAfter: 'c', Prefix: 'b/' }, []],
    [{ StartAfter: 'b/c/2', Delimiter: '/' }, ['z', 'b/', 'é/']],
    [{ StartAfter: 'b/c/3', Delimiter: '/' }, ['z', 'é/']],
  ])('lists with %j', async (input, expected) => {
    const { list, pages } = withKeys('a', 'b/1', 'b/c/2', 'b/c/3', 'z', 'é/1');
    expect(await list(input)).toMatchObject({ KeyCount: expected.length, IsTruncated: false, ...input });
    expect(await pages(input)).toEqual([expected]);
    expect((await pages({ ...input, MaxKeys: 1 })).flat().sort()).toEqual([...expected].sort());
  });

  it('limits pages to 1,000 keys', async () => {
    const keys = Array.from({ length: 2_500 }, (_, index) => `p/${String(index).padStart(4, '0')}`);
    const { list, pages } = withKeys('a', ...keys, 'q');
    const expected = [keys.slice(0, 1_000), keys.slice(1_000, 2_000), keys.slice(2_000)];
    expect(await pages({ Prefix: 'p/' })).toEqual(expected);
    expect(await pages({ Prefix: 'p/', MaxKeys: 1_000_000 })).toEqual(expected);
    expect(await list({ Prefix: 'p/', StartAfter: 'p/1499' })).toMatchObject({ KeyCount: 1_000, IsTruncated: false });
  });

  it('counts common prefixes as keys, and continues after the last one', async () => {
    const { list, pages } = withKeys('a/1', 'a/2', 'b', 'c/1', 'c/2', 'd');
    const input = { Delimiter: '/', MaxKeys: 1 };
    expect(await pages(input)).toEqual([['a/'], ['b'], ['c/'], ['d']]);
    expect(await list({ ...input, MaxKeys: 2 })).toMatchObject({ KeyCount: 2, IsTruncated: true, MaxKeys: 2 });
    expect(await list({ ...input, MaxKeys: 4 })).toMatchObject({ KeyCount: 4, IsTruncated: false });
  });

  it('continues at the token, whatever was put since and whatever StartAfter is', async () => {
    const { aws, list } = withKeys('a', 'c', 'd');
    const { NextContinuationToken: ContinuationToken } = await list({ MaxKeys: 2 });
    aws.buckets.putObject('archive', 'b', '');
    aws.buckets.putObject('archive', 'c/1', '');
    const { Contents, ...rest } = await list({ ContinuationToken, StartAfter: 'x' });
    expect(Contents?.map(({ Key }) => Key)).toEqual(['c/1', 'd']);
    expect(rest).toMatchObject({ ContinuationToken, StartAfter: 'x', KeyCount: 2 });
  });

  it('rejects a token that it did not issue for this bucket', async () => {
    const { aws, list } = withKeys('a', 'b');
    aws.buckets.createBucket('other');
    const { NextContinuationToken: token } = await list({ MaxKeys: 1 });
    const error = { name: 'InvalidArgument', message: 'The continuation token provided is incorrect' };
    await expect(list({ ContinuationToken: 'a' })).rejects.toMatchObject({ ...error, ArgumentValue: 'a' });
    await expect(list({ Bucket: 'other', ContinuationToken: token })).rejects.toMatchObject(error);
  });

  it('returns nothing for MaxKeys 0', async () => {
    const { list } = withKeys('a');
    expect(await list({ MaxKeys: 0 })).toMatchObject({ KeyCount: 0, IsTruncated: false, MaxKeys: 0 });
  });

  it.each<[Partial<ListObjectsV2CommandInput>, string, string]>([
    [{ MaxKeys: -1 }, 'InvalidArgument', 'Provided max-keys not an integer or within integer range'],
    [{ EncodingType: 'xml' as never }, 'InvalidArgument', 'Invalid Encoding Method specified in Request'],
    [{ Bucket: 'nowhere' }, 'NoSuchBucket', 'The specified bucket does not exist'],
  ])('rejects %j', async (input, name, message) => {
    await expect(withKeys().list(input)).rejects.toMatchObject({ name, message });
  });

  it('returns any key, and encodes it if requested', async () => {
    const key = 'a b+%/é\'(~)!*&<>"\n\r';
    const { list } = withKeys(key, 'c d/e');
    expect((await list()).Contents?.[0]?.Key).toBe(key);
    const encoded = { EncodingType: 'url', Delimiter: 'd/', Prefix: '', StartAfter: ' ' } as const;
    expect(await list(encoded)).toMatchObject({
      EncodingType: 'url',
      Delimiter: 'd/',
      StartAfter: '+',
      Contents: [{ Key: 'a+b%2B%25/%C3%A9%27%28%7E%29%21*%26%3C%3E%22%0A%0D' }],
      CommonPrefixes: [{ Prefix: 'c+d/' }],
    });
  });
});
