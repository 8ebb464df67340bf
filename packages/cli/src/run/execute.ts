import { randomUUID } from 'node:crypto';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type ArchiveSummary, type RunInput, toIsoTime } from '@log-archiver/core';
import { AwsCallError, isTemporary } from '../aws/aws-call-error';
import type { CommandContext } from '../context';
import type { RunRequest } from '../options/run-options';
import { note } from '../output';
import { setSignalHandler } from '../signals';

/** An execution that has ended. */
export interface EndedExecution {
  readonly executionArn: string;
  /** AWS's status: `SUCCEEDED`, `FAILED`, `TIMED_OUT` or `ABORTED`. */
  readonly status: string;
  /** ISO 8601. */
  readonly startDate: string | null;
  readonly stopDate: string | null;
  /** `null` unless the execution succeeded. Not of an archiver if the state machine is another one. */
  readonly output: unknown;
  /** Error name; `null` unless the execution failed. */
  readonly error: string | null;
  readonly cause: string | null;
}

/** Display of a running execution. */
export interface Progress {
  /** Called at each poll. */
  update(executionArn: string): Promise<void>;
  stop(): void;
}

const POLL_INTERVAL_MS = 5_000;
/** Maximum number of polls in a row that fail with a temporary error. */
const MAX_FAILED_POLLS = 12;

/**
 * Starts an execution, and waits for its end.
 *
 * If a signal or an error ends the wait, prints how to follow and stop the execution, which continues.
 */
export async function execute(
  sfn: SFNClient,
  { stateMachineArn, aws }: Pick<RunRequest, 'stateMachineArn' | 'aws'>,
  input: RunInput,
  context: CommandContext,
  progress: Progress = { update: async () => undefined, stop: () => undefined },
): Promise<EndedExecution> {
  // With a name, a repeated call starts no second execution, and the ARN is known before the answer.
  const name = randomUUID();
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const detach = (state: string) => {
    progress.stop();
    note(context, describeDetachment(state, executionArn, input, aws));
  };
  const detachFromRunning = () => detach('detached; the execution continues');
  try {
    setSignalHandler(() => detach('detached; the execution may have started'));
    await start(sfn, stateMachineArn, name, input);
    setSignalHandler(detachFromRunning);
    note(context, `started ${input.dryRun ? 'a dry run' : 'a run'}: ${executionArn}`);
    try {
      return await waitForEnd(sfn, executionArn, context, progress);
    } catch (error) {
      detachFromRunning();
      throw error;
    }
  } finally {
    setSignalHandler();
    progress.stop();
  }
}

/** Returns the summary of a run; `undefined`: the execution failed, another run was active, or no archiver ran. */
export function getSummary({ output }: EndedExecution): ArchiveSummary | undefined {
  return isObject(output) && 'reportKey' in output ? (output as ArchiveSummary) : undefined;
}

/** Returns the ARN of the active run because of which a run did nothing. */
export function getActiveRun({ output }: EndedExecution): string | undefined {
  return isObject(output) && 'standsAsideFor' in output ? String(output.standsAsideFor) : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

async function start(sfn: SFNClient, stateMachineArn: string, name: string, input: RunInput): Promise<void> {
  try {
    await sfn.send(new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(input) }));
  } catch (error) {
    // The execution of an earlier attempt, whose answer was lost, has already ended.
    if (!(error instanceof AwsCallError && error.name === 'ExecutionAlreadyExists')) {
      throw error;
    }
  }
}

async function waitForEnd(
  sfn: SFNClient,
  executionArn: string,
  { wait }: CommandContext,
  progress: Progress,
): Promise<EndedExecution> {
  let failedPolls = 0;
  for (;;) {
    try {
      const { status = 'RUNNING', ...end } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
      if (status !== 'RUNNING') {
        return describeEnd(executionArn, status, end);
      }
      failedPolls = 0;
    } catch (error) {
      failedPolls += 1;
      if (failedPolls > MAX_FAILED_POLLS || !(isTemporary(error) || isUnknown(error))) {
        throw error;
      }
    }
    await progress.update(executionArn);
    await wait(POLL_INTERVAL_MS);
  }
}

/** Whether AWS does not show the execution yet: DescribeExecution is eventually consistent. */
function isUnknown(error: unknown): boolean {
  return error instanceof AwsCallError && error.name === 'ExecutionDoesNotExist';
}

function describeEnd(
  executionArn: string,
  status: string,
  { startDate, stopDate, output, error, cause }: Omit<DescribeExecutionCommandOutput, 'status'>,
): EndedExecution {
  const formatTime = (time?: Date) => (time === undefined ? null : toIsoTime(time.getTime()));
  return {
    ...{ executionArn, status, startDate: formatTime(startDate), stopDate: formatTime(stopDate) },
    output: output === undefined ? null : JSON.parse(output),
    ...{ error: error ?? null, cause: cause ?? null },
  };
}

function describeDetachment(state: string, executionArn: string, { dryRun }: RunInput, aws: RunRequest['aws']): string {
  const options = [
    `--execution-arn ${executionArn} --region ${aws.region}`,
    ...(aws.profile === undefined ? [] : [`--profile ${aws.profile}`]),
    ...(aws.endpointUrl === undefined ? [] : [`--endpoint-url ${aws.endpointUrl}`]),
  ].join(' ');
  return [
    `${state}: ${executionArn}`,
    ...(dryRun ? ['This execution is a dry run and exports nothing.'] : []),
    `to follow: aws stepfunctions describe-execution ${options}`,
    `to stop: aws stepfunctions stop-execution ${options}`,
  ].join('\n');
}
