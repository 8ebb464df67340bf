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

  it('rejects a period that ends after the logs of the sample', () => {
    const validate = (period: string) => () => validateSamplePeriods(parsePeriods(period, TOKYO.timeZone), TOKYO, NOW);
    expect(validate('2026-11-01/2026-11-20')).toThrow(
      new Error("period must end before the sample's logs, at 2026-11-02T03:00:00, got 2026-11-20"),
    );
    expect(validate('2026-11-01')).not.toThrow();
    expect(validate('2026-11-22')).not.toThrow();
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
