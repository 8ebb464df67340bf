import type { LocalAws } from '@log-archiver/local-aws';
import type { Temporal } from 'temporal-polyfill';

/** An event that was put into a log group, to be counted later. */
export interface PutEvent {
  readonly logGroupName: string;
  readonly timestamp: number;
}

/** The logs that the demo archives, and the times of writing and archiving. */
export interface History {
  /** Log groups that the sample's stack imports. */
  readonly imported: string[];
  /** Log groups to archive. @default - all log groups of the stack */
  readonly archived?: string[];
  /** Start of the virtual clock, in milliseconds since the epoch. */
  readonly startsAt: number;
  /** Time at which the schedule fires. */
  readonly scheduledTime: Temporal.ZonedDateTime;
  /** Puts the events into the log groups, and moves the clock to the scheduled time or later. */
  write(aws: LocalAws, logGroupNames: string[], onMonth: (month: string) => void): Promise<PutEvent[]>;
}
