import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  foreignTaskHoldsSlot,
  LocalAws,
  readFunctions,
  type SynthesizedFunction,
  type SynthesizedStack,
} from '@log-archiver/local-aws';
import { App, Stack } from 'aws-cdk-lib';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { LogArchiver, LogGroupSelection } from 'cdk-log-archiver';
import { BAD, type Column, PENDING_SECONDS, UNDISTURBED } from './columns';
import { computePrice } from './prices';
import { COMPUTING_MS, type Latency, type Result } from './result';

const START = '2026-11-02T03:00:00Z';
const LAST_PERIOD = '2026-10';
const AFTER_THE_PERIOD = Date.parse('2026-11-01T12:00:00Z');
const PREFIX = '/bench/';
const LOGS_OPERATION = /ExportTask|LogGroups|LogStreams|FilterLogEvents|StartQuery|QueryResults/;
const S3_WRITE = /^(PutObject|ListObjects)/;
const S3_READ = /^(GetObject|HeadObject)/;

/** Numbers of our archiver, with those that only we have. */
export interface OurResult extends Result {
  /** Bytes that the functions write to their logs, for each log group. */
  readonly logBytes: number;
}

/** Synthesizes an archiver of all log groups of the benchmark, and of one by name, which may be missing. */
export function synthesizeArchiver(): SynthesizedStack {
  const outdir = mkdtempSync(join(tmpdir(), 'log-archiver-bench-'));
  process.once('exit', () => rmSync(outdir, { recursive: true, force: true }));
  const app = new App({ outdir });
  const stack = new Stack(app, 'Bench');
  new LogArchiver(stack, 'LogArchiver', {
    selections: [LogGroupSelection.byPrefix(PREFIX)],
    logGroups: [LogGroup.fromLogGroupName(stack, 'Named', formatName(BAD.missing, UNDISTURBED.nameLength))],
  });
  const assembly = app.synth();
  const { template } = assembly.getStackByName(stack.stackName);
  return { stackName: stack.stackName, template, assetDirectory: assembly.directory };
}

/** Runs the synthesized state machine with the built bundles on virtual time. */
export async function runOurs(synthesized: SynthesizedStack, column: Column, latency: Latency): Promise<OurResult> {
  const { callMs } = latency;
  const aws = new LocalAws({ now: START, latency: callMs === 0 ? undefined : () => callMs / 2 });
  const { stateMachine, bucketNames } = aws.deploy(synthesized);
  createLogGroups(aws, column);
  const children = { starting: 0 };
  const meters = readFunctions(synthesized).map((each) => meterFunction(aws, each, latency, children));
  if (column.takenSeconds > 0) {
    foreignTaskHoldsSlot(aws, column.takenSeconds);
  }
  const startedAt = aws.clock.now();
  const execution = stateMachine.startExecution(
    { period: `${findFirstPeriod(column)}/${LAST_PERIOD}` },
    ({ type, state }) => {
      children.starting += type === 'StateEntered' && state?.name === 'ExportLogToS3' ? 1 : 0;
    },
  );
  const result = await aws.waitFor(execution);
  const seconds = (aws.clock.now() - startedAt) / 1_000;
  const lambda = meters.filter(({ invocations }) => invocations > 0);
  const transitions = execution.stateTransitions;
  const count = (operations: RegExp) =>
    aws.requestHandler.calls.filter(({ operation }) => operations.test(operation)).length;
  const price = computePrice({ transitions, lambda, s3Writes: count(S3_WRITE), s3Reads: count(S3_READ) });
  const { completed, busySeconds } = sumTasks(aws);
  const known = countReceipts(aws, String(bucketNames[0]));
  return {
    archived: completed,
    known,
    wronglyKnown: Math.max(0, known - completed),
    seconds,
    slotUse: busySeconds / (seconds - column.takenSeconds),
    transitions,
    invocations: lambda.reduce((sum, { invocations }) => sum + invocations, 0),
    billedMs: lambda.reduce((sum, { milliseconds }) => sum + milliseconds, 0),
    apiCalls: count(LOGS_OPERATION),
    historyEvents: execution.childExecutions.reduce((most, { history }) => Math.max(most, history), execution.history),
    dollars: known === 0 ? null : (price / known) * 1_000,
    ending: result.status === 'FAILED' ? result.error : result.status,
    logBytes: aws.functionLogs.lines.reduce((sum, { line }) => sum + line.length, 0) / known,
  };
}

