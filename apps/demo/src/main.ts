import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

/**
 * Runs the demo in a process of its own, which this process ends on Ctrl-C.
 *
 * Loading and synthesizing keep the demo busy for seconds, in which it could not react. A demo that ends by itself
 * deletes its temporary files, except the archive that it shows.
 */
function main(args: string[]) {
  const temporaryFolder = join(tmpdir(), `log-archiver-demo-${randomUUID().slice(0, 8)}`);
  const demo = spawn(process.execPath, [join(__dirname, 'demo.js'), temporaryFolder, ...args], { stdio: 'inherit' });
  let endedBy: NodeJS.Signals | undefined;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      endedBy ??= signal;
      demo.kill('SIGKILL');
    });
  }
  demo.once('exit', (exitCode, signal) => {
    if (exitCode !== null) {
      process.exitCode = exitCode;
      return;
    }
    endedBy ??= signal ?? 'SIGKILL';
    process.exitCode = 128 + constants.signals[endedBy];
    rmSync(temporaryFolder, { recursive: true, force: true });
    showCursor();
    console.error(`Ended by ${endedBy}. ${describeFilesLeft(args)}`);
  });
}

/** Shows the cursor of the terminal again. The progress of the demo hides it. */
function showCursor() {
  if (process.stdout.isTTY) {
    process.stdout.write('\u001b[?25h\n');
  }
}

function describeFilesLeft(args: string[]): string {
  const { out } = parseArgs({ args, options: { out: { type: 'string' } }, strict: false }).values;
  return typeof out === 'string' && existsSync(out)
    ? `The files written so far are in ${resolve(out)}.`
    : 'The demo left no files.';
}

main(process.argv.slice(2));
