#!/usr/bin/env node
import { setTimeout } from 'node:timers/promises';
import { main } from './main';
import { handleSignal } from './signals';
import { removeTemporaryFolders } from './temporary-folders';

// A user of the command cannot act on this warning, which is for authors.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true';

for (const [signal, exitCode] of [
  ['SIGINT', 130],
  ['SIGTERM', 143],
  ['SIGHUP', 129],
] as const) {
  process.once(signal, () => {
    removeTemporaryFolders();
    void handleSignal().finally(() => process.exit(exitCode));
  });
}

const { stdin, stdout, stderr } = process;
void main(process.argv.slice(2), { stdin, stdout, stderr, now: Date.now, wait: setTimeout }).then((exitCode) => {
  process.exitCode = exitCode;
});
