import type { ExportLogToS3Request } from '@log-archiver/core';
import { exportPeriod } from '../src/export-period';
import { OCTOBER_REQUEST } from './october-request';

const OCTOBER_ENDED = '2026-10-31T15:00:00.000Z';
const EXPORTABLE_FROM = '2026-11-01T03:00:00.000Z';

function periodAt(now: string, overrides: Partial<ExportLogToS3Request> = {}): string {
  const { name, from, to } = exportPeriod({ ...OCTOBER_REQUEST, ...overrides }, Date.parse(now));
  return `${name} ${new Date(from).toISOString()} ${new Date(to).toISOString()}`;
}

function named(name: string, message: string): Error {
  return expect.objectContaining({ name, message });
}

describe('the period before scheduledTime', () => {
  const OCTOBER = '2026-10 2026-09-30T15:00:00.000Z 2026-10-31T14:59:59.999Z';

  it.each(['2026-11-02T03:00:00Z', '2026-11-30T14:59:59.999Z', '2026-12-24T00:00:00Z', '2036-01-01T00:00:00Z'])(
    'is the same when the run is late and the clock says %s',
    (now) => {
      expect(periodAt(now)).toBe(OCTOBER);
    },
  );

  it('is a day when the frequency is DAILY', () => {
    expect(periodAt('2026-11-02T03:00:00Z', { frequency: 'DAILY' })).toBe(
      '2026-11-01 2026-10-31T15:00:00.000Z 2026-11-01T14:59:59.999Z',
    );
  });

  it('can be exported exactly 12 hours after its end', () => {
    expect(periodAt(EXPORTABLE_FROM, { scheduledTime: OCTOBER_ENDED })).toBe(OCTOBER);
  });

  it.each(['2026-11-01T02:59:59.999Z', OCTOBER_ENDED, '2026-10-31T14:59:59.990Z'])(
    'can not be exported yet at %s',
    (now) => {
      expect(() => periodAt(now, { scheduledTime: OCTOBER_ENDED })).toThrow(
        named(
          'LogsNotYetExportable',
          'all events of 2026-10 can be exported from 2026-11-01T03:00:00.000Z on, 12 hours after its end',
        ),
      );
    },
  );
});

describe('the period that is asked for', () => {
  it.each([
    ['2026-10', '2026-10 2026-09-30T15:00:00.000Z 2026-10-31T14:59:59.999Z'],
    ['2026-08', '2026-08 2026-07-31T15:00:00.000Z 2026-08-31T14:59:59.999Z'],
    ['2026-10-30', '2026-10-30 2026-10-29T15:00:00.000Z 2026-10-30T14:59:59.999Z'],
  ])('%s is taken whatever scheduledTime and the frequency are', (period, expected) => {
    const now = '2026-11-02T03:00:00Z';

    expect(periodAt(now, { period })).toBe(expected);
    expect(periodAt(now, { period, frequency: 'DAILY', scheduledTime: '2026-02-02T03:00:00Z' })).toBe(expected);
  });

  it('can be exported exactly 12 hours after its end', () => {
    const scheduledTime = OCTOBER_ENDED;

    expect(periodAt(EXPORTABLE_FROM, { scheduledTime, period: '2026-10' })).toMatch(/^2026-10 /);
    expect(() => periodAt('2026-11-01T02:59:59.999Z', { scheduledTime, period: '2026-10' })).toThrow(
      named(
        'LogsNotYetExportable',
        'all events of 2026-10 can be exported from 2026-11-01T03:00:00.000Z on, 12 hours after its end',
      ),
    );
  });

  it.each([
    ['in its last millisecond', '2026-10-31T14:59:59.999Z'],
    ['in the middle of it', '2026-10-15T00:00:00.000Z'],
    ['before it', '2026-09-15T00:00:00.000Z'],
  ])('is refused %s', (_, now) => {
    expect(() => periodAt(now, { scheduledTime: '2026-09-02T03:00:00Z', period: '2026-10' })).toThrow(
      named(
        'InvalidArchiveRequest',
        'period must be one that has ended; this one ends at 2026-10-31T14:59:59.999Z, got "2026-10"',
      ),
    );
  });

  it('has ended, and waits for its 12 hours, in the first millisecond after it', () => {
    expect(() => periodAt(OCTOBER_ENDED, { scheduledTime: OCTOBER_ENDED, period: '2026-10' })).toThrow(
      named(
        'LogsNotYetExportable',
        'all events of 2026-10 can be exported from 2026-11-01T03:00:00.000Z on, 12 hours after its end',
      ),
    );
  });
});

describe('a scheduledTime', () => {
  it("may be ahead of the function's own clock by 5 minutes", () => {
    expect(periodAt('2026-11-02T02:55:00.000Z', { scheduledTime: '2026-11-02T03:00:00Z' })).toMatch(/^2026-10 /);
  });

  it.each([null, '2026-09'])('in the future is refused, with the period %p', (period) => {
    expect(() => periodAt('2026-11-02T02:54:59.999Z', { period })).toThrow(
      named(
        'InvalidArchiveRequest',
        'scheduledTime must be not later than now, 2026-11-02T02:54:59.999Z, got "2026-11-02T03:00:00Z"',
      ),
    );
  });

  it('that is no instant is refused although a period is asked for', () => {
    expect(() => periodAt('2026-11-02T03:00:00Z', { scheduledTime: 'soon', period: '2026-10' })).toThrow(
      named(
        'InvalidArchiveRequest',
        'scheduledTime must be an instant in ISO 8601 with a zone such as "2026-11-02T03:00:00Z", got "soon"',
      ),
    );
  });
});
