import fc from 'fast-check';
import type { Granularity } from '../src/contract';
import { type Period, parsePeriod, previousPeriod } from '../src/periods';
import { anyFrequency, anyInstant, anyTimeZone } from './period-arbitraries';

const RUNS = { numRuns: 500 };

/** The period that an instant lies in, by what the calendar of Intl, not of Temporal, shows at that instant. */
function periodAround(instant: string, timeZone: string, frequency: Granularity): Period {
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(instant));
  return parsePeriod(frequency === 'MONTHLY' ? date.slice(0, 7) : date, timeZone);
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}

describe('for any instant, time zone and frequency', () => {
  it('the period ends before scheduledTime, and the next one contains it', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyFrequency(), (scheduledTime, timeZone, frequency) => {
        const period = previousPeriod(scheduledTime, timeZone, frequency);
        const next = periodAround(scheduledTime, timeZone, frequency);

        expect(period.to).toBeLessThan(Date.parse(scheduledTime));
        expect(next.from).toBe(period.to + 1);
        expect(next.from).toBeLessThanOrEqual(Date.parse(scheduledTime));
        expect(next.to).toBeGreaterThanOrEqual(Date.parse(scheduledTime));
      }),
      RUNS,
    );
  });

  it('consecutive periods meet without a gap or an overlap', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyFrequency(), (scheduledTime, timeZone, frequency) => {
        const period = previousPeriod(scheduledTime, timeZone, frequency);
        const before = previousPeriod(isoTime(period.from), timeZone, frequency);

        expect(before.to).toBe(period.from - 1);
        expect(before.from).toBeLessThan(before.to);
        expect(before.name < period.name).toBe(true);
      }),
      RUNS,
    );
  });

  it('the first instant after a period gets that period, and its last millisecond the one before', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyFrequency(), (scheduledTime, timeZone, frequency) => {
        const period = previousPeriod(scheduledTime, timeZone, frequency);
        const before = previousPeriod(isoTime(period.from), timeZone, frequency);

        expect(previousPeriod(isoTime(period.to + 1), timeZone, frequency)).toEqual(period);
        expect(previousPeriod(isoTime(period.to), timeZone, frequency)).toEqual(before);
      }),
      RUNS,
    );
  });

  it('the name of a period gives the same period', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyFrequency(), (scheduledTime, timeZone, frequency) => {
        const period = previousPeriod(scheduledTime, timeZone, frequency);

        expect(parsePeriod(period.name, timeZone)).toEqual(period);
        expect(period.name).toMatch(frequency === 'MONTHLY' ? /^\d{4}-\d{2}$/ : /^\d{4}-\d{2}-\d{2}$/);
      }),
      RUNS,
    );
  });

  it('the present moment changes nothing', () => {
    const now = jest.spyOn(Date, 'now');
    try {
      fc.assert(
        fc.property(anyInstant(), anyTimeZone(), anyFrequency(), (scheduledTime, timeZone, frequency) => {
          now.mockReturnValue(Date.parse('1999-12-31T23:59:59.999Z'));
          const early = previousPeriod(scheduledTime, timeZone, frequency);
          now.mockReturnValue(Date.parse('2099-01-01T00:00:00Z'));

          expect(previousPeriod(scheduledTime, timeZone, frequency)).toEqual(early);
        }),
        RUNS,
      );
    } finally {
      now.mockRestore();
    }
  });
});
