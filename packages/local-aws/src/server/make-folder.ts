import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * Creates a folder, and its parents, unless it exists. Throws an error if it is no folder, or not writable.
 *
 * `mkdirSync` with `recursive` never returns for a folder that the file system rejects with ENOENT, such as /proc/x.
 */
export function makeFolder(folder: string) {
  if (!existsSync(folder)) {
    makeFolder(dirname(folder));
    mkdirSync(folder);
  }
  // The slash makes a file an error.
  accessSync(`${folder}/`, constants.W_OK | constants.X_OK);
}
