import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Listr } from 'listr2';
import { type DemoListener, type DemoStep, STEPS } from './run-demo';

const TITLES: Record<DemoStep, string> = {
  WRITE: 'Writing the logs',
  PLAN: 'Planning (dry run)',
  ARCHIVE: 'Archiving',
  AGAIN: 'Archiving again',
};

/** Shows the progress of the demo: live in a terminal, by step elsewhere, and nothing if it is silent. */
export async function withProgress<T>(isSilent: boolean, work: (listener: DemoListener) => Promise<T>): Promise<T> {
  const events = new EventEmitter();
  const ends = new Map(STEPS.map((step) => [step, once(events, step)]));
  // After the first output, because synthesizing the stack keeps the process busy for a while.
  const result = setImmediate().then(() =>
    work({
      reached: (what) => events.emit('reached', what),
      ended: (step, error) => events.emit(step, error),
    }),
  );
  const tasks = new Listr(
    STEPS.map((step) => ({
      title: TITLES[step],
      async task(_, task) {
        if (process.stdout.isTTY) {
          events.removeAllListeners('reached').on('reached', (what: string) => {
            task.output = what;
          });
        }
        const [error] = await Promise.race([ends.get(step) ?? [], result.then(() => [])]);
        if (error !== undefined) {
          throw new Error(error);
        }
      },
    })),
    {
      exitOnError: false,
      fallbackRenderer: 'simple',
      silentRendererCondition: isSilent,
      // The parent process handles Ctrl-C.
      registerSignalListeners: false,
    },
  );
  await tasks.run();
  return result;
}
