import type { ArchiveRequest } from '@log-archiver/core';
import {
  type Execution,
  LocalAws,
  type StateMachine,
  type SynthesizedStack,
  strangerHoldsSlot,
  tasksHiddenFor,
} from '@log-archiver/local-aws';
import { CALL_FAULTS, FAULTY_DAYS, FUNCTION_FAULTS, type Moment, type World } from './world';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const DAY = 24 * HOUR;
const TOKYO = 9 * HOUR;
/** Midnight in Tokyo, where the archiver's days begin. */
const FIRST_DAY = Date.parse('2026-10-27T00:00:00+09:00');
const SCHEDULED_AFTER = 3 * HOUR;
/** Each faulty day is looked at by a run that nothing disturbs. */
const HEALING_DAYS = 3;

interface PutEvent {
  logGroupName: string;
  timestamp: number;
  message: string;
}

/** What has happened, for the proof to look at. */
export interface Played {
  aws: LocalAws;
  stateMachine: StateMachine;
  bucketName: string;
  put: PutEvent[];
}

const NAMES = ['/app/orders', 'a/b', `/app/${'x'.repeat(507)}`];
export const logGroupNamesOf = ({ logGroups }: World) => NAMES.slice(0, logGroups.length);
export const dayStart = (day: number) => FIRST_DAY + day * DAY;
export const dayName = (day: number) => new Date(dayStart(day) + TOKYO).toISOString().slice(0, 10);

/** Plays a world to its end: the faulty days, and some in which nothing goes wrong. */
export async function play(synthesized: SynthesizedStack, world: World): Promise<Played> {
  const { latencySeed, itemOrderSeed } = world;
  const aws = new LocalAws({
    now: FIRST_DAY,
    itemOrderSeed,
    ...(latencySeed === undefined ? {} : { latency: upTo(300, latencySeed) }),
  });
  const { stateMachine, bucketNames } = aws.deploy(synthesized);
  const played: Played = { aws, stateMachine, bucketName: String(bucketNames[0]), put: [] };
  arrangeFaults(aws, world);
  arrangeRuns(played, world);
  for (let day = 0; day < FAULTY_DAYS; day += 1) {
    putEvents(played, world, day);
    await passUntil(aws, dayStart(day + 1) - 1);
  }
  await passUntil(aws, dayStart(FAULTY_DAYS + HEALING_DAYS));
  for (const execution of stateMachine.executions) {
    await aws.waitFor(execution);
  }
  return played;
}

/** An operator makes sure, after all is over. */
export async function backfill({ aws, stateMachine }: Played): Promise<Execution> {
  const execution = stateMachine.startExecution({ period: `${dayName(0)}/${dayName(FAULTY_DAYS - 1)}` });
  await aws.waitFor(execution);
  return execution;
}

function arrangeRuns({ aws, stateMachine }: Played, { runs }: World) {
  const at = (time: number, start: () => void) => aws.clock.timers.setTimeout(start, time - aws.clock.now());
  const start = (input: ArchiveRequest) => stateMachine.startExecution(input);
  const scheduled = (day: number) => start({ scheduledTime: new Date(dayStart(day) + SCHEDULED_AFTER).toISOString() });
  for (let day = 0; day < FAULTY_DAYS + HEALING_DAYS; day += 1) {
    at(dayStart(day) + SCHEDULED_AFTER, () => scheduled(day));
  }
  for (const { moment, what, daysAgo, stoppedAfterSeconds } of runs) {
    const period = dayName(moment.day - daysAgo);
    at(timeOf(moment), () => {
      const execution = {
        SCHEDULED: () => scheduled(moment.day),
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

function arrangeFaults(aws: LocalAws, world: World) {
  const scope = (of: string | undefined, { moment, on, forSeconds }: World['callFaults'][number]['when']) => {
    const from = timeOf(moment);
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
    aws.faults.inject(hidden, { of: 'DescribeExportTasks', until: dayStart(FAULTY_DAYS) });
  }
  for (const { logGroup, ...course } of world.courses) {
    aws.logs.exportTasks.arrange(NAMES[logGroup] ?? '', course);
  }
  for (const logGroupName of NAMES) {
    // All others are over before anybody looks.
    aws.logs.exportTasks.arrange(logGroupName, ...Array(60).fill({ pendingSeconds: 0, runningSeconds: 1 }));
  }
  for (const { moment, seconds } of world.strangers) {
    aws.clock.timers.setTimeout(() => holdSlot(aws, seconds), timeOf(moment) - aws.clock.now());
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

/** Midnight, the last millisecond of the day and an ordinary time, as many as there are streams. */
function putEvents({ aws, put }: Played, { logGroups }: World, day: number) {
  for (const [index, { createdOn, logGroupClass, retentionInDays, streams }] of logGroups.entries()) {
    const logGroupName = NAMES[index] ?? '';
    if (createdOn === day) {
      aws.logs.call('CreateLogGroup', { logGroupName, logGroupClass });
      if (retentionInDays !== undefined) {
        aws.logs.call('PutRetentionPolicy', { logGroupName, retentionInDays });
      }
    }
    for (let stream = 0; createdOn <= day && stream < (streams[day] ?? 0); stream += 1) {
      const logStreamName = `day/${day}/${stream}`;
      aws.logs.call('CreateLogStream', { logGroupName, logStreamName });
      const logEvents = [dayStart(day), dayStart(day) + 1_800 * SECOND + stream].map((timestamp) => ({
        timestamp,
        message: `${logStreamName} of ${index} at ${timestamp}`,
      }));
      aws.logs.call('PutLogEvents', { logGroupName, logStreamName, logEvents });
      put.push(...logEvents.map((event) => ({ ...event, logGroupName })));
    }
  }
}

function timeOf({ day, after }: Moment): number {
  return dayStart(day) + SCHEDULED_AFTER + after * SECOND;
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
