import { createHash } from 'node:crypto';
import type { ArchiveItem } from './contract';

const MAX_LENGTH = 512;

/**
 * The same name for the same export, so that a task whose id was lost is found again: a start that a reader of the
 * console understands, and a hash of all that makes the export what it is.
 */
export function taskNameOf(
  item: Pick<ArchiveItem, 'logGroupName' | 'period' | 'from' | 'to' | 'destinationPrefix'>,
  s3BucketName: string,
): string {
  const identity = [item.from, item.to, item.logGroupName, s3BucketName, item.destinationPrefix];
  const hash = createHash('sha256').update(JSON.stringify(identity)).digest('hex').slice(0, 32);
  const readable = `log-archiver ${item.period} ${item.logGroupName}`;
  return `${readable.slice(0, MAX_LENGTH - hash.length - 1)} ${hash}`;
}
