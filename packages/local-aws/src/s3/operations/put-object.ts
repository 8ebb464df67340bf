import { unframe, verify } from '../protocol/content';
import { respond } from '../protocol/response';
import { noSuchBucket, S3Error } from '../protocol/s3-error';
import type { Operation } from './operation';

const LONGEST_KEY = 1_024;
/** The headers that come back with the object. */
const OF_THE_OBJECT = /^(content-(type|disposition|encoding|language)|cache-control|expires|x-amz-meta-.+)$/;

/** Writes an object; with `If-None-Match: *`, only if there is none. */
export const putObject: Operation = {
  method: 'PUT',
  on: 'OBJECT',
  headers: { 'if-none-match': 'IfNoneMatch' },
  call(files, { bucketName, key, headers, bytes }) {
    const bucket = files.findBucket(bucketName);
    if (!bucket) {
      throw noSuchBucket(bucketName);
    }
    refuseLongKey(key);
    const content = unframe(bytes, headers);
    verify(content);
    const condition = headers['if-none-match'];
    if (condition !== undefined && condition !== '*') {
      const text = 'A header you provided implies functionality that is not implemented';
      throw new S3Error('NotImplemented', text, 501, { Header: 'If-None-Match' });
    }
    if (condition !== undefined && bucket.get(key)) {
      const text = 'At least one of the pre-conditions you specified did not hold';
      throw new S3Error('PreconditionFailed', text, 412, { Condition: 'If-None-Match' });
    }
    const { eTag } = bucket.put(key, content.body, files.now(), headersOfTheObject(headers));
    return respond(200, { etag: eTag });
  },
};

function refuseLongKey(key: string) {
  const size = Buffer.byteLength(key);
  if (size > LONGEST_KEY) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', 400, { Size: size, MaxSizeAllowed: LONGEST_KEY });
  }
}

function headersOfTheObject(headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => OF_THE_OBJECT.test(name));
  return Object.fromEntries(
    kept
      .map(([name, value]) => [name, name === 'content-encoding' ? withoutFraming(value) : value] as const)
      .filter(([, value]) => value !== ''),
  );
}

/** How the request was framed is nothing that the object has. */
function withoutFraming(contentEncoding: string): string {
  return contentEncoding
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== 'aws-chunked')
    .join(',');
}
