import { FAULTY_DAYS, type Moment } from './world';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const TOKYO_OFFSET_MS = 9 * HOUR_MS;
/** First midnight in Tokyo, where the days of the first archiver begin. */
const FIRST_DAY = {
  DAILY: Date.parse('2026-10-27T00:00:00+09:00'),
  /** October has just ended. */
  MONTHLY: Date.parse('2026-11-01T00:00:00+09:00'),
};
/** Time between the start of a day and its scheduled run. */
export const SCHEDULED_AFTER_MS = 3 * HOUR_MS;

/** Days of a world, by number. */
export class Days {
  constructor(private readonly granularity: keyof typeof FIRST_DAY) {}

  public start(day: number): number {
    return FIRST_DAY[this.granularity] + day * DAY_MS;
  }

  public at({ day, after }: Moment): number {
    return this.start(day) + SCHEDULED_AFTER_MS + after * 1_000;
  }

  /** Periods of the faulty days: each day, or the month before them. */
  public get periods(): string[] {
    return [...new Set(Array.from({ length: FAULTY_DAYS }, (_, day) => this.period(day)))];
  }

  /** Returns the day of an instant. */
  public find(instant: number): number {
    return Math.floor((instant - this.start(0)) / DAY_MS);
  }

  /** Returns the last period that has settled when the run of a day starts. */
  public settledPeriod(day: number): string {
    return this.granularity === 'DAILY' || day > 0 ? this.period(day - 2) : '';
  }

  /** Returns the period of a day. The month is always the one that ended before the first day. */
  public period(day: number): string {
    const name = (at: number) => new Date(this.start(at) + TOKYO_OFFSET_MS).toISOString();
    return this.granularity === 'DAILY' ? name(day).slice(0, 10) : name(-1).slice(0, 7);
  }
}
