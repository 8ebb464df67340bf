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
  /** Default COMPLETED. */
  ends?: 'COMPLETED' | 'FAILED';
}

/** A status that a task takes at an instant. */
export interface Step {
  at: number;
  code: StatusCode;
  message?: string;
}

export function stepsOf(
  { pendingSeconds = 3, runningSeconds = 20, ends = 'COMPLETED' }: ExportCourse,
  created: number,
) {
  const runsAt = created + pendingSeconds * SECOND;
  const endsAt = runsAt + runningSeconds * SECOND;
  const end: Step =
    endsAt - created > LONGEST
      ? { at: created + LONGEST, code: 'FAILED', message: 'Export task timed out' }
      : { at: endsAt, code: ends, message: ends === 'COMPLETED' ? 'Completed successfully' : 'Internal failure' };
  return [{ at: runsAt, code: 'RUNNING' as const }, end];
}

export function stepsOfCancelling(now: number): Step[] {
  return [{ at: now + 2 * SECOND, code: 'CANCELLED' }];
}
