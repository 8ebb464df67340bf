import type { Permission } from '../protocol/service-call';
import { findObject } from '../s3/operations/find-object';
import { listPermissions } from '../s3/permissions';
import { noSuchBucket } from '../s3/protocol/s3-error';
import { GET_OBJECT, LIST_OBJECTS } from '../step-functions/limits/item-reader';
import type { TaskResource } from '../step-functions/state-machine';
import type { DeploymentTarget } from './deployment-target';

interface ListObjectsInput {
  readonly Bucket: string;
  readonly Prefix?: string;
}

interface GetObjectInput {
  readonly Bucket: string;
  readonly Key: string;
}

/**
 * Creates the resources with which Distributed Maps read their items from S3, by ARN. Calls are authorized by
 * `authorizeCall`.
 *
 * https://docs.aws.amazon.com/step-functions/latest/dg/input-output-itemreader.html
 */
export function createItemReaders(
  { buckets, functionFaults }: Pick<DeploymentTarget, 'buckets' | 'functionFaults'>,
  authorizeCall: (permissions: readonly Permission[]) => void,
): [string, TaskResource][] {
  const list = ({ Bucket, Prefix = '' }: ListObjectsInput) => {
    const query: Record<string, string> = Prefix === '' ? {} : { prefix: Prefix };
    authorizeCall(listPermissions('ListObjectsV2', { ...REQUEST, bucketName: Bucket, query }));
    const bucket = buckets.findBucket(Bucket);
    if (!bucket) {
      throw noSuchBucket(Bucket);
    }
    return bucket.list({ prefix: Prefix }).objects.map(({ key, eTag, lastModified, body }) => ({
      Etag: eTag,
      Key: key,
      LastModified: lastModified / 1_000,
      Size: body.length,
      StorageClass: 'STANDARD',
    }));
  };
  const get = ({ Bucket, Key }: GetObjectInput) => {
    const request = { ...REQUEST, bucketName: Bucket, key: Key };
    authorizeCall(listPermissions('GetObject', request));
    return findObject(buckets, request).body.toString();
  };
  return [
    [LIST_OBJECTS, createResource('s3:listObjectsV2', list)],
    [GET_OBJECT, createResource('s3:getObject', get)],
  ];

  function createResource<Input>(operation: string, read: (input: Input) => unknown): TaskResource {
    return { invoke: (input) => functionFaults.around(operation, input, async () => read(input as Input)) };
  }
}

/** Parts of a request that an item reader does not use. */
const REQUEST = { method: 'GET', key: '', query: {}, headers: {}, bytes: Buffer.alloc(0) };
