import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Sources to compile. */
export interface CompileRun {
  /** @default - all sources of the package */
  readonly rootNames?: string[];
  /** Contents that replace or add files, by absolute path. */
  readonly texts: Record<string, string>;
}

/** Returns the TypeScript examples of a document. */
export function readExamples(file: string): string[] {
  return [...readFileSync(file, 'utf8').matchAll(/^```ts\n(.*?)^```$/gms)].map(([, example]) => String(example));
}

/** Compiles sources, and returns the error messages by absolute path for each run. The configuration is a file of the package. */
export function compile(runs: CompileRun[], config = 'tsconfig.json'): Record<string, string[]>[] {
  const output = execFileSync(process.execPath, [join(__dirname, 'compile-sources.mjs'), config], {
    input: JSON.stringify(runs),
    encoding: 'utf8',
    maxBuffer: 64 * 1_024 * 1_024,
  });
  return JSON.parse(output);
}
