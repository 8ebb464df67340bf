import { ListObjectsV2Command, type S3Client, type _Object as S3Object } from '@aws-sdk/client-s3';

export interface ListedObject {
  key: string;
  size: number;
  /** Without its quotes. */
  etag: string;
}

export interface ObjectPage {
  objects: ListedObject[];
  /** `undefined`: this is the last page. */
  nextToken?: string;
}

/** Lists at most `limit` objects, by default 1,000, in the order of their keys, from `token`, or else after `lastKey`. */
export async function listObjects(
  s3: S3Client,
  s3BucketName: string,
  prefix: string,
  { token, lastKey, limit }: { token?: string; lastKey?: string; limit?: number },
): Promise<ObjectPage> {
  const { Contents = [], NextContinuationToken } = await s3.send(
    new ListObjectsV2Command({
      Bucket: s3BucketName,
      Prefix: prefix,
      MaxKeys: limit,
      ...(token === undefined ? { StartAfter: lastKey } : { ContinuationToken: token }),
      // The name of a log stream may contain control characters, which XML cannot represent.
      EncodingType: 'url',
    }),
  );
  return {
    objects: Contents.map(parseListed),
    nextToken: NextContinuationToken,
  };
}

/** Parses an object of a listing with `EncodingType: 'url'`. */
export function parseListed({ Key = '', Size = 0, ETag = '' }: S3Object): ListedObject {
  return { key: decodeKey(Key), size: Size, etag: ETag.replaceAll('"', '') };
}

/** Decodes a key, or a prefix, of a listing with `EncodingType: 'url'`. */
export function decodeKey(encoded: string): string {
  return decodeURIComponent(encoded.replaceAll('+', ' '));
}