/** Returns the first month of a column. */
function findFirstPeriod({ months }: Column): string {
  const last = new Date(`${LAST_PERIOD}-01T00:00:00Z`);
  return new Date(last.setUTCMonth(last.getUTCMonth() - months + 1)).toISOString().slice(0, LAST_PERIOD.length);
}

function createLogGroups(aws: LocalAws, column: Column) {
  const { runningSeconds, hasBadLogGroups, months, nameLength } = column;
  const createdAt = Date.parse(`${findFirstPeriod(column)}-01T00:00:00Z`);
  for (const [index, seconds] of runningSeconds.entries()) {
    if (hasBadLogGroups && index === BAD.missing) {
      continue;
    }
    const logGroupName = formatName(index, nameLength);
    const isTooRecent = hasBadLogGroups && index === BAD.tooRecent;
    aws.logs.logGroups.create({ logGroupName }, isTooRecent ? AFTER_THE_PERIOD : createdAt);
    const script = { pendingSeconds: PENDING_SECONDS, runningSeconds: seconds };
    const fails = hasBadLogGroups && index === BAD.failing;
    // A second attempt fails as well.
    const scripts = fails ? Array(2).fill({ ...script, ends: 'FAILED' }) : Array(months).fill(script);
    aws.logs.exportTasks.script(logGroupName, ...scripts);
  }
}

function formatName(index: number, length: number): string {
  return PREFIX + String(index).padStart(length - PREFIX.length, '0');
}

/** Billed use of one function so far. */
interface Meter {
  readonly megabytes: number;
  readonly architecture: 'arm64';
  invocations: number;
  milliseconds: number;
}

/** Measures the invocations of a function. Before the first invocation of a child execution, time passes. */
function meterFunction(
  aws: LocalAws,
  { logicalId, description, memoryMegabytes }: SynthesizedFunction,
  { childMs }: Latency,
  children: { starting: number },
): Meter {
  const meter: Meter = { megabytes: memoryMegabytes, architecture: 'arm64', invocations: 0, milliseconds: 0 };
  const startsChildren = description.endsWith('export-log-to-s3');
  aws.functionFaults.inject(
    async (invoke) => {
      if (startsChildren && children.starting > 0) {
        children.starting -= 1;
        await aws.clock.sleep(childMs);
      }
      const startedAt = aws.clock.now();
      try {
        return await invoke();
      } finally {
        meter.invocations += 1;
        meter.milliseconds += aws.clock.now() - startedAt + COMPUTING_MS;
      }
    },
    { of: logicalId },
  );
  return meter;
}

/** Counts the receipts: what the archiver knows to be archived. */
function countReceipts(aws: LocalAws, bucketName: string): number {
  return aws.buckets.listObjects(bucketName, '_log-archiver/receipts/').length;
}

/** Sums up the export tasks of the archiver, without those of other clients. */
function sumTasks(aws: LocalAws): { completed: number; busySeconds: number } {
  let [completed, busySeconds] = [0, 0];
  let nextToken: string | undefined;
  do {
    const page = aws.logs.exportTasks.describe({ nextToken });
    for (const { logGroupName, status, executionInfo } of page.exportTasks) {
      if (logGroupName.startsWith(PREFIX)) {
        completed += status.code === 'COMPLETED' ? 1 : 0;
        busySeconds += (Number(executionInfo.completionTime) - executionInfo.creationTime) / 1_000;
      }
    }
    nextToken = page.nextToken;
  } while (nextToken !== undefined);
  return { completed, busySeconds };
}
