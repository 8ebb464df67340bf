import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';

/** Creates an app whose output is deleted at the end of the process. */
export function newApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'sample-app-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  return new App({ outdir });
}
