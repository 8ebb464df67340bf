import { type HttpRequest, readBody } from '../protocol/http-message';
import type { ServiceCall } from '../protocol/service-call';
import { createBucket } from './operations/create-bucket';
import { deleteBucket } from './operations/delete-bucket';
import { deleteObject } from './operations/delete-object';
import { getObject } from './operations/get-object';
import { headObject } from './operations/head-object';
import { listObjectsV2 } from './operations/list-objects-v2';
import type { S3Operation, S3Request } from './operations/operation';
import { putBucketPolicy } from './operations/put-bucket-policy';
import { putObject } from './operations/put-object';
import { restoreObject } from './operations/restore-object';
import { listPermissions } from './permissions';
import { parseAddress } from './protocol/address';
import { formatS3Error, S3Error } from './protocol/s3-error';
import type { Buckets } from './storage/buckets';

const OPERATIONS = {
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  RestoreObject: restoreObject,
  ListObjectsV2: listObjectsV2,
  DeleteObject: deleteObject,
  CreateBucket: createBucket,
  DeleteBucket: deleteBucket,
  PutBucketPolicy: putBucketPolicy,
};

/** Headers that change the operation or the answer of a request. */
const SIGNIFICANT_HEADERS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'x-amz-copy-source',
];

/** Reads a call to S3, which uses REST and XML. */
export async function readS3Call(buckets: Buckets, request: HttpRequest): Promise<ServiceCall> {
  const read = await readRequest(request);
  const { method, bucketName, key } = read;
  const [name, operation] = Object.entries<S3Operation>(OPERATIONS).find(([, candidate]) =>
    matches(candidate, read),
  ) ?? [`${method} ${formatPathAndQuery(read)}`];
  return {
    operation: name,
    input: {
      Bucket: bucketName,
      ...(key === '' ? {} : { Key: key }),
      ...renameToSdk(operation?.parameters, read.query),
      ...renameToSdk(operation?.headers, read.headers),
    },
    permissions: listPermissions(name, read),
    execute: () => {
      if (!operation) {
        throw notImplemented(read);
      }
      return operation.call(buckets, read);
    },
    formatError: (error) => formatS3Error(error, method),
  };
}

async function readRequest(request: HttpRequest): Promise<S3Request> {
  const { method = 'GET', query = {}, headers } = request;
  const text = Object.entries(query).map(([name, value]) => [name, String(value ?? '')]);
  return { ...parseAddress(request), method, query: Object.fromEntries(text), headers, bytes: await readBody(request) };
}

/** Whether a request is for the operation. A request with an unsupported parameter or header is for another one. */
function matches({ method, on, marker = {}, parameters = {}, headers = {} }: S3Operation, request: S3Request): boolean {
  return (
    request.method === method &&
    request.bucketName !== '' &&
    (request.key === '' ? 'BUCKET' : 'OBJECT') === on &&
    Object.entries(marker).every(([name, value]) => request.query[name] === value) &&
    Object.keys(request.query).every((name) => name === 'x-id' || name in marker || name in parameters) &&
    SIGNIFICANT_HEADERS.every((name) => !(name in request.headers) || name in headers)
  );
}

function notImplemented(request: S3Request): S3Error {
  const headers = SIGNIFICANT_HEADERS.filter((name) => name in request.headers);
  const withHeaders = headers.length === 0 ? '' : ` with ${headers.join(', ')}`;
  return new S3Error(
    'NotImplemented',
    `unsupported request ${request.method} ${formatPathAndQuery(request)}${withHeaders}; expected one of ${Object.keys(OPERATIONS).join(', ')}`,
    501,
  );
}

function formatPathAndQuery({ bucketName, key, query }: S3Request): string {
  const search = new URLSearchParams(query).toString();
  return `/${bucketName}/${key}${search === '' ? '' : `?${search}`}`;
}

/** Renames the given values to their names in the SDK, and drops the others. */
function renameToSdk(names: Readonly<Record<string, string>> = {}, given: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, sdkName]) => (name in given ? [[sdkName, given[name]]] : [])),
  );
}
