import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The path of a file with this text. */
export function logFileOf(text: string, name = 'app.log'): string {
  const path = join(mkdtempSync(join(tmpdir(), 'log-archiver-log-')), name);
  writeFileSync(path, text);
  return path;
}
