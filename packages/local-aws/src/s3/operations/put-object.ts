import { decodeChunks, selectChecksums, verifyChecksums } from '../protocol/content';
import { MAX_KEY_BYTES } from '../protocol/key';
import { respond } from '../protocol/response';
import { noSuchBucket, S3Error } from '../protocol/s3-error';
import { ENCRYPTION } from './find-object';
import type { S3Operation } from './operation';

/** Headers that S3 stores with the object. */
const OBJECT_HEADERS =
  /^(content-(type|disposition|encoding|language)|cache-control|expires|x-amz-storage-class|x-amz-meta-.+)$/;

/** Writes an object. With `If-None-Match: *`, it does so only if none exists. */
export const putObject: S3Operation = {
  method: 'PUT',
  on: 'OBJECT',
  headers: { 'if-none-match': 'IfNoneMatch' },
  call(buckets, { bucketName, key, headers, bytes }) {
    const bucket = buckets.findBucket(bucketName);
    if (!bucket) {
      throw noSuchBucket(bucketName);
    }
    validateKeyLength(key);
    const content = decodeChunks(bytes, headers);
    verifyChecksums(content);
    const condition = headers['if-none-match'];
    if (condition !== undefined && condition !== '*') {
      const text = 'A header you provided implies functionality that is not implemented';
      throw new S3Error('NotImplemented', text, 501, { Header: 'If-None-Match' });
    }
    if (condition !== undefined && bucket.get(key)) {
      const text = 'At least one of the pre-conditions you specified did not hold';
      throw new S3Error('PreconditionFailed', text, 412, { Condition: 'If-None-Match' });
    }
    // S3 stores the checksums with the object.
    const checksums = selectChecksums(content.headers);
    const { eTag } = bucket.put(key, content.body, buckets.now(), { ...selectObjectHeaders(headers), ...checksums });
    return respond(200, { etag: eTag, ...ENCRYPTION, ...checksums });
  },
};

function validateKeyLength(key: string) {
  const size = Buffer.byteLength(key);
  if (size > MAX_KEY_BYTES) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', 400, { Size: size, MaxSizeAllowed: MAX_KEY_BYTES });
  }
}

function selectObjectHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => OBJECT_HEADERS.test(name));
  return Object.fromEntries(
    kept
      .map(([name, value]) => [name, name === 'content-encoding' ? removeFraming(value) : value] as const)
      .filter(([, value]) => value !== ''),
  );
}

/** Removes `aws-chunked`, which describes the transfer and not the object. */
function removeFraming(contentEncoding: string): string {
  return contentEncoding
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== 'aws-chunked')
    .join(',');
}
