import { type HttpRequest, readBody } from '../protocol/http-message';
import type { ServiceCall } from '../protocol/service-call';
import { getObject, headObject } from './operations/get-object';
import { listObjectsV2 } from './operations/list-objects-v2';
import type { Operation, S3Request } from './operations/operation';
import { putObject } from './operations/put-object';
import { listPermissions } from './permissions';
import { parseAddress } from './protocol/address';
import { refuse, S3Error } from './protocol/s3-error';
import type { Buckets } from './storage/buckets';

const OPERATIONS = { PutObject: putObject, GetObject: getObject, HeadObject: headObject, ListObjectsV2: listObjectsV2 };

/** The headers that make another operation, or another answer, of a request. */
const SIGNIFICANT_HEADERS = [
  'if-match',
  'if-none-match',
  'if-modified-since',
  'if-unmodified-since',
  'range',
  'x-amz-copy-source',
];

/** Reads a call of S3, which is REST and XML. */
export async function readS3Call(buckets: Buckets, request: HttpRequest): Promise<ServiceCall> {
  const read = await readRequest(request);
  const { method, bucketName, key } = read;
  const [name, operation] = Object.entries<Operation>(OPERATIONS).find(([, known]) => matches(known, read)) ?? [
    `${method} ${pathAndQuery(read)}`,
  ];
  return {
    operation: name,
    input: {
      Bucket: bucketName,
      ...(key === '' ? {} : { Key: key }),
      ...renameToSdk(operation?.parameters, read.query),
      ...renameToSdk(operation?.headers, read.headers),
    },
    permissions: listPermissions(name, read),
    make: () => {
      if (!operation) {
        throw notImplemented(read);
      }
      return operation.call(buckets, read);
    },
    refuse: (error) => refuse(error, method),
  };
}

async function readRequest(request: HttpRequest): Promise<S3Request> {
  const { method = 'GET', query = {}, headers } = request;
  const text = Object.entries(query).map(([name, value]) => [name, String(value ?? '')]);
  return { ...parseAddress(request), method, query: Object.fromEntries(text), headers, bytes: await readBody(request) };
}

/** A request that has a word too much is for another operation than the one that it resembles. */
function matches({ method, on, marker = {}, parameters = {}, headers = {} }: Operation, request: S3Request): boolean {
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
  const which = headers.length === 0 ? '' : ` with ${headers.join(', ')}`;
  return new S3Error(
    'NotImplemented',
    `local-aws does not know ${request.method} ${pathAndQuery(request)}${which}`,
    501,
  );
}

function pathAndQuery({ bucketName, key, query }: S3Request): string {
  const search = new URLSearchParams(query).toString();
  return `/${bucketName}/${key}${search === '' ? '' : `?${search}`}`;
}

/** What was given, by the names that the SDK has for it. */
function renameToSdk(names: Readonly<Record<string, string>> = {}, given: Readonly<Record<string, string>>) {
  return Object.fromEntries(
    Object.entries(names).flatMap(([name, sdkName]) => (name in given ? [[sdkName, given[name]]] : [])),
  );
}
