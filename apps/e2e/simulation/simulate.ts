import type { RunInput } from '@log-archiver/core';
import {
  type Execution,
  foreignTaskHoldsSlot,
  LocalAws,
  type LocalAwsOptions,
  type StateMachine,
  tasksHiddenFor,
} from '@log-archiver/local-aws';
import { Adversary } from './adversary';
import {
  ACCOUNT,
  ARCHIVERS,
  type ArchiverTraits,
  BUCKET_NAME,
  intoArchiveBucket,
  LOG_ARCHIVE,
  synthesizeArchiveBucket,
  synthesizeArchiver,
} from './archivers';
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

/** A log group from its creation to its deletion, and its retention. Times are milliseconds since the epoch. */
export interface Incarnation {
  logGroupName: string;
  logGroupClass: string;
  createdAt: number;
  deletedAt: number;
  retention: { since: number; days: number }[];
}

export interface PutEvent {
  logGroup: Incarnation;
  putAt: number;
  timestamp: number;
  message: string;
}

/** A world that has been simulated, for the invariants. */
export interface Simulation {
  aws: LocalAws;
  days: Days;
  archivers: { traits: ArchiverTraits; stateMachine: StateMachine }[];
  putEvents: PutEvent[];
  /** All log groups, in the order of their creation. */
  logGroups: Incarnation[];
  adversary?: Adversary;
}

/**
 * Simulates a world to its end: the faulty days, and some days without faults.
 *
 * If there is an adversary, `check` is called after each run.
 */
export async function simulate(world: World, check: (simulation: Simulation) => void): Promise<Simulation> {
  const { granularity, lookbackPeriods, latencySeed, itemOrderSeed, adversary } = world;
  const days = new Days(granularity);
  const aws = createAccount(world, {
    now: days.start(0),
    itemOrderSeed,
    emptyMap: 'FAILS',
    rangeEnd: world.rangeEnd,
    ...(latencySeed === undefined ? {} : { latency: createRandomNumbers(300, latencySeed) }),
  });
  const allTraits: ArchiverTraits[] = ARCHIVERS[world.archivers];
  const archivers = (adversary ? allTraits.map(intoArchiveBucket) : allTraits).map((traits) => ({
    traits,
    stateMachine: aws.deploy(synthesizeArchiver(traits, granularity, lookbackPeriods)).stateMachine,
  }));
  const simulation: Simulation = { aws, days, archivers, putEvents: [], logGroups: [] };
  injectFaults(simulation, world);
  changeLogGroups(simulation, world);
  if (adversary) {
    simulation.adversary = new Adversary(simulation, world.logGroups, adversary);
    simulation.adversary.start();
  }
  const errors: unknown[] = [];
  scheduleRuns(simulation, world, () => {
    try {
      check(simulation);
    } catch (error) {
      errors.push(error);
    }
  });
  for (let day = 0; day < FAULTY_DAYS; day += 1) {
    putEventsOfDay(simulation, world, day);
    await letTimePass(aws, days.start(day + 1) - 1);
  }
  resolveClash(simulation);
  await letTimePass(aws, days.start(FAULTY_DAYS + RECOVERY_DAYS));
  for (const execution of listExecutions(simulation)) {
    await aws.waitFor(execution);
  }
  if (errors.length > 0) {
    throw errors[0];
  }
  dropUnusedScripts(aws, world);
  return simulation;
}

