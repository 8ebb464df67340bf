import { rmSync } from 'node:fs';
import { parseOptions } from './options';
import { formatResult, isComplete } from './print-result';
import { withProgress } from './progress';
import { runDemo } from './run-demo';

/** Runs the demo as the command line says. Its first argument is the folder for temporary files. */
async function main([node = '', script = '', temporaryFolder = '', ...args]: string[]) {
  // A process that ends early has not shown a complete archive, not even if it only waits for a promise that never settles.
  process.exitCode = 1;
  const now = Date.now();
  const options = parseOptions([node, script, ...args], temporaryFolder, now);
  let isArchiveKept = false;
  try {
    const result = await withProgress(options.json, (listener) => runDemo(options, now, listener));
    console.log(options.json ? JSON.stringify(result, null, 2) : formatResult(result));
    isArchiveKept = options.out === temporaryFolder && result.plan !== null;
    process.exitCode = isComplete(result) ? 0 : 1;
  } finally {
    if (!isArchiveKept) {
      rmSync(temporaryFolder, { recursive: true, force: true });
    }
  }
}

void main(process.argv);
