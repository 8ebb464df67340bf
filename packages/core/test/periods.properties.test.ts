import fc from 'fast-check';
import type { Granularity } from '../src/contract';
import { type Period, parsePeriod, previousPeriod } from '../src/periods';
import { anyGranularity, anyInstant, anyTimeZone } from './period-arbitraries';

const RUNS = { numRuns: 500 };

/** Returns the period that contains an instant, by the calendar of Intl instead of Temporal. */
function periodAround(instant: string, timeZone: string, granularity: Granularity): Period {
  const date = new Intl.DateTimeFormat('sv-SE', { timeZone }).format(new Date(instant));
  return parsePeriod(granularity === 'MONTHLY' ? date.slice(0, 7) : date, timeZone);
}

function isoTime(time: number): string {
  return new Date(time).toISOString();
}

describe('for any instant, time zone and granularity', () => {
  it('returns a period before scheduledTime, which the next period contains', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyGranularity(), (scheduledTime, timeZone, granularity) => {
        const period = previousPeriod(scheduledTime, timeZone, granularity);
        const next = periodAround(scheduledTime, timeZone, granularity);

        expect(period.to).toBeLessThan(Date.parse(scheduledTime));
        expect(next.from).toBe(period.to + 1);
        expect(next.from).toBeLessThanOrEqual(Date.parse(scheduledTime));
        expect(next.to).toBeGreaterThanOrEqual(Date.parse(scheduledTime));
      }),
      RUNS,
    );
  });

  it('returns consecutive periods without a gap or an overlap', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyGranularity(), (scheduledTime, timeZone, granularity) => {
        const period = previousPeriod(scheduledTime, timeZone, granularity);
        const before = previousPeriod(isoTime(period.from), timeZone, granularity);

        expect(before.to).toBe(period.from - 1);
        expect(before.from).toBeLessThan(before.to);
        expect(before.name < period.name).toBe(true);
      }),
      RUNS,
    );
  });

  it('returns a period from the first instant after it, and the one before at its last millisecond', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyGranularity(), (scheduledTime, timeZone, granularity) => {
        const period = previousPeriod(scheduledTime, timeZone, granularity);
        const before = previousPeriod(isoTime(period.from), timeZone, granularity);

        expect(previousPeriod(isoTime(period.to + 1), timeZone, granularity)).toEqual(period);
        expect(previousPeriod(isoTime(period.to), timeZone, granularity)).toEqual(before);
      }),
      RUNS,
    );
  });

  it('parses the name of a period into the same period', () => {
    fc.assert(
      fc.property(anyInstant(), anyTimeZone(), anyGranularity(), (scheduledTime, timeZone, granularity) => {
        const period = previousPeriod(scheduledTime, timeZone, granularity);

        expect(parsePeriod(period.name, timeZone)).toEqual(period);
        expect(period.name).toMatch(granularity === 'MONTHLY' ? /^\d{4}-\d{2}$/ : /^\d{4}-\d{2}-\d{2}$/);
      }),
      RUNS,
    );
  });

  it('does not depend on the system clock', () => {
    const now = jest.spyOn(Date, 'now');
    try {
      fc.assert(
        fc.property(anyInstant(), anyTimeZone(), anyGranularity(), (scheduledTime, timeZone, granularity) => {
          now.mockReturnValue(Date.parse('1999-12-31T23:59:59.999Z'));
          const early = previousPeriod(scheduledTime, timeZone, granularity);
          now.mockReturnValue(Date.parse('2099-01-01T00:00:00Z'));

          expect(previousPeriod(scheduledTime, timeZone, granularity)).toEqual(early);
        }),
        RUNS,
      );
    } finally {
      now.mockRestore();
    }
  });
});
