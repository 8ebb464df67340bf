import { inParallel } from '@log-archiver/aws-clients/in-parallel';
import { METADATA_PREFIX } from '@log-archiver/core';
import type { ArchiveBucket } from '../archive-bucket';
import { getName, isAccount } from '../keys';

/** Folders that are listed at the same time. */
const PARALLEL_FOLDERS = 20;
/** Longest `keyPrefix` that is found: `<account>/<region>` and two more levels. */
const MAX_LEVELS = 4;
const YEAR = /^\d{4}$/;

/**
 * Finds the `keyPrefix` of each archiver of an archive bucket: the folders that contain `_log-archiver/`.
 *
 * An archive bucket lets each account write only below its own ID. The folders of years contain only the archive.
 */
export async function findKeyPrefixes(bucket: ArchiveBucket): Promise<string[]> {
  const found: string[] = [];
  let folders = [''];
  for (let level = 0; level <= MAX_LEVELS && folders.length > 0; level++) {
    const listed = await inParallel(folders, PARALLEL_FOLDERS, (folder) => bucket.listFolders(folder));
    for (const [index, subfolders] of listed.entries()) {
      if (subfolders.some((subfolder) => getName(subfolder) === METADATA_PREFIX)) {
        found.push((folders[index] as string).replace(/\/$/, ''));
      }
    }
    folders = listed.flat().filter((folder) => canContainArchiver(getName(folder), level));
  }
  return found.sort();
}

function canContainArchiver(name: string, level: number): boolean {
  return level === 0 ? isAccount(name) : !YEAR.test(name) && !name.startsWith('_');
}
