import { randomUUID } from 'node:crypto';
import {
  DescribeExecutionCommand,
  type DescribeExecutionCommandOutput,
  type SFNClient,
  StartExecutionCommand,
} from '@aws-sdk/client-sfn';
import { type ArchiveSummary, type RunInput, toIsoTime } from '@log-archiver/core';
import { AwsCallError } from '../aws/aws-call-error';
import type { CommandContext } from '../context';
import type { RunRequest } from '../options/run-options';
import { note } from '../output';
import { setSignalHandler } from '../signals';

/** Output of an execution that succeeded. */
export type RunOutput = ArchiveSummary | { readonly standsAsideFor: string };

/** An execution that has ended. */
export interface EndedExecution {
  readonly executionArn: string;
  /** AWS's status: `SUCCEEDED`, `FAILED`, `TIMED_OUT` or `ABORTED`. */
  readonly status: string;
  /** ISO 8601. */
  readonly startDate: string | null;
  readonly stopDate: string | null;
  /** `null` unless the execution succeeded. */
  readonly output: RunOutput | null;
  /** Error name; `null` unless the execution failed. */
  readonly error: string | null;
  readonly cause: string | null;
}

/** Display of an execution that runs. */
export interface Progress {
  /** Called at each poll. */
  update(executionArn: string): Promise<void>;
  stop(): void;
}

const POLL_INTERVAL_MS = 5_000;
/** Polls at the start for which the execution may be unknown: DescribeExecution is eventually consistent. */
const MAX_UNKNOWN_POLLS = 12;

/** Starts an execution, and waits for its end. A signal, or an error of a poll, prints that the execution continues. */
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

/** Returns the summary of a run; `undefined`: the execution failed, or ended because another run was active. */
export function getSummary({ output }: EndedExecution): ArchiveSummary | undefined {
  return output === null || 'standsAsideFor' in output ? undefined : output;
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
  for (let poll = 1; ; poll++) {
    const { status, ...end } = await describe(sfn, executionArn, poll);
    if (status !== 'RUNNING') {
      const formatTime = (time?: Date) => (time === undefined ? null : toIsoTime(time.getTime()));
      return {
        ...{ executionArn, status, startDate: formatTime(end.startDate), stopDate: formatTime(end.stopDate) },
        output: end.output === undefined ? null : JSON.parse(end.output),
        ...{ error: end.error ?? null, cause: end.cause ?? null },
      };
    }
    await progress.update(executionArn);
    await wait(POLL_INTERVAL_MS);
  }
}

async function describe(
  sfn: SFNClient,
  executionArn: string,
  poll: number,
): Promise<Partial<DescribeExecutionCommandOutput> & { status: string }> {
  try {
    const { status = 'RUNNING', ...end } = await sfn.send(new DescribeExecutionCommand({ executionArn }));
    return { status, ...end };
  } catch (error) {
    if (error instanceof AwsCallError && error.name === 'ExecutionDoesNotExist' && poll <= MAX_UNKNOWN_POLLS) {
      return { status: 'RUNNING' };
    }
    throw error;
  }
}

function describeDetachment(state: string, executionArn: string, { dryRun }: RunInput, aws: RunRequest['aws']): string {
  const options = [
    `--execution-arn ${executionArn} --region ${aws.region}`,
    ...(aws.profile === undefined ? [] : [`--profile ${aws.profile}`]),
    ...(aws.endpointUrl === undefined ? [] : [`--endpoint-url ${aws.endpointUrl}`]),
  ].join(' ');
  return [
    `${state}: ${executionArn}`,
    ...(dryRun ? ['It is a dry run, which exports nothing.'] : []),
    `to follow it: aws stepfunctions describe-execution ${options}`,
    `to stop it: aws stepfunctions stop-execution ${options}`,
  ].join('\n');
}
