import { type LocalAws, operatorCancelsTask } from '@log-archiver/local-aws';
import { ORDERS, PAYMENTS } from '../../archiver';
import { prepareMonthEnd, recover, runScenario } from '../october-scenario';

const HOUR = 3_600;
const ALL = 'orders payments';
const FAILS = { ends: 'FAILED' } as const;
const TAKES_TOO_LONG = { runningSeconds: 25 * HOUR };

/** Endings of an export task other than `COMPLETED`. */
export const ENDINGS = {
  fails: ({ logs }: LocalAws, logGroupName: string) => logs.exportTasks.script(logGroupName, FAILS),
  'fails twice': ({ logs }: LocalAws, logGroupName: string) => logs.exportTasks.script(logGroupName, FAILS, FAILS),
  'is cancelled by an operator': operatorCancelsTask,
  'is given up after 24 hours': ({ logs }: LocalAws, logGroupName: string) =>
    logs.exportTasks.script(logGroupName, TAKES_TOO_LONG),
};

export type EndingCase = [
  ending: keyof typeof ENDINGS,
  /** Log groups whose export task ends so. */
  logGroupNames: string[],
  /** Number of runs in which it ends so. */
  runs: number,
  /** A `*`: the entry names an export task. */
  outcomes: string,
  creations: number,
  looks: number,
  seconds: number,
  archived: string,
  /** Export tasks that the same input creates in the next run. */
  again: number,
];

export const ENDING_CASES: EndingCase[] = [
  ['fails', [ORDERS], 1, 'ARCHIVED ARCHIVED', 3, 79, 69, ALL, 0],
  ['fails', [ORDERS, PAYMENTS], 1, 'ARCHIVED ARCHIVED', 4, 104, 92, ALL, 0],
  ['fails twice', [ORDERS], 1, 'FAILED* ARCHIVED', 3, 78, 69, 'payments', 1],
  ['fails twice', [ORDERS, PAYMENTS], 2, 'FAILED* FAILED*', 4, 102, 92, '', 2],
  ['is cancelled by an operator', [ORDERS], 1, 'CANCELLED* ARCHIVED', 2, 36, 30, 'payments', 1],
  ['is cancelled by an operator', [ORDERS, PAYMENTS], 2, 'CANCELLED* CANCELLED*', 2, 17, 12, '', 2],
  // After 23.5 hours, the task is cancelled. The first part waits until it has left the slot.
  ['is given up after 24 hours', [ORDERS], 1, 'ARCHIVED ARCHIVED', 4, 1_810, 84_701, ALL, 0],
  ['is given up after 24 hours', [ORDERS, PAYMENTS], 1, 'ARCHIVED ARCHIVED', 6, 3_566, 169_357, ALL, 0],
];

/** Runs October with the ending, compares each run with its row, and runs it again without the ending. */
export async function checkEnding([ending, logGroupNames, runs, ...expected]: EndingCase) {
  const [outcomes, creations, looks, seconds, archived, again] = expected;
  const archiver = await prepareMonthEnd();
  const runOnce = async () => {
    for (const logGroupName of logGroupNames) {
      ENDINGS[ending](archiver.aws, logGroupName);
    }
    const { run, observation } = await runScenario(archiver);
    expect(observation).toEqual({ outcomes, creations, looks, seconds, archived });
    return run;
  };
  for (let before = 1; before < runs; before += 1) {
    await runOnce();
  }
  expect(await recover(archiver, await runOnce())).toBe(again);
}
