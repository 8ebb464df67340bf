import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Sources to compile. */
export interface CompileRun {
  /** @default - all sources of the package */
  readonly rootNames?: string[];
  /** Contents that replace or add files, by absolute path. */
  readonly texts: Record<string, string>;
}

/** Compiles sources, and returns the error messages by absolute path for each run. */
export function compile(runs: CompileRun[]): Record<string, string[]>[] {
  const output = execFileSync(process.execPath, [join(__dirname, 'compile-sources.mjs')], {
    input: JSON.stringify(runs),
    encoding: 'utf8',
    maxBuffer: 64 * 1_024 * 1_024,
  });
  return JSON.parse(output);
}
