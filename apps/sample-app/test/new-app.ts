import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';

/** Creates an app whose output is deleted after the tests of the file. */
export function newApp(): App {
  const outdir = mkdtempSync(join(tmpdir(), 'sample-app-'));
  afterAll(() => rmSync(outdir, { recursive: true, force: true }));
  return new App({ outdir });
}
