import type { RunInput } from '@log-archiver/core';
import {
  type Execution,
  foreignTaskHoldsSlot,
  LocalAws,
  type StateMachine,
  tasksHiddenFor,
} from '@log-archiver/local-aws';
import { ARCHIVERS, type ArchiverTraits, BUCKET_NAME, synthesizeArchiver } from './archivers';
import { Days, SCHEDULED_AFTER_MS } from './days';
import { CALL_FAULTS, DOUBLE, FAULTY_DAYS, FUNCTION_FAULTS, UNUSUAL, type World } from './world';

const SECOND_MS = 1_000;
/** Days without faults after the faulty days, so that an undisturbed run covers each faulty day. */
const RECOVERY_DAYS = 2;
/**
 * Day on which log groups of a monthly world are created: in the month that ends before day 0.
 *
 * Few days, because each of them may become a part.
 */
const MONTHLY_CREATION_DAY = -9;
/** Exports that complete before the first poll, for a fast simulation. */
const QUICK_EXPORTS = Array(200).fill({ pendingSeconds: 0, runningSeconds: 1 });

interface PutEvent {
  logGroupName: string;
  timestamp: number;
  message: string;
}

/** A world that has been simulated, for the invariants. */
export interface Simulation {
  aws: LocalAws;
  days: Days;
  archivers: { traits: ArchiverTraits; stateMachine: StateMachine }[];
  putEvents: PutEvent[];
  /** Creation time of each log group. */
  createdAt: Map<string, number>;
}

/** Simulates a world to its end: the faulty days, and some days without faults. */
export async function simulate(world: World): Promise<Simulation> {
  const { granularity, latencySeed, itemOrderSeed } = world;
  const days = new Days(granularity);
  const aws = new LocalAws({
    now: days.start(0),
    itemOrderSeed,
    ...(latencySeed === undefined ? {} : { latency: createRandomNumbers(300, latencySeed) }),
  });
  aws.buckets.createBucket(BUCKET_NAME);
  const archivers = ARCHIVERS[world.archivers].map((traits) => ({
    traits,
    stateMachine: aws.deploy(synthesizeArchiver(traits, granularity)).stateMachine,
  }));
  const simulation: Simulation = { aws, days, archivers, putEvents: [], createdAt: new Map() };
  injectFaults(simulation, world);
  scheduleRuns(simulation, world);
  for (let day = 0; day < FAULTY_DAYS; day += 1) {
    putEventsOfDay(simulation, world, day);
    await letTimePass(aws, days.start(day + 1) - 1);
  }
  resolveClash(aws);
  await letTimePass(aws, days.start(FAULTY_DAYS + RECOVERY_DAYS));
  for (const execution of listExecutions(simulation)) {
    await aws.waitFor(execution);
  }
  dropUnusedScripts(aws, world);
  return simulation;
}

/** Backfills all periods, as an operator does after the faults. */
export async function backfill({ aws, days }: Simulation, stateMachine: StateMachine): Promise<Execution> {
  const [first, last = first] = [days.periods.at(0), days.periods.at(-1)];
  const execution = stateMachine.startExecution({ period: `${first}/${last}` });
  await aws.waitFor(execution);
  return execution;
}

export function listExecutions({ archivers }: Simulation): Execution[] {
  return archivers.flatMap(({ stateMachine }) => stateMachine.executions);
}

function scheduleRuns({ aws, days, archivers }: Simulation, { runs }: World) {
  const at = (time: number, start: () => void) => aws.clock.timers.setTimeout(start, time - aws.clock.now());
  const getScheduledTime = (day: number, { hoursBehind }: ArchiverTraits) =>
    days.start(day) + SCHEDULED_AFTER_MS + hoursBehind * 3_600 * SECOND_MS;
  const startScheduled = ({ stateMachine, traits }: Simulation['archivers'][number], day: number) =>
    stateMachine.startExecution({ scheduledTime: new Date(getScheduledTime(day, traits)).toISOString() });
  for (const archiver of archivers) {
    for (let day = 0; day < FAULTY_DAYS + RECOVERY_DAYS; day += 1) {
      at(getScheduledTime(day, archiver.traits), () => startScheduled(archiver, day));
    }
  }
  for (const { archiver: index, moment, kind, daysAgo, stoppedAfterSeconds } of runs) {
    const archiver = archivers[index] ?? (archivers[0] as Simulation['archivers'][number]);
    const start = (input: RunInput) => archiver.stateMachine.startExecution(input);
    const period = days.period(moment.day - daysAgo);
    // Later in the day if the archiver's day before ends later.
    at(days.at(moment) + archiver.traits.hoursBehind * 3_600 * SECOND_MS, () => {
      const execution = {
        SCHEDULED: () => startScheduled(archiver, moment.day),
        PERIOD: () => start({ period }),
        FORCED: () => start({ period, force: true }),
        DRY: () => start({ dryRun: true }),
      }[kind]();
      if (stoppedAfterSeconds !== undefined) {
        aws.clock.timers.setTimeout(() => execution.stop(), stoppedAfterSeconds * SECOND_MS);
      }
    });
  }
}

