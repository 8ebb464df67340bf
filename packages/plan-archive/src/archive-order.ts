import {
  type ArchiveRequest,
  InvalidArchiveRequest,
  type LogGroupTarget,
  type PlanArchiveRequest,
  parseInstant,
} from '@log-archiver/core';
import { readTargets } from './log-group-targets';

/** The clock that set `scheduledTime` is not the one of this function. */
const CLOCK_SKEW = 5 * 60_000;
/** Below Step Functions' 262,144 with a page of items, their outcomes and what becomes of the run. */
const MAX_INPUT_BYTES = 120_000;
const FIELDS: Record<keyof ArchiveRequest, true> = {
  scheduledTime: true,
  period: true,
  logGroups: true,
  dryRun: true,
  force: true,
};

/** What an execution is asked to do, with nothing left out. */
export interface ArchiveOrder {
  scheduledTime: string;
  period: string | null;
  /** `null`: those of the definition. */
  logGroups: LogGroupTarget[] | null;
  dryRun: boolean;
  force: boolean;
}

/** Reads the input of the execution; a field that nobody knows is refused, since the run would do something else. */
export function readOrder({ request, execution, logGroups, selectors }: PlanArchiveRequest, now: number): ArchiveOrder {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new InvalidArchiveRequest('the input', request, 'an object');
  }
  for (const [field, value] of Object.entries(request)) {
    if (!Object.hasOwn(FIELDS, field)) {
      throw new InvalidArchiveRequest(field, value, `left out: an input has ${Object.keys(FIELDS).join(', ')} at most`);
    }
  }
  if (Buffer.byteLength(JSON.stringify(request)) > MAX_INPUT_BYTES) {
    throw new InvalidArchiveRequest('the input', '…', `at most ${MAX_INPUT_BYTES} bytes long`);
  }
  const order = {
    scheduledTime:
      request.scheduledTime === undefined ? execution.startedAt : readScheduledTime(request.scheduledTime, now),
    period: readPeriod(request.period ?? null),
    logGroups: request.logGroups === undefined ? null : readTargets(request.logGroups),
    dryRun: readFlag('dryRun', request.dryRun),
    force: readFlag('force', request.force),
  };
  if (order.logGroups === null && logGroups.length + selectors.length === 0) {
    throw new InvalidArchiveRequest('logGroups', undefined, 'given: the definition names no log groups');
  }
  return order;
}

/** Whether an input asks for what the schedule does. That of another run may be anything. */
export function isScheduled({ period = null, logGroups, dryRun, force }: ArchiveRequest): boolean {
  return period === null && logGroups === undefined && dryRun !== true && force !== true;
}

function readScheduledTime(scheduledTime: string, now: number): string {
  const instant = parseInstant('scheduledTime', scheduledTime);
  if (instant.epochMilliseconds > now + CLOCK_SKEW) {
    throw new InvalidArchiveRequest(
      'scheduledTime',
      scheduledTime,
      `not later than now, ${new Date(now).toISOString()}`,
    );
  }
  return scheduledTime;
}

function readPeriod(period: unknown): string | null {
  if (period !== null && (typeof period !== 'string' || period === '')) {
    throw new InvalidArchiveRequest('period', period, 'a text or null');
  }
  return period;
}

function readFlag(field: string, value: unknown): boolean {
  if (value !== undefined && typeof value !== 'boolean') {
    throw new InvalidArchiveRequest(field, value, 'true or false');
  }
  return value ?? false;
}
