import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePeriods } from '@log-archiver/core';
import { Granularity } from 'cdk-log-archiver';
import { findLastScheduledTime, getScheduledTime } from '../src/calendar';
import { parseOptions } from '../src/options';
import { formatResult, isComplete } from '../src/print-result';
import { runDemo } from '../src/run-demo';
import { validateSamplePeriods } from '../src/sample-history';
import { createOptions, NOW, SILENT, TOKYO } from './demo-options';

describe('the options', () => {
  it('archives one account with its own bucket by default', () => {
    const options = (...args: string[]) => parseOptions(['node', 'demo', ...args], 'none', NOW);
    expect(options()).toEqual({ ...TOKYO, out: 'none', temporaryFolder: 'none', json: false });
    expect(options('--accounts', '3')).toEqual({ ...options(), accounts: 3 });
  });

  const validate = (period: string) => () => validateSamplePeriods(parsePeriods(period, TOKYO.timeZone), TOKYO, NOW);

  it.each([
    ['2026-11-01/2026-11-20', '2026-11-02'],
    ['2026-11-22', '2026-11-22'],
    ['2026-11', '2026-11'],
    ['2099-01', '2099-01'],
    ['2026-07', '2026-07'],
    ['2026-07-31', '2026-07-31'],
    ['2016-01/2026-10', '2016-01'],
  ])('rejects period %s, because %s has no generated logs', (period, name) => {
    expect(validate(period)).toThrow(
      new Error(
        `period must be within the generated logs, which are from 2026-08-01T00:00:00 to 2026-11-02T03:00:00 (Asia/Tokyo), got "${name}"`,
      ),
    );
  });

  it.each(['2026-08', '2026-08/2026-10', '2026-08-01', '2026-11-01'])('accepts period %s', (period) => {
    expect(validate(period)).not.toThrow();
  });
});

describe('the result', () => {
  it('shows that the counts differ, or that objects do not match a receipt', async () => {
    const result = await runDemo({ ...createOptions(), period: '2026-10' }, NOW, SILENT);
    const fewer = { ...result, eventsInArchive: 1 };
    expect(formatResult(fewer)).toContain('THE COUNTS DIFFER.');
    const [first, ...others] = result.logGroups;
    const mismatching = { ...result, logGroups: [{ ...first, agrees: false } as typeof first & object, ...others] };
    expect(formatResult(mismatching)).toContain(
      '4 receipts under _log-archiver/receipts/; THE OBJECTS OF 1 DO NOT MATCH.',
    );
    expect([result, fewer, mismatching].map(isComplete)).toEqual([true, false, false]);
  });

  it('has at most 40 rows in the table, those of skipped log groups last', async () => {
    const result = await runDemo({ ...createOptions(), period: '2026-10' }, NOW, SILENT);
    const [archived] = result.logGroups as [(typeof result.logGroups)[number]];
    const skipped = { ...archived, status: 'SKIPPED' as const, error: 'CreatedLater' };
    const rows = (count: number, row: typeof archived) => Array.from({ length: count }, () => row);
    const format = (logGroups: typeof result.logGroups) => {
      const lines = formatResult({ ...result, logGroups }).split('\n');
      return [
        lines.filter((line) => line.startsWith('│ 2026-10')).length,
        lines.find((line) => line.includes(' rows')),
      ];
    };
    expect(format(rows(40, skipped))).toEqual([40, undefined]);
    expect(format([...rows(40, skipped), archived])).toEqual([1, 'The table has 1 of 41 rows. --json prints all.']);
    expect(format(rows(50, archived))).toEqual([40, 'The table has 40 of 50 rows. --json prints all.']);
  });

  it('shows the reasons of at most 10 failures', async () => {
    const result = await runDemo({ ...createOptions(), period: '2026-10' }, NOW, SILENT);
    const failed = { ...result.logGroups[0], status: 'FAILED', error: 'AccessDenied', cause: 'no permission' };
    const logGroups = Array.from({ length: 12 }, () => failed) as typeof result.logGroups;
    const lines = formatResult({ ...result, logGroups }).split('\n');
    const line = 'Failed: 2026-10 /aws/lambda/checkout, AccessDenied: no permission.';
    expect(lines.filter((each) => each === line)).toHaveLength(10);
    expect(lines).toContain('2 more lines like this. --json prints all.');
  });

  it('has a page of the last period beside the archive', async () => {
    const options = createOptions();
    const { page } = await runDemo({ ...options, period: '2026-09/2026-10' }, NOW, SILENT);
    expect(page).toBe(join(options.out, '2026-10.html'));
    const text = readFileSync(page ?? '', 'utf8');
    expect(text).toContain('<h1>Archive of 2026-10</h1>\n<p><b class="good">COMPLETE</b> as of ');
    expect(text).toMatch(/4 exports, busy \d+ min \d+ s of /);
    expect(text).toContain('the log group does not exist, and is passed over (LogGroupNotFound)');
  });
});

describe('the scheduled time', () => {
  it.each([
    ['2026-11-01T17:59:59Z', Granularity.MONTHLY, '2026-10-01T18:00:00Z'],
    ['2026-11-01T18:00:00Z', Granularity.MONTHLY, '2026-11-01T18:00:00Z'],
    ['2026-11-22T17:59:59Z', Granularity.DAILY, '2026-11-21T18:00:00Z'],
    ['2026-11-22T18:00:00Z', Granularity.DAILY, '2026-11-22T18:00:00Z'],
  ])('before %s, %s, is %s', (now, granularity, expected) => {
    expect(findLastScheduledTime(Date.parse(now), 'Asia/Tokyo', granularity).toInstant().toString()).toBe(expected);
  });

  it.each([
    ['2026-10', '2026-11-01T18:00:00Z'],
    ['2026-08/2026-10', '2026-11-01T18:00:00Z'],
    ['2026-10-31', '2026-11-01T18:00:00Z'],
  ])('that archives %s is %s', (periods, expected) => {
    expect(getScheduledTime(periods, 'Asia/Tokyo').toInstant().toString()).toBe(expected);
  });
});
