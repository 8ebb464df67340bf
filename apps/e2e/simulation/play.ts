import type { RunInput } from '@log-archiver/core';
import {
  type Execution,
  LocalAws,
  type StateMachine,
  strangerHoldsSlot,
  tasksHiddenFor,
} from '@log-archiver/local-aws';
import { ARCHIVERS, type ArchiverTraits, BUCKET_NAME, synthesizeArchiver } from './archivers';
import { Days, SCHEDULED_AFTER } from './days';
import { CALL_FAULTS, DOUBLE, FAULTY_DAYS, FUNCTION_FAULTS, UNUSUAL, type World } from './world';

const SECOND = 1_000;
/** Each faulty day is looked at by a run that nothing disturbs. */
const HEALING_DAYS = 2;
/** In a month that ends before the first day there are log groups that began in it, by as many days: each may be a part. */
const FIRST_OF_MONTH = -9;
/** The exports that nothing disturbs are over before anybody looks. */
const QUICK = Array(200).fill({ pendingSeconds: 0, runningSeconds: 1 });

interface PutEvent {
  logGroupName: string;
  timestamp: number;
  message: string;
}

/** What has happened, for the proof to look at. */
export interface Played {
  aws: LocalAws;
  days: Days;
  archivers: { traits: ArchiverTraits; stateMachine: StateMachine }[];
  put: PutEvent[];
  /** When each log group was created. */
  createdAt: Map<string, number>;
}

/** Plays a world to its end: the faulty days, and some in which nothing goes wrong. */
export async function play(world: World): Promise<Played> {
  const { granularity, latencySeed, itemOrderSeed } = world;
  const days = new Days(granularity);
  const aws = new LocalAws({
    now: days.start(0),
    itemOrderSeed,
    ...(latencySeed === undefined ? {} : { latency: upTo(300, latencySeed) }),
  });
  aws.files.createBucket(BUCKET_NAME);
  const archivers = ARCHIVERS[world.archivers].map((traits) => ({
    traits,
    stateMachine: aws.deploy(synthesizeArchiver(traits, granularity)).stateMachine,
  }));
  const played: Played = { aws, days, archivers, put: [], createdAt: new Map() };
  arrangeFaults(played, world);
  arrangeRuns(played, world);
  for (let day = 0; day < FAULTY_DAYS; day += 1) {
    putEvents(played, world, day);
    await passUntil(aws, days.start(day + 1) - 1);
  }
  mendClash(aws);
  await passUntil(aws, days.start(FAULTY_DAYS + HEALING_DAYS));
  for (const execution of executionsOf(played)) {
    await aws.waitFor(execution);
  }
  dropCoursesLeft(aws, world);
  return played;
}

/** An operator makes sure, after all is over. */
export async function backfill({ aws, days }: Played, stateMachine: StateMachine): Promise<Execution> {
  const [first, last = first] = [days.periods.at(0), days.periods.at(-1)];
  const execution = stateMachine.startExecution({ period: `${first}/${last}` });
  await aws.waitFor(execution);
  return execution;
}

export function executionsOf({ archivers }: Played): Execution[] {
  return archivers.flatMap(({ stateMachine }) => stateMachine.executions);
}

function arrangeRuns({ aws, days, archivers }: Played, { runs }: World) {
  const at = (time: number, start: () => void) => aws.clock.timers.setTimeout(start, time - aws.clock.now());
  const scheduledAt = (day: number, { hoursBehind }: ArchiverTraits) =>
    days.start(day) + SCHEDULED_AFTER + hoursBehind * 3_600 * SECOND;
  const scheduled = ({ stateMachine, traits }: Played['archivers'][number], day: number) =>
    stateMachine.startExecution({ scheduledTime: new Date(scheduledAt(day, traits)).toISOString() });
  for (const archiver of archivers) {
    for (let day = 0; day < FAULTY_DAYS + HEALING_DAYS; day += 1) {
      at(scheduledAt(day, archiver.traits), () => scheduled(archiver, day));
    }
  }
  for (const { archiver: index, moment, what, daysAgo, stoppedAfterSeconds } of runs) {
    const archiver = archivers[index] ?? (archivers[0] as Played['archivers'][number]);
    const start = (input: RunInput) => archiver.stateMachine.startExecution(input);
    const period = days.period(moment.day - daysAgo);
    // Later in the day where the day before ends later.
    at(days.at(moment) + archiver.traits.hoursBehind * 3_600 * SECOND, () => {
      const execution = {
        SCHEDULED: () => scheduled(archiver, moment.day),
        PERIOD: () => start({ period }),
        FORCED: () => start({ period, force: true }),
        DRY: () => start({ dryRun: true }),
      }[what]();
      if (stoppedAfterSeconds !== undefined) {
        aws.clock.timers.setTimeout(() => execution.stop(), stoppedAfterSeconds * SECOND);
      }
    });
  }
}

