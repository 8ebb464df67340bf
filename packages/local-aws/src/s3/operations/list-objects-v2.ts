import { selectChecksums } from '../protocol/content';
import { formatContinuationToken, parseContinuationToken } from '../protocol/continuation-token';
import { respond } from '../protocol/response';
import { invalidArgument, noSuchBucket } from '../protocol/s3-error';
import { xmlDocument } from '../protocol/xml';
import { type StoredObject, skipKey } from '../storage/bucket';
import { toBytes } from '../storage/sorted-keys';
import { findRestoration, getStorageClass } from '../storage/storage-class';
import type { S3Operation } from './operation';

const MAX_KEYS = 1_000;
const NAMESPACE = 'http://s3.amazonaws.com/doc/2006-03-01/';

/** Lists the keys of a bucket, up to 1,000 per page. */
export const listObjectsV2: S3Operation = {
  method: 'GET',
  on: 'BUCKET',
  marker: { 'list-type': '2' },
  parameters: {
    prefix: 'Prefix',
    delimiter: 'Delimiter',
    'start-after': 'StartAfter',
    'continuation-token': 'ContinuationToken',
    'max-keys': 'MaxKeys',
    'encoding-type': 'EncodingType',
  },
  call(buckets, { bucketName, query, headers }) {
    const bucket = buckets.findBucket(bucketName);
    if (!bucket) {
      throw noSuchBucket(bucketName);
    }
    const { prefix = '', delimiter, 'start-after': startAfter, 'continuation-token': token } = query;
    const encode = selectEncoding(query['encoding-type']);
    const limit = parseMaxKeys(query['max-keys']);
    const start = startAfter === undefined ? '' : skipKey(toBytes(startAfter));
    const from = token === undefined ? start : parseContinuationToken(bucketName, token);
    const withRestoreStatus = headers['x-amz-optional-object-attributes'] === 'RestoreStatus';
    const page = bucket.list({ prefix, delimiter, from, limit });
    // With max-keys 0, S3 reports that the list is complete.
    const next = limit === 0 ? undefined : page.next;
    const document = xmlDocument(
      'ListBucketResult',
      {
        Name: bucketName,
        Prefix: encode(prefix),
        Delimiter: delimiter === undefined ? undefined : encode(delimiter),
        StartAfter: startAfter === undefined ? undefined : encode(startAfter),
        ContinuationToken: token,
        NextContinuationToken: next === undefined ? undefined : formatContinuationToken(bucketName, next),
        KeyCount: page.objects.length + page.commonPrefixes.length,
        MaxKeys: limit,
        EncodingType: query['encoding-type'],
        IsTruncated: next !== undefined,
        Contents: page.objects.map((object) => ({
          Key: encode(object.key),
          LastModified: new Date(object.lastModified).toISOString(),
          ETag: object.eTag,
          ...describeChecksum(object),
          Size: object.body.length,
          StorageClass: getStorageClass(object),
          RestoreStatus: withRestoreStatus ? describeRestoration(object, buckets.now()) : undefined,
        })),
        CommonPrefixes: page.commonPrefixes.map((commonPrefix) => ({ Prefix: encode(commonPrefix) })),
      },
      NAMESPACE,
    );
    return respond(200, { 'content-type': 'application/xml' }, document);
  },
};

function describeChecksum({ headers }: StoredObject) {
  const { 'x-amz-checksum-type': ChecksumType, ...checksums } = selectChecksums(headers);
  const ChecksumAlgorithm = Object.keys(checksums)[0]?.slice('x-amz-checksum-'.length).toUpperCase();
  return { ChecksumAlgorithm, ChecksumType };
}

function describeRestoration(object: StoredObject, now: number) {
  const restoration = findRestoration(object, now);
  if (restoration === undefined) {
    return undefined;
  }
  return restoration.readyAt > now
    ? { IsRestoreInProgress: true }
    : { IsRestoreInProgress: false, RestoreExpiryDate: new Date(restoration.expiresAt).toISOString() };
}

function parseMaxKeys(maxKeys = String(MAX_KEYS)): number {
  if (!/^\d+$/.test(maxKeys)) {
    throw invalidArgument('Provided max-keys not an integer or within integer range', 'max-keys', maxKeys);
  }
  return Math.min(Number(maxKeys), MAX_KEYS);
}

function selectEncoding(encodingType?: string): (text: string) => string {
  if (encodingType !== undefined && encodingType !== 'url') {
    throw invalidArgument('Invalid Encoding Method specified in Request', 'encoding-type', encodingType);
  }
  return encodingType === undefined ? (text) => text : encodeForm;
}

/** Encodes text like a form, in which a space is a plus. */
function encodeForm(text: string): string {
  return encodeURIComponent(text)
    .replace(/[!'()~]/g, (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/');
}
