import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';

export interface ListedObject {
  key: string;
  size: number;
}

export interface ObjectPage {
  objects: ListedObject[];
  /** `undefined`: it was the last page. */
  nextToken?: string;
}

/** At most 1,000 objects, in the order of their keys: after `lastKey`, or where `token` says. */
export async function listObjects(
  s3: S3Client,
  s3BucketName: string,
  prefix: string,
  { token, lastKey }: { token?: string; lastKey?: string },
): Promise<ObjectPage> {
  const { Contents = [], NextContinuationToken } = await s3.send(
    new ListObjectsV2Command({
      Bucket: s3BucketName,
      Prefix: prefix,
      ...(token === undefined ? { StartAfter: lastKey } : { ContinuationToken: token }),
      // A log stream's name may have control characters, which XML has no way to write.
      EncodingType: 'url',
    }),
  );
  return {
    objects: Contents.map(({ Key = '', Size = 0 }) => ({
      key: decodeURIComponent(Key.replaceAll('+', ' ')),
      size: Size,
    })),
    nextToken: NextContinuationToken,
  };
}
