import { respond } from '../protocol/response';
import { S3Error } from '../protocol/s3-error';
import { findRestoration, getRestoreHours, getStorageClass } from '../storage/storage-class';
import { findObject } from './find-object';
import type { S3Operation } from './operation';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Restores an object of an archive storage class for some days. Every tier takes as long as Standard. */
export const restoreObject: S3Operation = {
  method: 'POST',
  on: 'OBJECT',
  marker: { restore: '' },
  call(buckets, request) {
    const object = findObject(buckets, request);
    const now = buckets.now();
    const hours = getRestoreHours(object);
    if (hours === undefined) {
      const text = "Restore is not allowed for the object's current storage class";
      throw new S3Error('InvalidObjectState', text, 403, { StorageClass: getStorageClass(object) });
    }
    const earlier = findRestoration(object, now);
    if (earlier && earlier.readyAt > now) {
      throw new S3Error('RestoreAlreadyInProgress', 'Object restore is already in progress', 409);
    }
    const [, days = '1'] = /<Days>(\d+)<\/Days>/.exec(request.bytes.toString()) ?? [];
    const readyAt = earlier?.readyAt ?? now + hours * HOUR_MS;
    const expiresAt = Math.max(now, readyAt) + Number(days) * DAY_MS;
    buckets.findBucket(request.bucketName)?.restore(object, { readyAt, expiresAt });
    return respond(earlier ? 200 : 202, {}, '');
  },
};
