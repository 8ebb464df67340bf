import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folder of all tests, deleted at the end of the process. */
const root = mkdtempSync(join(tmpdir(), 'log-archiver-demo-test-'));
let count = 0;

process.once('exit', () => rmSync(root, { recursive: true, force: true }));

/** Creates an empty folder. */
export function createFolder(): string {
  count += 1;
  const folder = join(root, String(count));
  mkdirSync(folder);
  return folder;
}

/** Writes a log file into a folder of its own. Returns its path. */
export function writeLogFile(text: string, name = 'app.log'): string {
  const path = join(createFolder(), name);
  writeFileSync(path, text);
  return path;
}