function injectFaults({ aws, days }: Simulation, world: World) {
  const scope = (of: string | undefined, { moment, on, forSeconds }: World['callFaults'][number]['when']) => {
    const from = days.at(moment);
    return { ...(of === undefined ? {} : { of }), on, from, until: from + forSeconds * SECOND_MS };
  };
  for (const { fault, of, when } of world.callFaults) {
    aws.faults.inject(CALL_FAULTS[fault], scope(of, when));
  }
  for (const { fault, of, when } of world.functionFaults) {
    aws.functionFaults.inject(FUNCTION_FAULTS[fault], scope(of, when));
  }
  if (world.tasksHiddenSeconds > 0) {
    const hidden = tasksHiddenFor(world.tasksHiddenSeconds, aws.clock.now);
    aws.faults.inject(hidden, { of: 'DescribeExportTasks', until: days.start(FAULTY_DAYS) });
  }
  if (!world.isEssentialsExported) {
    aws.logs.exportTasks.classesNotExported.add('ESSENTIALS');
  }
  aws.logs.exportTasks.refusesPartlyExpired = world.isPartlyExpiredRefused;
  for (const { logGroup, ...script } of world.scriptedExports) {
    aws.logs.exportTasks.script(world.logGroups[logGroup]?.name ?? '', script);
  }
  for (const { name, deletedAt } of world.logGroups) {
    aws.logs.exportTasks.script(name, ...QUICK_EXPORTS);
    if (deletedAt !== undefined) {
      aws.clock.timers.setTimeout(() => deleteIfExists(aws, name), days.at(deletedAt) - aws.clock.now());
    }
  }
  for (const { moment, seconds } of world.foreignTasks) {
    aws.clock.timers.setTimeout(() => holdSlot(aws, seconds), days.at(moment) - aws.clock.now());
  }
}

/** Starts a foreign task, unless the slot is taken. */
function holdSlot(aws: LocalAws, seconds: number) {
  const isTaken = ['PENDING', 'RUNNING', 'PENDING_CANCEL'].some(
    (statusCode) => aws.logs.exportTasks.describe({ statusCode: statusCode as 'RUNNING' }).exportTasks.length > 0,
  );
  if (!isTaken) {
    foreignTaskHoldsSlot(aws, seconds);
  }
}

/** Deletes one of the two log groups whose keys clash, as an operator does. */
function resolveClash(aws: LocalAws) {
  if (aws.logs.logGroups.has(UNUSUAL)) {
    deleteIfExists(aws, DOUBLE);
  }
}

function deleteIfExists({ logs }: LocalAws, logGroupName: string) {
  if (logs.logGroups.has(logGroupName)) {
    logs.logGroups.delete({ logGroupName });
  }
}

/** Drops the scripts of exports that did not start, because they would disturb the backfill. */
function dropUnusedScripts({ logs }: LocalAws, { logGroups }: World) {
  for (const { name } of logGroups) {
    logs.exportTasks.scripts.set(name, [...QUICK_EXPORTS]);
  }
}

function putEventsOfDay(simulation: Simulation, { logGroups, granularity }: World, day: number) {
  for (const { name, createdOn, logGroupClass, retentionInDays, streams } of logGroups) {
    const firstDay = granularity === 'MONTHLY' && createdOn === 0 ? MONTHLY_CREATION_DAY : createdOn;
    if (createdOn === day) {
      const createdAt = simulation.days.start(firstDay);
      simulation.aws.logs.logGroups.create({ logGroupName: name, logGroupClass }, createdAt);
      simulation.createdAt.set(name, createdAt);
      if (retentionInDays !== undefined) {
        simulation.aws.logs.call('PutRetentionPolicy', { logGroupName: name, retentionInDays });
      }
      const retained = day + 1 - (retentionInDays ?? Number.POSITIVE_INFINITY);
      for (let past = Math.max(firstDay, retained); past < day; past += 1) {
        putStreams(simulation, name, past, 1);
      }
    }
    if (createdOn <= day && simulation.aws.logs.logGroups.has(name)) {
      putStreams(simulation, name, day, streams[day] ?? 0);
    }
  }
}

/** Puts three events into each stream: in the last millisecond before midnight, at midnight, and later. */
function putStreams({ aws, days, putEvents }: Simulation, logGroupName: string, day: number, streams: number) {
  for (let stream = 0; stream < streams; stream += 1) {
    const logStreamName = `day/${day}/${stream}`;
    aws.logs.call('CreateLogStream', { logGroupName, logStreamName });
    const logEvents = [-1, 0, 1_800 * SECOND_MS + stream]
      .map((after) => days.start(day) + after)
      .map((timestamp) => ({ timestamp, message: `${logStreamName} of ${logGroupName} at ${timestamp}` }));
    aws.logs.call('PutLogEvents', { logGroupName, logStreamName, logEvents });
    putEvents.push(...logEvents.map((event) => ({ ...event, logGroupName })));
  }
}

async function letTimePass({ clock }: LocalAws, time: number) {
  await clock.passUntil(clock.sleep(Math.max(0, time - clock.now())));
}

/** Returns a generator of numbers below `limit`, the same for the same seed (mulberry32). */
function createRandomNumbers(limit: number, seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
