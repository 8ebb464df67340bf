import { RestoreObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import type { ArchiveBucket } from '@log-archiver/verify-archive/archive-bucket';
import { PARALLEL_CALLS } from './find-archives';
import type { SourceTask } from './list-tasks';
import { isArchived, listTaskObjects, type ObjectCount, type ScannedObjects } from './scan-objects';

/** Days for which S3 keeps the copies. */
export const RESTORE_DAYS = 3;
/**
 * Prices in US dollars of us-east-1, retrieval tier Standard. `docs/storage-cost.md` has the sources.
 *
 * Other Regions differ by about 10 %, so the estimate names its Region.
 */
const PRICES: Record<string, { perGigabyte: number; perThousandRequests: number; duration: string }> = {
  GLACIER: { perGigabyte: 0.01, perThousandRequests: 0.05, duration: '3 to 5 hours' },
  DEEP_ARCHIVE: { perGigabyte: 0.02, perThousandRequests: 0.1, duration: 'up to 12 hours' },
};
const COPY_PER_GIGABYTE_AND_MONTH = 0.023;
/** S3 bills gigabytes of this size. https://aws.amazon.com/s3/faqs/ */
const GIGABYTE = 1_024 ** 3;
const BATCH_OBJECTS = 1_000;

/** Describes the objects that must be restored, and the cost. */
export function describeArchived(archived: ScannedObjects['archived']): string {
  return [...archived]
    .map(([storageClass, count]) => {
      const { duration } = PRICES[storageClass] ?? { duration: 'hours' };
      const { objects } = count;
      return (
        `${objects} ${objects === 1 ? 'object' : 'objects'} (${formatBytes(count)}) of storage class ${storageClass}; ` +
        `restoring takes ${duration} and costs ${formatCost(estimateCost(storageClass, count))} at prices of us-east-1`
      );
    })
    .join(', and ');
}

/** Estimates the price of the retrieval, and of the copies. */
export function estimateCost(storageClass: string, { objects, bytes }: ObjectCount): number {
  const { perGigabyte = 0, perThousandRequests = 0 } = PRICES[storageClass] ?? {};
  const gigabytes = bytes / GIGABYTE;
  const copies = (gigabytes * COPY_PER_GIGABYTE_AND_MONTH * RESTORE_DAYS) / 30;
  return gigabytes * perGigabyte + (objects / 1_000) * perThousandRequests + copies;
}

/** Requests the restoration of all objects of the tasks that need it. */
export async function requestRestoration(
  bucket: ArchiveBucket,
  s3: S3Client,
  tasks: readonly SourceTask[],
  stream: string | undefined,
): Promise<void> {
  for (const task of tasks) {
    let keys: string[] = [];
    for await (const object of listTaskObjects(bucket, task, stream)) {
      if (isArchived(object) && object.restore === undefined) {
        keys.push(object.key);
      }
      if (keys.length === BATCH_OBJECTS) {
        await restoreKeys(bucket, s3, keys);
        keys = [];
      }
    }
    await restoreKeys(bucket, s3, keys);
  }
}

async function restoreKeys({ s3BucketName }: ArchiveBucket, s3: S3Client, keys: readonly string[]) {
  await inParallel(keys, PARALLEL_CALLS, async (Key) => {
    const RestoreRequest = { Days: RESTORE_DAYS, GlacierJobParameters: { Tier: 'Standard' as const } };
    try {
      await s3.send(new RestoreObjectCommand({ Bucket: s3BucketName, Key, RestoreRequest }));
    } catch (error) {
      if ((error as Error).name !== 'RestoreAlreadyInProgress') {
        throw error;
      }
    }
  });
}

function formatCost(dollars: number): string {
  return dollars < 0.01 ? 'less than $0.01' : `about $${dollars.toFixed(2)}`;
}

function formatBytes({ bytes }: ObjectCount): string {
  return bytes < 1e6
    ? `${bytes} bytes`
    : bytes < 1e9
      ? `${(bytes / 1e6).toFixed(1)} MB`
      : `${(bytes / 1e9).toFixed(1)} GB`;
}
