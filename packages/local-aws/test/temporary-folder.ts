import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Folder of all tests, deleted at the end of the process. */
const root = mkdtempSync(join(tmpdir(), 'local-aws-'));

process.once('exit', () => rmSync(root, { recursive: true, force: true }));

/** Creates an empty folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(root, 'test-'));
}
