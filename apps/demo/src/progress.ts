import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import { Listr } from 'listr2';
import { type DemoListener, type DemoStep, STEPS } from './run-demo';

const TITLES: Record<DemoStep, string> = {
  WRITE: 'Writing the logs',
  PLAN: 'Planning: the run with dryRun',
  ARCHIVE: 'Archiving',
  AGAIN: 'Archiving again',
};
/** Shows how far the demo is: live in a terminal, by its steps elsewhere, and not at all where it is to be silent. */
export async function withProgress<T>(isSilent: boolean, work: (listener: DemoListener) => Promise<T>): Promise<T> {
  const story = new EventEmitter();
  const ends = new Map(STEPS.map((step) => [step, once(story, step)]));
  // Once the first picture is there: making the stack keeps the process busy for a while.
  const result = setImmediate().then(() =>
    work({
      reached: (what) => story.emit('reached', what),
      ended: (step, error) => story.emit(step, error),
    }),
  );
  const tasks = new Listr(
    STEPS.map((step) => ({
      title: TITLES[step],
      async task(_, task) {
        if (process.stdout.isTTY) {
          story.removeAllListeners('reached').on('reached', (what: string) => {
            task.output = what;
          });
        }
        const [error] = await Promise.race([ends.get(step) ?? [], result.then(() => [])]);
        if (error !== undefined) {
          throw new Error(error);
        }
      },
    })),
    { exitOnError: false, fallbackRenderer: 'simple', silentRendererCondition: isSilent },
  );
  await tasks.run();
  return result;
}
