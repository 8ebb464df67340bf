import type { StatusCode } from './export-task';

const SECOND_MS = 1_000;
/** AWS gives a task up after 24 hours. */
const MAX_TASK_MS = 24 * 3_600 * SECOND_MS;

/** How an export goes. */
export interface ScriptedExport {
  /** Default 3. */
  pendingSeconds?: number;
  /** Default 20. */
  runningSeconds?: number;
  /** CANCELLED: by somebody's hand. Default COMPLETED. */
  ends?: 'COMPLETED' | 'FAILED' | 'CANCELLED';
}

/** A status that a task takes at an instant. */
export interface Step {
  at: number;
  code: StatusCode;
  message?: string;
  /** How much of its range a task has written when it ends, 0 to 1. */
  written?: number;
}

/** What a task has written that ends before its time, and not by the clock. */
const HALF_WAY = 0.5;
const MESSAGES = { COMPLETED: 'Completed successfully', FAILED: 'Internal failure', CANCELLED: undefined };

export function scheduleSteps(
  { pendingSeconds = 3, runningSeconds = 20, ends = 'COMPLETED' }: ScriptedExport,
  created: number,
) {
  const runsAt = created + pendingSeconds * SECOND_MS;
  const endsAt = runsAt + runningSeconds * SECOND_MS;
  const givenUpAt = created + MAX_TASK_MS;
  const end: Step =
    endsAt > givenUpAt
      ? {
          at: givenUpAt,
          code: 'FAILED',
          message: 'Export task timed out',
          written: computeShare(runsAt, givenUpAt, endsAt),
        }
      : { at: endsAt, code: ends, message: MESSAGES[ends], written: ends === 'COMPLETED' ? 1 : HALF_WAY };
  return [{ at: runsAt, code: 'RUNNING' as const }, end];
}

/** Of a task that has yet to take the steps ahead. */
export function scheduleCancellation(now: number, created: number, ahead: Step[]): Step[] {
  const end = ahead.at(-1) as Step;
  const written = ahead.length > 1 ? 0 : computeShare(created, now, end.at) * (end.written ?? 0);
  return [{ at: now + 2 * SECOND_MS, code: 'CANCELLED', written }];
}

function computeShare(start: number, now: number, end: number): number {
  return Math.max(0, (now - start) / (end - start));
}