/** Creates the account of the archivers, and their bucket. With an adversary, it is in another account, and policies count. */
function createAccount({ adversary }: World, options: LocalAwsOptions): LocalAws {
  if (adversary === undefined) {
    const aws = new LocalAws(options);
    aws.buckets.createBucket(BUCKET_NAME);
    return aws;
  }
  const logArchive = new LocalAws({ ...options, accountId: LOG_ARCHIVE, enforcePolicies: true });
  logArchive.deploy(synthesizeArchiveBucket());
  return logArchive.inAccount(ACCOUNT);
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

function scheduleRuns({ aws, days, archivers, adversary }: Simulation, { runs }: World, afterRun: () => void) {
  const at = (time: number, start: () => void) => aws.clock.timers.setTimeout(start, time - aws.clock.now());
  const getScheduledTime = (day: number, { hoursBehind }: ArchiverTraits) =>
    days.start(day) + SCHEDULED_AFTER_MS + hoursBehind * 3_600 * SECOND_MS;
  const start = ({ stateMachine }: Simulation['archivers'][number], input: RunInput) => {
    const execution = stateMachine.startExecution(input);
    if (adversary) {
      void execution.result.then(afterRun);
    }
    return execution;
  };
  const startScheduled = (archiver: Simulation['archivers'][number], day: number) =>
    start(archiver, { scheduledTime: new Date(getScheduledTime(day, archiver.traits)).toISOString() });
  for (const archiver of archivers) {
    for (let day = 0; day < FAULTY_DAYS + RECOVERY_DAYS; day += 1) {
      at(getScheduledTime(day, archiver.traits), () => startScheduled(archiver, day));
    }
  }
  for (const { archiver: index, moment, kind, daysAgo, stoppedAfterSeconds } of runs) {
    const archiver = archivers[index] ?? (archivers[0] as Simulation['archivers'][number]);
    const period = days.period(moment.day - daysAgo);
    // Later in the day if the archiver's day before ends later.
    at(days.at(moment) + archiver.traits.hoursBehind * 3_600 * SECOND_MS, () => {
      const execution = {
        SCHEDULED: () => startScheduled(archiver, moment.day),
        PERIOD: () => start(archiver, { period }),
        FORCED: () => start(archiver, { period, force: true }),
        DRY: () => start(archiver, { dryRun: true }),
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
  for (const { name } of world.logGroups) {
    aws.logs.exportTasks.script(name, ...QUICK_EXPORTS);
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

/** Schedules the deletion and recreation of log groups, and changes of their retention. */
function changeLogGroups(simulation: Simulation, world: World) {
  const { aws, days } = simulation;
  const at = (time: number, change: () => void) => aws.clock.timers.setTimeout(change, time - aws.clock.now());
  for (const { name, logGroupClass, deletedAt, recreatedAfterSeconds, retentionChange } of world.logGroups) {
    if (deletedAt !== undefined) {
      at(days.at(deletedAt), () => {
        const isDeleted = deleteIfExists(simulation, name);
        if (isDeleted && recreatedAfterSeconds !== undefined) {
          aws.clock.timers.setTimeout(() => {
            createLogGroup(simulation, { name, logGroupClass }, aws.clock.now());
            putEvents(simulation, name, 'again', [aws.clock.now()]);
          }, recreatedAfterSeconds * SECOND_MS);
        }
      });
    }
    if (retentionChange !== undefined) {
      at(days.at(retentionChange.moment), () => setRetention(simulation, name, retentionChange.retentionInDays));
    }
  }
}

function createLogGroup(
  { aws, logGroups }: Simulation,
  { name, logGroupClass }: Pick<World['logGroups'][number], 'name' | 'logGroupClass'>,
  createdAt: number,
) {
  aws.logs.logGroups.create({ logGroupName: name, logGroupClass }, createdAt);
  logGroups.push({
    logGroupName: name,
    logGroupClass,
    createdAt,
    deletedAt: Number.POSITIVE_INFINITY,
    retention: [],
  });
}

function setRetention(simulation: Simulation, logGroupName: string, days: number) {
  const { aws } = simulation;
  if (aws.logs.logGroups.has(logGroupName)) {
    aws.logs.call('PutRetentionPolicy', { logGroupName, retentionInDays: days });
    findLatest(simulation, logGroupName).retention.push({ since: aws.clock.now(), days });
  }
}

/** Deletes one of the two log groups whose keys clash, as an operator does. */
function resolveClash(simulation: Simulation) {
  if (simulation.aws.logs.logGroups.has(UNUSUAL)) {
    deleteIfExists(simulation, DOUBLE);
  }
}

function deleteIfExists(simulation: Simulation, logGroupName: string): boolean {
  const { logs, clock } = simulation.aws;
  const exists = logs.logGroups.has(logGroupName);
  if (exists) {
    logs.logGroups.delete({ logGroupName });
    findLatest(simulation, logGroupName).deletedAt = clock.now();
  }
  return exists;
}

/** Returns the last log group of a name. */
function findLatest({ logGroups }: Simulation, name: string): Incarnation {
  return logGroups.findLast(({ logGroupName }) => logGroupName === name) as Incarnation;
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
      createLogGroup(simulation, { name, logGroupClass }, simulation.days.start(firstDay));
      if (retentionInDays !== undefined) {
        setRetention(simulation, name, retentionInDays);
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
function putStreams(simulation: Simulation, logGroupName: string, day: number, streams: number) {
  const start = simulation.days.start(day);
  for (let stream = 0; stream < streams; stream += 1) {
    const timestamps = [-1, 0, 1_800 * SECOND_MS + stream].map((after) => start + after);
    putEvents(simulation, logGroupName, `day/${day}/${stream}`, timestamps);
  }
}

function putEvents(simulation: Simulation, logGroupName: string, logStreamName: string, timestamps: number[]) {
  const { aws } = simulation;
  aws.logs.call('CreateLogStream', { logGroupName, logStreamName });
  const logEvents = timestamps.map((timestamp) => ({
    timestamp,
    message: `${logStreamName} of ${logGroupName} at ${timestamp}`,
  }));
  aws.logs.call('PutLogEvents', { logGroupName, logStreamName, logEvents });
  const [logGroup, putAt] = [findLatest(simulation, logGroupName), aws.clock.now()];
  simulation.putEvents.push(...logEvents.map((event) => ({ ...event, logGroup, putAt })));
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
