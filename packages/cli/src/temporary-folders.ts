import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folders = new Set<string>();

/** Creates a folder that `removeTemporaryFolders` removes if its owner does not. */
export function createTemporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `log-archiver-${process.pid}-`));
  folders.add(folder);
  return folder;
}

export function removeTemporaryFolder(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  folders.delete(folder);
}

/** Removes the folders that exist. Synchronous, because a process that ends by a signal waits for nothing. */
export function removeTemporaryFolders(): void {
  for (const folder of folders) {
    removeTemporaryFolder(folder);
  }
}
