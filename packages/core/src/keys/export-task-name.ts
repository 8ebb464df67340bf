import { createHmac } from 'node:crypto';
import type { ArchiveItem } from '../contract';
import { MAX_TASK_NAME_LENGTH } from '../limits';

/**
 * Returns the name of an item's export task, by which a task whose id was lost is found again.
 *
 * The name starts with words for a reader of the console. A keyed hash of everything that identifies the export follows, so
 * that the same export always has the same name, and that only the archiver, which has the secret, can predict it.
 */
export function exportTaskName(
  item: Pick<ArchiveItem, 'logGroupName' | 'period' | 'from' | 'to' | 'destinationPrefix'>,
  s3BucketName: string,
  secret: string,
): string {
  const identity = [item.from, item.to, item.logGroupName, s3BucketName, item.destinationPrefix];
  const hash = createHmac('sha256', secret).update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  const readable = `${EXPORT_TASK_NAME_PREFIX}${item.period} ${item.logGroupName}`;
  return `${readable.slice(0, MAX_TASK_NAME_LENGTH - hash.length - 1)} ${hash}`;
}

/** Start of the name of every export task of an archiver. Tasks with other names are foreign. */
export const EXPORT_TASK_NAME_PREFIX = 'log-archiver ';
