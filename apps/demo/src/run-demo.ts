import { rmSync } from 'node:fs';
import { join } from 'node:path';
import type { ArchiveWarning, DryRunEstimate, LogGroupTarget, OrphanedTask, RunInput } from '@log-archiver/core';
import {
  type DeployedStack,
  LocalAws,
  NAMED_FAULTS,
  type NamedFault,
  type StateMachine,
} from '@log-archiver/local-aws';
import { TimeZone } from 'aws-cdk-lib';
import { isInPeriods } from './calendar';
import type { History } from './history';
import { findPeriod } from './log-files/log-file';
import { createLogFileHistory } from './log-files/log-file-history';
import type { DemoOptions } from './options';
import { listOutcomes, type Outcome } from './outcomes';
import type { ProgressListener } from './progress';
import { Archive, type ArchivedPeriod, RECEIPTS } from './read-archive';
import { type RunResult, runArchiver } from './run-archiver';
import { createSampleHistory } from './sample-history';
import { shortenCause } from './shorten-cause';
import { synthesizeSample } from './synthesize';
import { writePage } from './write-page';

/** Titles of the steps of the demo, in order. */
export const STEPS = {
  WRITE: 'Writing the logs',
  PLAN: 'Planning (dry run)',
  ARCHIVE: 'Archiving',
  AGAIN: 'Archiving again',
};
export type DemoStep = keyof typeof STEPS;
export type DemoListener = ProgressListener<DemoStep>;

export interface DemoResult {
  readonly periods: string[];
  readonly timeZone: string;
  readonly bucket: string;
  /** File of the page of the last period. `null`: nothing was archived. */
  readonly page: string | null;
  readonly stateMachineArn: string;
  /** Estimate of the dry run. `null`: the input was rejected. */
  readonly plan: DryRunEstimate | null;
  readonly run: RunResult;
  readonly logGroups: (Outcome & ArchivedPeriod)[];
  readonly leftovers: OrphanedTask[];
  /** Warnings of the run. */
  readonly warnings: ArchiveWarning[];
  /** Prefix of the receipts in the bucket, and their number after the run. */
  readonly receipts: { readonly prefix: string; readonly count: number };
  /** Number of events of the periods that were put into the log groups. */
  readonly eventsPutIn: number;
  /** Number of events that the receipts lead to after the run. */
  readonly eventsInArchive: number;
  /** A second run with the same input, and the events in the archive after it. */
  readonly secondRun: RunResult & { readonly eventsInArchive: number };
}

/** Archives log groups on a local AWS: plans, archives, counts the events, and runs again. */
export async function runDemo(options: DemoOptions, now: number, listener: DemoListener): Promise<DemoResult> {
  const { out, timeZone, period } = options;
  const history = createHistory(options, now);

  const aws = new LocalAws({ directory: out, now: history.startsAt });
  const stack = deploySample(aws, options, history);
  const { stateMachine } = stack;
  const logGroups = listTargets(stateMachine).filter(
    ({ logGroupName }) => history.archived?.includes(logGroupName) ?? true,
  );
  const logGroupNames = logGroups.map(({ logGroupName }) => logGroupName);
  const put = await history.write(aws, logGroupNames, listener.reached);
  listener.ended('WRITE');

  const bucketName = stack.bucketNames[0] ?? '';
  const archive = new Archive(aws.buckets, bucketName);
  const input: RunInput = {
    scheduledTime: history.scheduledTime.toInstant().toString(),
    ...(period === undefined ? {} : { period }),
    ...(history.archived === undefined ? {} : { logGroups }),
  };
  const runStep = async (step: DemoStep, stepInput: RunInput) => {
    const result = await runArchiver(aws, stateMachine, stepInput, archive, listener.reached);
    const { cause } = result.run;
    listener.ended(step, cause && shortenCause(cause));
    return result;
  };

  const { report: plan } = await runStep('PLAN', { ...input, dryRun: true });
  const planned = plan ? listOutcomes(plan) : [];
  const first = planned.find(({ status }) => status === 'PLANNED')?.logGroupName ?? '';
  for (const name of new Set(options.fault)) {
    const fault: NamedFault = NAMED_FAULTS[name];
    fault.inject(aws, first);
  }

  const { run, report } = await runStep('ARCHIVE', input);
  const periods = [...new Set(planned.map((outcome) => outcome.period))];
  const isInRun = isInPeriods(periods, timeZone);
  const result = {
    periods,
    timeZone,
    bucket: join(out, bucketName),
    stateMachineArn: stateMachine.stateMachineArn,
    plan: plan?.plan ?? null,
    run,
    logGroups: (report ? listOutcomes(report) : []).map((outcome) => ({ ...outcome, ...archive.find(outcome) })),
    leftovers: report?.leftovers ?? [],
    warnings: report?.warnings ?? [],
    receipts: { prefix: RECEIPTS, count: archive.receipts.length },
    eventsPutIn: put.filter(({ timestamp }) => isInRun(timestamp)).length,
    eventsInArchive: archive.countEvents(),
  };
  const { run: again } = await runStep('AGAIN', input);
  const lastPeriod = periods.at(-1);
  const page = lastPeriod === undefined ? null : await writePage(aws, bucketName, lastPeriod, out);
  return { ...result, page, secondRun: { ...again, eventsInArchive: archive.countEvents() } };
}

/** Deploys the sample. Its cloud assembly is needed only for that, and deleted. */
function deploySample(aws: LocalAws, options: DemoOptions, { imported }: History): DeployedStack {
  const { temporaryFolder, timeZone, granularity } = options;
  const assembly = join(temporaryFolder, 'cdk.out');
  try {
    const props = { timeZone: TimeZone.of(timeZone), granularity, logGroupNames: imported };
    return aws.deploy(synthesizeSample(assembly, props));
  } finally {
    rmSync(assembly, { recursive: true, force: true });
  }
}

function createHistory(options: DemoOptions, now: number): History {
  const { logFiles, timeZone } = options;
  return logFiles
    ? createLogFileHistory(logFiles, findPeriod(logFiles, options, now), timeZone)
    : createSampleHistory(options, now);
}

/** Lists the log groups in the definition of the state machine. */
function listTargets({ definition }: StateMachine): LogGroupTarget[] {
  const parameters = definition.States.PlanArchive?.Parameters as { logGroups: LogGroupTarget[] } | undefined;
  return parameters?.logGroups ?? [];
}
