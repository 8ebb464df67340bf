import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ArchiveOutcome, ArchiveRequest, LogGroupTarget } from '@log-archiver/core';
import { type ExecutionEvent, type ExecutionResult, LocalAws, type StateMachine } from '@log-archiver/local-aws';
import { TimeZone } from 'aws-cdk-lib';
import { isInPeriod, lastPeriod, lastScheduledTime } from './calendar';
import { type ArchivedCount, countArchive } from './count-archive';
import { IMPORTED, startOfHistory, writeHistory } from './history';
import type { DemoOptions } from './options';
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
  readonly execution: ExecutionResult['status'];
  readonly cause?: string;
  readonly logGroups: (Pick<ArchiveOutcome, 'logGroupName' | 'status' | 'error'> & ArchivedCount)[];
  readonly eventsPutIn: number;
  readonly eventsInArchive: number;
}

/** Archives the last period of the sample's log groups on a local AWS that has three months of events. */
export async function runDemo(options: DemoOptions, now: number, listener: DemoListener): Promise<DemoResult> {
  const { timeZone, frequency } = options;
  const scheduledTime = lastScheduledTime(now, timeZone, frequency);
  const period = options.period ?? lastPeriod(scheduledTime, frequency);
  const directory = options.out ?? mkdtempSync(join(tmpdir(), 'log-archiver-demo-'));

  const aws = new LocalAws({ directory, now: startOfHistory(scheduledTime).epochMilliseconds });
  const stack = aws.deploy(
    synthesizeSample({ timeZone: TimeZone.of(timeZone), frequency, logGroupNames: Object.values(IMPORTED) }),
  );
  const logGroupNames = targetNamesOf(stack.stateMachine);
  const put = await writeHistory(aws, logGroupNames, scheduledTime, listener.writing);

  listener.archiving(period, logGroupNames);
  const outcomes: ArchiveOutcome[] = [];
  const execution = stack.stateMachine.startExecution(
    { scheduledTime: scheduledTime.toInstant().toString(), ...(options.period === undefined ? {} : { period }) },
    (event) => tell(event, listener, outcomes),
  );
  const result = await aws.waitFor(execution);

  const bucket = stack.bucketNames[0] ?? '';
  const isOfPeriod = isInPeriod(period, timeZone);
  return {
    period,
    timeZone,
    bucket: join(directory, bucket),
    execution: result.status,
    ...(result.status === 'FAILED' ? { cause: `${result.error}: ${result.cause}` } : {}),
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

/** The log groups that the definition names. */
function targetNamesOf({ definition }: StateMachine): string[] {
  const parameters = definition.States.Defaults?.Parameters as { defaults: Required<ArchiveRequest> } | undefined;
  return (parameters?.defaults.logGroups ?? []).map(({ logGroupName }) => logGroupName);
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