function arrangeFaults({ aws, days }: Played, world: World) {
  const scope = (of: string | undefined, { moment, on, forSeconds }: World['callFaults'][number]['when']) => {
    const from = days.at(moment);
    return { ...(of === undefined ? {} : { of }), on, from, until: from + forSeconds * SECOND };
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
  for (const { logGroup, ...course } of world.courses) {
    aws.logs.exportTasks.arrange(world.logGroups[logGroup]?.name ?? '', course);
  }
  for (const { name, deletedAt } of world.logGroups) {
    aws.logs.exportTasks.arrange(name, ...QUICK);
    if (deletedAt !== undefined) {
      aws.clock.timers.setTimeout(() => deleteIfThere(aws, name), days.at(deletedAt) - aws.clock.now());
    }
  }
  for (const { moment, seconds } of world.strangers) {
    aws.clock.timers.setTimeout(() => holdSlot(aws, seconds), days.at(moment) - aws.clock.now());
  }
}

/** Unless it is taken just then. */
function holdSlot(aws: LocalAws, seconds: number) {
  const isTaken = ['PENDING', 'RUNNING', 'PENDING_CANCEL'].some(
    (statusCode) => aws.logs.exportTasks.describe({ statusCode: statusCode as 'RUNNING' }).exportTasks.length > 0,
  );
  if (!isTaken) {
    strangerHoldsSlot(aws, seconds);
  }
}

/** Somebody sees that two log groups have the same key, and deletes one. */
function mendClash(aws: LocalAws) {
  if (aws.logs.logGroups.has(UNUSUAL)) {
    deleteIfThere(aws, DOUBLE);
  }
}

function deleteIfThere({ logs }: LocalAws, logGroupName: string) {
  if (logs.logGroups.has(logGroupName)) {
    logs.logGroups.delete({ logGroupName });
  }
}

/** What was in store for exports that were not made, or it would disturb those of the operator who makes sure. */
function dropCoursesLeft({ logs }: LocalAws, { logGroups }: World) {
  for (const { name } of logGroups) {
    logs.exportTasks.courses.set(name, [...QUICK]);
  }
}

function putEvents(played: Played, { logGroups, granularity }: World, day: number) {
  for (const { name, createdOn, logGroupClass, retentionInDays, streams } of logGroups) {
    const firstDay = granularity === 'MONTHLY' && createdOn === 0 ? FIRST_OF_MONTH : createdOn;
    if (createdOn === day) {
      const createdAt = played.days.start(firstDay);
      played.aws.logs.logGroups.create({ logGroupName: name, logGroupClass }, createdAt);
      played.createdAt.set(name, createdAt);
      if (retentionInDays !== undefined) {
        played.aws.logs.call('PutRetentionPolicy', { logGroupName: name, retentionInDays });
      }
      const retained = day + 1 - (retentionInDays ?? Number.POSITIVE_INFINITY);
      for (let past = Math.max(firstDay, retained); past < day; past += 1) {
        putDay(played, name, past, 1);
      }
    }
    if (createdOn <= day && played.aws.logs.logGroups.has(name)) {
      putDay(played, name, day, streams[day] ?? 0);
    }
  }
}

/** Midnight, the last millisecond before it and an ordinary time, in as many streams. */
function putDay({ aws, days, put }: Played, logGroupName: string, day: number, streams: number) {
  for (let stream = 0; stream < streams; stream += 1) {
    const logStreamName = `day/${day}/${stream}`;
    aws.logs.call('CreateLogStream', { logGroupName, logStreamName });
    const logEvents = [-1, 0, 1_800 * SECOND + stream]
      .map((after) => days.start(day) + after)
      .map((timestamp) => ({ timestamp, message: `${logStreamName} of ${logGroupName} at ${timestamp}` }));
    aws.logs.call('PutLogEvents', { logGroupName, logStreamName, logEvents });
    put.push(...logEvents.map((event) => ({ ...event, logGroupName })));
  }
}

async function passUntil({ clock }: LocalAws, time: number) {
  await clock.passUntil(clock.sleep(Math.max(0, time - clock.now())));
}

/** Numbers below `limit` that are the same for the same seed (mulberry32). */
function upTo(limit: number, seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit;
  };
}
