import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SynthesizedStack, strangerHoldsSlot, tasksHiddenFor } from '@log-archiver/local-aws';
import { SampleStack } from '@log-archiver/sample-app';
import { App } from 'aws-cdk-lib';
import { Frequency } from 'cdk-log-archiver';
import { Archiver, CHECKOUT, ORDERS, PAYMENTS } from '../archiver';
import { CALL_FAULTS, FUNCTION_FAULTS, type World } from './world';

const SECOND = 1_000;
const DAY = 24 * 3_600 * SECOND;
const stacks = synthesizeBoth();
/** Of the run for October, and of the one for its last day: after 12 hours of the 1st in Tokyo. */
const SCHEDULED = { MONTHLY: Date.parse('2026-11-01T18:00:00Z'), DAILY: Date.parse('2026-11-01T04:00:00Z') };
const IN_OCTOBER = '2026-10-31T12:00:00Z';
const ON_NOVEMBER_1 = '2026-10-31T16:00:00Z';

/** An execution that is to be started, and what the archive of its period is once all is well. */
export interface PlannedRun {
  input: { scheduledTime: string };
  /** Milliseconds since the epoch. */
  startAt: number;
  healed: { logGroupName: string; status: 'ARCHIVED' | 'SKIPPED' | 'FAILED'; error: string | null }[];
}

/** The runs of a world, in the order of their start. */
export function runsIn({ frequency, second, created }: World): PlannedRun[] {
  const isNextDay = second?.of === 'THE_NEXT_DAY';
  const scheduled = SCHEDULED[isNextDay ? 'DAILY' : (frequency as keyof typeof SCHEDULED)];
  const run = (scheduledTime: number, startAt: number, isOfNovember: boolean): PlannedRun => ({
    input: { scheduledTime: new Date(scheduledTime).toISOString() },
    startAt,
    healed: [ORDERS, CHECKOUT, PAYMENTS].map((logGroupName) => {
      const isMissing = logGroupName === CHECKOUT && created === 'NEVER';
      // AWS exports no period that was over before the log group was there.
      const isTooYoung = logGroupName === CHECKOUT && created === 'AFTER_THE_PERIOD' && !isOfNovember;
      if (isMissing) {
        return { logGroupName, status: 'SKIPPED', error: 'LogGroupNotFound' };
      }
      return isTooYoung
        ? { logGroupName, status: 'FAILED', error: 'InvalidParameterException' }
        : { logGroupName, status: 'ARCHIVED', error: null };
    }),
  });
  if (!second) {
    return [run(scheduled, scheduled, false)];
  }
  const after = second.afterSeconds * SECOND;
  return isNextDay
    ? [run(scheduled, scheduled + DAY - after, false), run(scheduled + DAY, scheduled + DAY, true)]
    : [run(scheduled, scheduled, false), run(scheduled, scheduled + after, false)];
}

/** When all is well again: after the longest of all that can go on in a world. */
export function healedAt(runs: PlannedRun[]): number {
  return Math.max(...runs.map(({ startAt }) => startAt)) + 30 * DAY;
}

/** The archiver at the start of the first run, with all that lies ahead of it. */
export async function archiverIn(world: World, runs: PlannedRun[]): Promise<Archiver> {
  const stack = stacks[world.second?.of === 'THE_NEXT_DAY' ? 'DAILY' : (world.frequency as keyof typeof stacks)];
  const archiver = new Archiver(stack, IN_OCTOBER, world.itemOrderSeed);
  const { aws } = archiver;
  const create = (creationTime?: number) => aws.logs.logGroups.create({ logGroupName: CHECKOUT }, creationTime);
  if (world.created === 'BEFORE_THE_PERIOD') {
    create(Date.parse('2026-08-01T00:00:00Z'));
  } else if (world.created === 'INSIDE_THE_PERIOD') {
    create();
  }
  putEverywhere(archiver, IN_OCTOBER);
  await aws.clock.moveTo(ON_NOVEMBER_1);
  if (world.created === 'AFTER_THE_PERIOD') {
    create();
  }
  putEverywhere(archiver, ON_NOVEMBER_1);
  await aws.clock.moveTo(Math.min(...runs.map(({ startAt }) => startAt)));
  arrange(world, archiver, healedAt(runs));
  return archiver;
}

/** In one assembly: both have the same handlers in the same files, which are loaded, and become fast, but once. */
function synthesizeBoth(): Record<'MONTHLY' | 'DAILY', SynthesizedStack> {
  const app = new App({ outdir: mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-')) });
  const stackNames = [Frequency.MONTHLY, Frequency.DAILY].map(
    (frequency) => new SampleStack(app, `Worlds${frequency}`, { frequency }).stackName,
  );
  const assembly = app.synth();
  const [MONTHLY, DAILY] = stackNames.map((stackName) => {
    const { template } = assembly.getStackByName(stackName);
    return { stackName, template, assetDirectory: assembly.directory };
  }) as [SynthesizedStack, SynthesizedStack];
  return { MONTHLY, DAILY };
}

/** One event in a log stream of its own. */
function putEverywhere({ aws: { logs } }: Archiver, instant: string) {
  const logStreamName = `at ${instant.replaceAll(':', '.')}`;
  for (const { logGroupName } of logs.logGroups.all()) {
    logs.call('CreateLogStream', { logGroupName, logStreamName });
    const logEvents = [{ timestamp: Date.parse(instant), message: 'an event' }];
    logs.call('PutLogEvents', { logGroupName, logStreamName, logEvents });
  }
}

function arrange(world: World, { aws }: Archiver, until: number) {
  const scope = (of: string | undefined, { on, afterSeconds, forSeconds }: World['callFaults'][number]['when']) => {
    const from = aws.clock.now() + afterSeconds * SECOND;
    return { ...(of === undefined ? {} : { of }), on, from, until: from + forSeconds * SECOND };
  };
  if (world.strangerSeconds > 0) {
    strangerHoldsSlot(aws, world.strangerSeconds);
  }
  for (const { fault, of, when } of world.callFaults) {
    aws.faults.inject(CALL_FAULTS[fault], scope(of, when));
  }
  for (const { fault, of, when } of world.functionFaults) {
    aws.functionFaults.inject(FUNCTION_FAULTS[fault], scope(of, when));
  }
  if (world.tasksHiddenSeconds > 0) {
    aws.faults.inject(tasksHiddenFor(world.tasksHiddenSeconds, aws.clock.now), { of: 'DescribeExportTasks', until });
  }
  for (const { logGroupName, ...course } of world.courses) {
    aws.logs.exportTasks.arrange(logGroupName, course);
  }
}
