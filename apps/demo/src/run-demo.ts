import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DryRunEstimate, LogGroupTarget, OrphanedTask, RunInput } from '@log-archiver/core';
import { LocalAws, NAMED_FAULTS, type NamedFault, type StateMachine } from '@log-archiver/local-aws';
import { TimeZone } from 'aws-cdk-lib';
import { isInPeriods } from './calendar';
import type { History } from './history';
import { periodOf } from './log-files/log-file';
import { logFileHistory } from './log-files/log-file-history';
import type { DemoOptions } from './options';
import { type Outcome, outcomesIn } from './outcomes';
import { Archive, type ArchivedPeriod, RECEIPTS } from './read-archive';
import { type Run, runArchiver } from './run-archiver';
import { sampleHistory } from './sample-history';
import { shortCause } from './short-cause';
import { synthesizeSample } from './synthesize';

/** What the demo does, one after the other. */
export const STEPS = ['WRITE', 'PLAN', 'ARCHIVE', 'AGAIN'] as const;
export type DemoStep = (typeof STEPS)[number];

/** What the demo tells while it runs. */
export interface DemoListener {
  /** How far the step is: a month, or a state of the state machine. */
  reached(what: string): void;
  /** `error`: the execution did not succeed. */
  ended(step: DemoStep, error?: string): void;
}

export interface DemoResult {
  readonly periods: string[];
  readonly timeZone: string;
  readonly bucket: string;
  readonly stateMachineArn: string;
  /** What a dry run says would be done; `null`: it was refused. */
  readonly plan: DryRunEstimate | null;
  readonly run: Run;
  readonly logGroups: (Outcome & ArchivedPeriod)[];
  readonly leftovers: OrphanedTask[];
  /** Where the receipts are, in the bucket, and how many there are after the run. */
  readonly receipts: { readonly prefix: string; readonly count: number };
  /** Of the periods; found is what the receipts lead to after the run. */
  readonly eventsPutIn: number;
  readonly eventsInArchive: number;
  /** The same once more, and what is in the archive then. */
  readonly secondRun: Run & { readonly eventsInArchive: number };
}

/** Archives log groups on a local AWS: plans it, does it, counts, and does it again. */
export async function runDemo(options: DemoOptions, now: number, listener: DemoListener): Promise<DemoResult> {
  const { timeZone, granularity, period } = options;
  const history = historyOf(options, now);
  const directory = options.out ?? mkdtempSync(join(tmpdir(), 'log-archiver-demo-'));

  const aws = new LocalAws({ directory, now: history.startsAt });
  const stack = aws.deploy(
    synthesizeSample({ timeZone: TimeZone.of(timeZone), granularity, logGroupNames: history.imported }),
  );
  const { stateMachine } = stack;
  const logGroups = targetsOf(stateMachine).filter(
    ({ logGroupName }) => history.archived?.includes(logGroupName) ?? true,
  );
  const logGroupNames = logGroups.map(({ logGroupName }) => logGroupName);
  const put = await history.write(aws, logGroupNames, listener.reached);
  listener.ended('WRITE');

  const bucketName = stack.bucketNames[0] ?? '';
  const archive = new Archive(aws.files, bucketName);
  const request: RunInput = {
    scheduledTime: history.scheduledTime.toInstant().toString(),
    ...(period === undefined ? {} : { period }),
    ...(history.archived === undefined ? {} : { logGroups }),
  };
  const runFor = async (step: DemoStep, input: RunInput) => {
    const result = await runArchiver(aws, stateMachine, input, archive, listener.reached);
    const { cause } = result.run;
    listener.ended(step, cause && shortCause(cause));
    return result;
  };

  const { report: plan } = await runFor('PLAN', { ...request, dryRun: true });
  const planned = plan ? outcomesIn(plan) : [];
  const first = planned.find(({ status }) => status === 'PLANNED')?.logGroupName ?? '';
  for (const name of new Set(options.fault)) {
    const fault: NamedFault = NAMED_FAULTS[name];
    fault.arrange(aws, first);
  }

  const { run, report } = await runFor('ARCHIVE', request);
  const periods = [...new Set(planned.map((outcome) => outcome.period))];
  const isOfPeriods = isInPeriods(periods, timeZone);
  const result = {
    periods,
    timeZone,
    bucket: join(directory, bucketName),
    stateMachineArn: stateMachine.stateMachineArn,
    plan: plan?.plan ?? null,
    run,
    logGroups: (report ? outcomesIn(report) : []).map((outcome) => ({ ...outcome, ...archive.find(outcome) })),
    leftovers: report?.leftovers ?? [],
    receipts: { prefix: RECEIPTS, count: archive.receipts.length },
    eventsPutIn: put.filter(({ timestamp }) => isOfPeriods(timestamp)).length,
    eventsInArchive: archive.countEvents(),
  };
  const { run: again } = await runFor('AGAIN', request);
  return { ...result, secondRun: { ...again, eventsInArchive: archive.countEvents() } };
}

function historyOf(options: DemoOptions, now: number): History {
  const { logFiles, timeZone } = options;
  return logFiles ? logFileHistory(logFiles, periodOf(logFiles, options, now), timeZone) : sampleHistory(options, now);
}

/** The log groups that the definition names. */
function targetsOf({ definition }: StateMachine): LogGroupTarget[] {
  const parameters = definition.States.PlanArchive?.Parameters as { logGroups: LogGroupTarget[] } | undefined;
  return parameters?.logGroups ?? [];
}
