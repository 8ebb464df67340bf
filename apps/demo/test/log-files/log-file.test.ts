import { Granularity } from 'cdk-log-archiver';
import { createLogGroupNames, findPeriod, readLogFiles } from '../../src/log-files/log-file';
import { writeLogFile } from '../temporary-folder';

describe('the log group names of files', () => {
  it.each([
    [['/var/log/app.log'], ['/file/app.log']],
    [
      ['a/app.log', 'b/app.log', 'c/app.log'],
      ['/file/app.log', '/file/app.log-2', '/file/app.log-3'],
    ],
    [
      ['a/x-2', 'a/x', 'b/x'],
      ['/file/x-2', '/file/x', '/file/x-3'],
    ],
    [
      ['my app (1).log', 'my app [1].log'],
      ['/file/my_app__1_.log', '/file/my_app__1_.log-2'],
    ],
  ])('%j are %j', (paths, names) => {
    expect(createLogGroupNames(paths)).toEqual(names);
  });
});

describe('the period of log files', () => {
  const NOW = Date.parse('2026-11-22T12:00:00Z');
  const logFilesWith = (...instants: string[]) =>
    instants.map((instant) => ({
      logGroupName: instant,
      events: [{ timestamp: Date.parse(instant), message: 'x' }],
    }));
  const options = { timeZone: 'Asia/Tokyo', granularity: Granularity.MONTHLY };

  it.each([
    [['2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z'], Granularity.MONTHLY, '2026-10'],
    [['2026-09-30T14:59:59.999Z', '2026-10-31T15:00:00.000Z'], Granularity.MONTHLY, '2026-09'],
    [['2026-10-31T14:59:59.999Z', '2026-10-31T15:00:00.000Z'], Granularity.DAILY, '2026-11-01'],
    [['2026-11-21T14:59:59.999Z', '2026-11-21T15:00:00.000Z'], Granularity.DAILY, '2026-11-21'],
  ])('is the last ended one with an event: events %j, %s, period %s', (instants, granularity, period) => {
    expect(findPeriod(logFilesWith(...instants), { ...options, granularity }, NOW)).toBe(period);
  });

  it('is the period of the options if there is one', () => {
    const logFiles = logFilesWith('2026-09-30T15:00:00.000Z', '2026-10-31T15:00:00.000Z');
    expect(findPeriod(logFiles, { ...options, period: '2026-11' }, NOW)).toBe('2026-11');
    expect(findPeriod(logFiles, { ...options, period: '2026-08/2026-10' }, NOW)).toBe('2026-08/2026-10');
  });

  it.each([
    [Granularity.MONTHLY, undefined, 'a month that has ended'],
    [Granularity.DAILY, undefined, 'a day that has ended'],
    [Granularity.MONTHLY, '2026-10', '2026-10'],
  ])('is rejected if it has no event: %s, %s', (granularity, period, expected) => {
    const logFiles = logFilesWith('2026-11-21T15:00:00.000Z', '2026-11-22T00:00:00.000Z');
    expect(() => findPeriod(logFiles, { ...options, granularity, period }, NOW)).toThrow(
      new Error(
        `at least one event must be in ${expected} (Asia/Tokyo), got events from 2026-11-21T15:00:00.000Z to 2026-11-22T00:00:00.000Z`,
      ),
    );
  });
});

describe('log files', () => {
  const options = { timeZone: 'Asia/Tokyo', timestampFields: ['timestamp'] };

  it('have at most 32 MiB together', () => {
    const line = '2026-10-31 12:00:00 a\n';
    const half = writeLogFile(`${line}${`${'x'.repeat(1_023)}\n`.repeat(1_000)}`.repeat(16));
    expect(readLogFiles([half, half], options).map(({ events }) => events.length)).toEqual([16, 16]);
    expect(() => readLogFiles([half, half, half], options)).toThrow(
      new Error(`${half}: log files must have at most 32 MiB together`),
    );
  });
});
