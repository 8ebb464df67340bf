import type { StatusCode } from './export-task';

const SECOND_MS = 1_000;
/** Duration after which AWS gives up a task. */
const MAX_TASK_MS = 24 * 3_600 * SECOND_MS;

/** Script of an export: how long it takes, and how it ends. */
export interface ScriptedExport {
  /** @default 3 */
  pendingSeconds?: number;
  /** @default 20 */
  runningSeconds?: number;
  /** Final status; CANCELLED means that an operator cancels the task. @default 'COMPLETED' */
  ends?: 'COMPLETED' | 'FAILED' | 'CANCELLED';
  /**
   * Status after 24 hours of a task that is not done by then. With RUNNING, it runs until it is cancelled.
   *
   * AWS documents that export tasks time out, and not with which status.
   *
   * @default 'FAILED'
   */
  after24Hours?: 'FAILED' | 'CANCELLED' | 'RUNNING';
  /** Log streams that the task leaves out although it ends with COMPLETED, by name. @default - none */
  leavesOut?: 'ALL' | readonly string[];
}

/** A status, and the instant at which a task reaches it. */
export interface Step {
  at: number;
  code: StatusCode;
  message?: string;
  /** Share of its range that a task has written when it ends, 0 to 1. */
  written?: number;
}

/** Share that a task has written if its script ends it with status FAILED or CANCELLED. */
const HALF_WAY_SHARE = 0.5;
const MESSAGES = { COMPLETED: 'Completed successfully', FAILED: 'Internal failure', CANCELLED: undefined };

/** Returns the steps of a task from its creation. */
export function scheduleSteps(
  { pendingSeconds = 3, runningSeconds = 20, ends = 'COMPLETED', after24Hours = 'FAILED' }: ScriptedExport,
  created: number,
): Step[] {
  const runsAt = created + pendingSeconds * SECOND_MS;
  const endsAt = runsAt + runningSeconds * SECOND_MS;
  const timesOutAt = created + MAX_TASK_MS;
  const end: Step =
    endsAt > timesOutAt
      ? {
          at: after24Hours === 'RUNNING' ? Number.POSITIVE_INFINITY : timesOutAt,
          code: after24Hours,
          message: after24Hours === 'FAILED' ? 'Export task timed out' : undefined,
          written: computeShare(runsAt, timesOutAt, endsAt),
        }
      : { at: endsAt, code: ends, message: MESSAGES[ends], written: ends === 'COMPLETED' ? 1 : HALF_WAY_SHARE };
  return [{ at: runsAt, code: 'RUNNING' as const }, end];
}

/** Returns the steps of a task that is cancelled before its remaining steps. */
export function scheduleCancellation(now: number, created: number, remaining: Step[]): Step[] {
  const end = remaining.at(-1) as Step;
  const share = end.at === Number.POSITIVE_INFINITY ? 1 : computeShare(created, now, end.at);
  const written = remaining.length > 1 ? 0 : share * (end.written ?? 0);
  return [{ at: now + 2 * SECOND_MS, code: 'CANCELLED', written }];
}

function computeShare(start: number, now: number, end: number): number {
  return Math.max(0, (now - start) / (end - start));
}
