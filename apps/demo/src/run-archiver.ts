import type { ArchiveItem, ArchiveReport, RunInput } from '@log-archiver/core';
import type { ExecutionEvent, ExecutionResult, LocalAws, StateMachine } from '@log-archiver/local-aws';
import { outcomesIn } from './outcomes';
import type { Archive } from './read-archive';

/** An execution, as somebody sees it who looks at it afterwards. */
export interface Run {
  readonly execution: ExecutionResult['status'];
  readonly cause?: string;
  /** What it took on the virtual clock. */
  readonly seconds: number;
  readonly stateTransitions: number;
  /** How many exports were tried. */
  readonly exports: number;
  /** How many log groups and periods ended how: `ARCHIVED`, or the reason. */
  readonly outcomes: Record<string, number>;
  /** How often it met which error, polls aside. */
  readonly errors: Record<string, number>;
}

/** What a task is not yet is no error. */
const POLLS = ['PENDING', 'RUNNING'];

/** Runs the archiver to its end, and tells of each step. */
export async function runArchiver(
  aws: LocalAws,
  stateMachine: StateMachine,
  request: RunInput,
  archive: Archive,
  onStep: (step: string) => void,
): Promise<{ run: Run; report: ArchiveReport | undefined }> {
  const execution = stateMachine.startExecution(request, (event) => onStep(describe(event)));
  const result = await aws.waitFor(execution);
  const { events, executionArn, startDate } = execution;
  const report = archive.reportOf(executionArn);
  const count = (isOne: (event: ExecutionEvent) => boolean) => events.filter(isOne).length;
  const run: Run = {
    execution: result.status,
    ...(result.status === 'FAILED' ? { cause: `${result.error}: ${result.cause}` } : {}),
    seconds: Math.round((aws.clock.now() - startDate) / 1_000),
    // A state is billed when it is entered, and at each retry.
    stateTransitions: count(({ type }) => type === 'StateEntered' || type === 'StateRetried'),
    exports: count(({ type, state }) => type === 'StateEntered' && state?.name === 'ExportLogToS3'),
    outcomes: tally((report ? outcomesIn(report) : []).map(({ status, error }) => error ?? status)),
    errors: tally(events.flatMap((event) => errorIn(event) ?? [])),
  };
  return { run, report };
}

/** An error that a function ended with, or Lambda; `undefined`: the event is no such thing. */
function errorIn({ type, state, Error: error = '' }: ExecutionEvent): string | undefined {
  return type === 'StateFailed' && state?.type === 'Task' && !POLLS.includes(error) ? error : undefined;
}

function tally(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** A state, or an error that is waited for, and of which log group and period. */
function describe({ state, Error: error }: ExecutionEvent): string {
  const { item } = (state?.input ?? {}) as { item?: ArchiveItem };
  const of = item === undefined ? [] : [`${item.period} ${item.logGroupName}`];
  return [...of, state?.name, error].filter((part) => part !== undefined).join(': ');
}
