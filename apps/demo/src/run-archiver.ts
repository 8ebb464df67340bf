import type { ArchiveItem, ArchiveReport, RunInput } from '@log-archiver/core';
import type { ExecutionEvent, ExecutionResult, LocalAws, StateMachine } from '@log-archiver/local-aws';
import { describeOutcome, listOutcomes } from './outcomes';
import type { Archive } from './read-archive';

/** Measurements of an execution after its end. */
export interface RunResult {
  readonly execution: ExecutionResult['status'];
  readonly cause?: string;
  /** Duration on the virtual clock. */
  readonly seconds: number;
  readonly stateTransitions: number;
  /** Number of attempts to export. */
  readonly exports: number;
  /** Number of log groups and periods by outcome: `ARCHIVED`, `ARCHIVED before`, or the reason. */
  readonly outcomes: Record<string, number>;
  /** Number of errors by name, without those of polling. */
  readonly errors: Record<string, number>;
}

/** Error names of polling: the task has not ended yet. */
const POLLS = ['PENDING', 'RUNNING'];

/** Runs the archiver to its end, and calls `onStep` for each event. */
export async function runArchiver(
  aws: LocalAws,
  stateMachine: StateMachine,
  input: RunInput,
  archive: Archive,
  onStep: (step: string) => void,
): Promise<{ run: RunResult; report: ArchiveReport | undefined }> {
  const execution = stateMachine.startExecution(input, (event) => onStep(describeEvent(event)));
  const result = await aws.waitFor(execution);
  const { events, executionArn, startDate } = execution;
  const report = archive.findReport(executionArn);
  const count = (isOne: (event: ExecutionEvent) => boolean) => events.filter(isOne).length;
  const run: RunResult = {
    execution: result.status,
    ...(result.status === 'FAILED' ? { cause: `${result.error}: ${result.cause}` } : {}),
    seconds: Math.round((aws.clock.now() - startDate) / 1_000),
    stateTransitions: execution.stateTransitions,
    exports: count(({ type, state }) => type === 'StateEntered' && state?.name === 'ExportLogToS3'),
    outcomes: countByName((report ? listOutcomes(report) : []).map(describeOutcome)),
    errors: countByName(events.flatMap((event) => findError(event) ?? [])),
  };
  return { run, report };
}

/** Returns the error with which a function or Lambda failed. `undefined`: the event is not a failure. */
function findError({ type, state, Error: error = '' }: ExecutionEvent): string | undefined {
  return type === 'StateFailed' && state?.type === 'Task' && !POLLS.includes(error) ? error : undefined;
}

function countByName(names: string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const name of names) {
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

/** Describes an event by its log group and period, state, and error. */
function describeEvent({ state, Error: error }: ExecutionEvent): string {
  const { item } = (state?.input ?? {}) as { item?: ArchiveItem };
  const itemParts = item === undefined ? [] : [`${item.period} ${item.logGroupName}`];
  return [...itemParts, state?.name, error].filter((part) => part !== undefined).join(': ');
}
