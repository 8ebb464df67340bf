import { EventEmitter, once } from 'node:events';
import { setImmediate } from 'node:timers/promises';
import type { ArchiveOutcome } from '@log-archiver/core';
import { Listr, type ListrTask } from 'listr2';
import type { DemoListener } from './run-demo';

/** Shows how far the demo is: live in a terminal, in plain lines elsewhere, and not at all where it is to be silent. */
export async function withProgress<T>(isSilent: boolean, work: (listener: DemoListener) => Promise<T>): Promise<T> {
  const story = new EventEmitter();
  const outcomes = new Map<string, Promise<ArchiveOutcome>>();
  const archiving: Promise<string[]> = once(story, 'archiving');
  // Once the first picture is there: making the stack keeps the process busy for a while.
  const result = setImmediate().then(() =>
    work({
      writing: (month) => story.emit('writing', month),
      archiving(period, logGroupNames) {
        for (const name of logGroupNames) {
          outcomes.set(
            name,
            once(story, `ended ${name}`).then(([outcome]) => outcome),
          );
        }
        story.emit('archiving', period);
      },
      reached: (logGroupName, step) => story.emit(`reached ${logGroupName}`, step),
      ended: (outcome) => story.emit(`ended ${outcome.logGroupName}`, outcome),
    }),
  );
  const tasks = new Listr(
    [
      {
        title: 'Writing the logs',
        async task(_, task) {
          story.on('writing', (month: string) => show(task, month));
          await Promise.race([archiving, result]);
        },
      },
      {
        title: 'Archiving',
        async task(_, task) {
          await Promise.race([archiving, result]);
          const [period] = await archiving;
          task.title = `Archiving ${period}`;
          return task.newListr(
            [...outcomes].map(([name, outcome]) => logGroupTask(name, outcome, story, result)),
            { concurrent: true, exitOnError: false },
          );
        },
      },
    ],
    {
      exitOnError: false,
      fallbackRenderer: 'simple',
      silentRendererCondition: isSilent,
      rendererOptions: { collapseErrors: false, collapseSkips: false, collapseSubtasks: false },
    },
  );
  await tasks.run();
  return result;
}

function logGroupTask(
  name: string,
  outcome: Promise<ArchiveOutcome>,
  story: EventEmitter,
  result: Promise<unknown>,
): ListrTask {
  return {
    title: name,
    async task(_, task) {
      // A plain line has to say whose it is.
      const start = process.stdout.isTTY ? '' : `${name}: `;
      story.on(`reached ${name}`, (step: string) => show(task, start + step));
      const end = await Promise.race([outcome, result.then(() => undefined)]);
      if (end?.status === 'SKIPPED') {
        task.skip(`${name}: ${end.error}`);
      } else if (end?.status !== 'ARCHIVED') {
        throw new Error(`${name}: ${end?.error ?? 'no outcome'}`);
      }
    },
  };
}

/** A line for what is new. */
function show(task: { output: string }, step: string) {
  if (task.output !== step) {
    task.output = step;
  }
}
