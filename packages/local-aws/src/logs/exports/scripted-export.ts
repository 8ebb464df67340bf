import type { StatusCode } from './export-task';

const SECOND = 1_000;
/** AWS gives a task up after 24 hours. */
const LONGEST = 24 * 3_600 * SECOND;

/** How an export goes. */
export interface ExportCourse {
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

export function stepsOf(
  { pendingSeconds = 3, runningSeconds = 20, ends = 'COMPLETED' }: ExportCourse,
  created: number,
) {
  const runsAt = created + pendingSeconds * SECOND;
  const endsAt = runsAt + runningSeconds * SECOND;
  const givenUpAt = created + LONGEST;
  const end: Step =
    endsAt > givenUpAt
      ? { at: givenUpAt, code: 'FAILED', message: 'Export task timed out', written: shareOf(runsAt, givenUpAt, endsAt) }
      : { at: endsAt, code: ends, message: MESSAGES[ends], written: ends === 'COMPLETED' ? 1 : HALF_WAY };
  return [{ at: runsAt, code: 'RUNNING' as const }, end];
}

/** Of a task that has yet to take the steps ahead. */
export function stepsOfCancelling(now: number, created: number, ahead: Step[]): Step[] {
  const end = ahead.at(-1) as Step;
  const written = ahead.length > 1 ? 0 : shareOf(created, now, end.at) * (end.written ?? 0);
  return [{ at: now + 2 * SECOND, code: 'CANCELLED', written }];
}

function shareOf(start: number, now: number, end: number): number {
  return Math.max(0, (now - start) / (end - start));
}
