import { mkdirSync, rmSync } from 'node:fs';
import { formatAccounts } from './accounts/print-accounts';
import { ACCOUNTS_STEPS, isAsExpected, runAccounts } from './accounts/run-accounts';
import { type DemoOptions, parseOptions } from './options';
import { formatResult, isComplete } from './print-result';
import { withProgress } from './progress';
import { runDemo, STEPS } from './run-demo';

/** Runs the demo as the command line says. Its first argument is the folder for temporary files. */
async function main([node = '', script = '', temporaryFolder = '', ...args]: string[]) {
  // A process that ends early has not shown a complete archive, not even if it only waits for a promise that never settles.
  process.exitCode = 1;
  const now = Date.now();
  const options = parseOptions([node, script, ...args], temporaryFolder, now);
  let isArchiveKept = false;
  mkdirSync(temporaryFolder);
  try {
    const { hasArchive, isShown } = await show(options, now);
    isArchiveKept = options.out === temporaryFolder && hasArchive;
    process.exitCode = isShown ? 0 : 1;
  } finally {
    if (!isArchiveKept) {
      rmSync(temporaryFolder, { recursive: true, force: true });
    }
  }
}

/** Shows one account with its own bucket, or several with one archive bucket. `isShown`: the result is as it should be. */
async function show(options: DemoOptions, now: number): Promise<{ hasArchive: boolean; isShown: boolean }> {
  const { json, accounts = 1 } = options;
  if (accounts === 1) {
    const result = await withProgress(json, STEPS, (listener) => runDemo(options, now, listener));
    console.log(json ? JSON.stringify(result, null, 2) : formatResult(result));
    return { hasArchive: result.plan !== null, isShown: isComplete(result) };
  }
  const result = await withProgress(json, ACCOUNTS_STEPS, (listener) =>
    runAccounts({ ...options, accounts }, now, listener),
  );
  console.log(json ? JSON.stringify(result, null, 2) : formatAccounts(result));
  return { hasArchive: true, isShown: isAsExpected(result) };
}

main(process.argv).catch((error: NodeJS.ErrnoException) => {
  // Errors of the file system, such as a missing TMPDIR or a full disk, have a message that needs no stack trace.
  console.error(error.syscall === undefined ? error : `error: ${error.message}`);
});
