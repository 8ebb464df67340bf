import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Listr } from 'listr2';

/** Receives the progress of the demo. */
export interface ProgressListener<Step> {
  /** Called within a step, with a month, a day or a state of the state machine. */
  reached(what: string): void;
  /** Called at the end of a step. `error`: the execution failed. */
  ended(step: Step, error?: string): void;
}

/** Shows the progress of the steps: live in a terminal, by step elsewhere, and nothing if it is silent. */
export async function withProgress<T, Step extends string>(
  isSilent: boolean,
  titles: Readonly<Record<Step, string>>,
  work: (listener: ProgressListener<Step>) => Promise<T>,
): Promise<T> {
  const events = new EventEmitter();
  const steps = Object.keys(titles) as Step[];
  const ends = new Map(steps.map((step) => [step, once(events, step)]));
  // After the first output, because synthesizing the stack keeps the process busy for a while.
  const result = setImmediate().then(() =>
    work({
      reached: (what) => events.emit('reached', what),
      ended: (step, error) => events.emit(step, error),
    }),
  );
  const tasks = new Listr(
    steps.map((step) => ({
      title: titles[step],
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
