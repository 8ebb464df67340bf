import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveOutcome, ArchiveRequest, LogGroupTarget } from '@log-archiver/core';
import {
  type ExecutionEvent,
  type ExecutionResult,
  LocalAws,
  NAMED_FAULTS,
  type NamedFault,
  type StateMachine,
} from '@log-archiver/local-aws';
import { TimeZone } from 'aws-cdk-lib';
import { isInPeriod } from './calendar';
import { type ArchivedCount, countArchive } from './count-archive';
import type { History } from './history';
import { logFileHistory } from './log-files/log-file-history';
import type { DemoOptions } from './options';
import { sampleHistory } from './sample-history';
import { synthesizeSample } from './synthesize';

/** What the demo tells while it runs. */
export interface DemoListener {
  writing(month: string): void;
  archiving(period: string, logGroupNames: string[]): void;
  /** A log group has reached a state of the state machine, or an error that is waited for. */
  reached(logGroupName: string, step: string): void;
  ended(outcome: ArchiveOutcome): void;
}

export interface DemoResult {
  readonly period: string;
  readonly timeZone: string;
  readonly bucket: string;
  readonly stateMachineArn: string;
  readonly execution: ExecutionResult['status'];
  readonly cause?: string;
  /** What the run took on the virtual clock. */
  readonly seconds: number;
  readonly logGroups: (Pick<ArchiveOutcome, 'logGroupName' | 'status' | 'error'> & ArchivedCount)[];
  readonly eventsPutIn: number;
  readonly eventsInArchive: number;
}

/** Archives a period of log groups on a local AWS, and counts. */
export async function runDemo(options: DemoOptions, now: number, listener: DemoListener): Promise<DemoResult> {
  const { timeZone, frequency } = options;
  const history = historyOf(options, now);
  const { period, scheduledTime } = history;
  const directory = options.out ?? mkdtempSync(join(tmpdir(), 'log-archiver-demo-'));

  const aws = new LocalAws({ directory, now: history.startsAt });
  const stack = aws.deploy(
    synthesizeSample({ timeZone: TimeZone.of(timeZone), frequency, logGroupNames: history.imported }),
  );
  const logGroups = targetsOf(stack.stateMachine).filter(
    ({ logGroupName }) => history.archived?.includes(logGroupName) ?? true,
  );
  const logGroupNames = logGroups.map(({ logGroupName }) => logGroupName);
  const put = await history.write(aws, logGroupNames, listener.writing);

  listener.archiving(period, logGroupNames);
  for (const name of new Set(options.fault)) {
    const fault: NamedFault = NAMED_FAULTS[name];
    fault.arrange(aws, logGroupNames[0] ?? '');
  }
  const startedAt = aws.clock.now();
  const outcomes: ArchiveOutcome[] = [];
  const execution = stack.stateMachine.startExecution(
    {
      scheduledTime: scheduledTime.toInstant().toString(),
      ...(options.period === undefined ? {} : { period }),
      ...(history.archived === undefined ? {} : { logGroups }),
    } satisfies ArchiveRequest,
    (event) => tell(event, listener, outcomes),
  );
  const result = await aws.waitFor(execution);

  const bucket = stack.bucketNames[0] ?? '';
  const isOfPeriod = isInPeriod(period, timeZone);
  return {
    period,
    timeZone,
    bucket: join(directory, bucket),
    stateMachineArn: stack.stateMachine.stateMachineArn,
    execution: result.status,
    ...(result.status === 'FAILED' ? { cause: `${result.error}: ${result.cause}` } : {}),
    seconds: Math.round((aws.clock.now() - startedAt) / 1_000),
    logGroups: outcomes.map(({ logGroupName, status, error, destinationPrefix, taskId }) => ({
      logGroupName,
      status,
      error,
      ...countArchive(aws.files, bucket, `${destinationPrefix}/${taskId}/`),
    })),
    eventsPutIn: put.filter(({ timestamp }) => isOfPeriod(timestamp)).length,
    eventsInArchive: countArchive(aws.files, bucket, '').events,
  };
}

function historyOf(options: DemoOptions, now: number): History {
  const { logFiles, period, timeZone } = options;
  return logFiles && period ? logFileHistory(logFiles, period, timeZone) : sampleHistory(options, now);
}

/** The log groups that the definition names. */
function targetsOf({ definition }: StateMachine): LogGroupTarget[] {
  const parameters = definition.States.Defaults?.Parameters as { defaults: Required<ArchiveRequest> } | undefined;
  return parameters?.defaults.logGroups ?? [];
}

function tell({ type, state, Error: error }: ExecutionEvent, listener: DemoListener, outcomes: ArchiveOutcome[]) {
  const logGroupName = (state?.input as { target?: LogGroupTarget } | undefined)?.target?.logGroupName;
  if (state === undefined || logGroupName === undefined) {
    return;
  }
  if (type === 'StateExited' && ['Archived', 'Skipped', 'Failed'].includes(state.name)) {
    const outcome = state.output as ArchiveOutcome;
    outcomes.push(outcome);
    listener.ended(outcome);
  } else if (type === 'StateEntered' || type === 'StateFailed') {
    listener.reached(logGroupName, error === undefined ? state.name : `${state.name}: ${error}`);
  }
}
