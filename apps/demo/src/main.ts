import { parseOptions } from './options';
import { formatResult, isComplete } from './print-result';
import { withProgress } from './progress';
import { runDemo } from './run-demo';

async function main() {
  // Whatever ends this process early, a promise that nobody keeps included, has not shown that all is archived.
  process.exitCode = 1;
  const now = Date.now();
  const options = parseOptions(process.argv, now);
  const result = await withProgress(options.json, (listener) => runDemo(options, now, listener));
  console.log(options.json ? JSON.stringify(result, null, 2) : formatResult(result));
  if (isComplete(result)) {
    process.exitCode = 0;
  }
}

void main();
