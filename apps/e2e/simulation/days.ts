import { FAULTY_DAYS, type Moment } from './world';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const TOKYO = 9 * HOUR;
/** Midnight in Tokyo, where the days of the first archiver begin. */
const FIRST_DAY = {
  DAILY: Date.parse('2026-10-27T00:00:00+09:00'),
  /** A month has just ended. */
  MONTHLY: Date.parse('2026-11-01T00:00:00+09:00'),
};
export const SCHEDULED_AFTER = 3 * HOUR;

/** The days of a world, by number. */
export class Days {
  constructor(private readonly granularity: keyof typeof FIRST_DAY) {}

  public start(day: number): number {
    return FIRST_DAY[this.granularity] + day * DAY;
  }

  public at({ day, after }: Moment): number {
    return this.start(day) + SCHEDULED_AFTER + after * 1_000;
  }

  /** Those of the faulty days, or the month. */
  public get periods(): string[] {
    return [...new Set(Array.from({ length: FAULTY_DAYS }, (_, day) => this.period(day)))];
  }

  /** The period of a day; the month is always the one that ended. */
  public period(day: number): string {
    const name = (at: number) => new Date(this.start(at) + TOKYO).toISOString();
    return this.granularity === 'DAILY' ? name(day).slice(0, 10) : name(-1).slice(0, 7);
  }
}
