import type { LocalAws } from '@log-archiver/local-aws';
import type { Temporal } from 'temporal-polyfill';

/** What was put in, to be counted later. */
export interface PutEvent {
  readonly logGroupName: string;
  readonly timestamp: number;
}

/** The logs that the demo archives, and when. */
export interface History {
  /** Log groups that something else than the sample's stack has made. */
  readonly imported: string[];
  /** Of the log groups that the stack names, those to archive. @default - all */
  readonly archived?: string[];
  /** When the clock starts. */
  readonly startsAt: number;
  /** When the schedule fires. */
  readonly scheduledTime: Temporal.ZonedDateTime;
  /** Puts the events into the log groups; afterwards it is the scheduled time, or later. */
  write(aws: LocalAws, logGroupNames: string[], onMonth: (month: string) => void): Promise<PutEvent[]>;
}
