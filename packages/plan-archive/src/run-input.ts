import {
  InvalidArchiveRequest,
  type LogGroupTarget,
  MAX_INPUT_BYTES,
  type PlanArchiveRequest,
  parseInstant,
  type RunInput,
  show,
  toIsoTime,
} from '@log-archiver/core';
import { readTargets } from './log-group-targets';

/** The clock that set `scheduledTime` is not the one of this function. */
const CLOCK_SKEW = 5 * 60_000;
const FIELDS: Record<keyof RunInput, true> = {
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
export function readOrder(
  { input: request, execution, logGroups, selectors }: PlanArchiveRequest,
  now: number,
): ArchiveOrder {
  if (typeof request !== 'object' || request === null || Array.isArray(request)) {
    throw new InvalidArchiveRequest(`input must be an object, got ${show(request)}`);
  }
  for (const field of Object.keys(request)) {
    if (!Object.hasOwn(FIELDS, field)) {
      throw new InvalidArchiveRequest(
        `unknown input field ${show(field)}; expected one of ${Object.keys(FIELDS).join(', ')}`,
      );
    }
  }
  const bytes = Buffer.byteLength(JSON.stringify(request));
  if (bytes > MAX_INPUT_BYTES) {
    throw new InvalidArchiveRequest(`input must be at most ${MAX_INPUT_BYTES} bytes long, got ${bytes} bytes`);
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
    throw new InvalidArchiveRequest('logGroups is required: the state machine defines none');
  }
  return order;
}

/** Whether an input asks for what the schedule does. That of another run may be anything. */
export function isScheduled({ period = null, logGroups, dryRun, force }: RunInput): boolean {
  return period === null && logGroups === undefined && dryRun !== true && force !== true;
}

function readScheduledTime(scheduledTime: string, now: number): string {
  const instant = parseInstant('scheduledTime', scheduledTime);
  if (instant.epochMilliseconds > now + CLOCK_SKEW) {
    throw new InvalidArchiveRequest(
      `scheduledTime must not be later than now (${toIsoTime(now)}), got ${show(scheduledTime)}`,
    );
  }
  return scheduledTime;
}

function readPeriod(period: unknown): string | null {
  if (period !== null && (typeof period !== 'string' || period === '')) {
    throw new InvalidArchiveRequest(`period must be a non-empty string or null, got ${show(period)}`);
  }
  return period;
}

function readFlag(field: string, value: unknown): boolean {
  if (value !== undefined && typeof value !== 'boolean') {
    throw new InvalidArchiveRequest(`${field} must be a boolean, got ${show(value)}`);
  }
  return value ?? false;
}
