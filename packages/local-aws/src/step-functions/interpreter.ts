import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type * as Interpreter from 'aws-local-stepfunctions';
import type { VirtualClock } from '../virtual-clock';

const path = require.resolve('aws-local-stepfunctions');

/**
 * aws-local-stepfunctions on a clock of ours. It waits with the global timers and cannot be given others, so its file
 * is wrapped the way Node wraps every module, with `setTimeout`, `clearTimeout` and `Date` beside `require`.
 */
export function loadInterpreter({ timers }: VirtualClock): typeof Interpreter {
  providePromiseWithResolvers();
  const module = { exports: {} as typeof Interpreter };
  const wrapped = new Function(
    ...['module', 'exports', 'require', 'setTimeout', 'clearTimeout', 'Date'],
    `${readFileSync(path, 'utf8')}\n//# sourceURL=${path}`,
  );
  wrapped(module, module.exports, createRequire(path), timers.setTimeout, timers.clearTimeout, timers.Date);
  return module.exports;
}

/** The interpreter is written for Node 22; this is all that Node 20 lacks. */
function providePromiseWithResolvers() {
  const promise = Promise as unknown as { withResolvers?: () => unknown };
  promise.withResolvers ??= () => {
    const resolvers: Record<string, unknown> = {};
    resolvers.promise = new Promise((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
    return resolvers;
  };
}
