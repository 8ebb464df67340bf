import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NAMED_FAULTS } from '@log-archiver/local-aws';
import { Frequency } from 'cdk-log-archiver';
import { lastPeriod, lastScheduledTime } from '../src/calendar';
import { formatResult } from '../src/print-result';
import { type DemoListener, runDemo } from '../src/run-demo';
import { logFileOf } from './log-files/log-file-of';

const main = join(__dirname, '..', 'lib', 'main.js');
const silent: DemoListener = { writing() {}, archiving() {}, reached() {}, ended() {} };
const NOW = Date.parse('2026-11-22T12:00:00Z');
const options = { timeZone: 'Asia/Tokyo', frequency: Frequency.MONTHLY, json: false };

describe('npm run demo', () => {
  it('puts nothing but the result on standard output with --json, and finds what it put in', () => {
    const { stdout, status } = spawnSync(process.execPath, [main, '--json'], { encoding: 'utf8' });
    const result = JSON.parse(stdout);
    expect(result.eventsPutIn).toBeGreaterThan(1_000);
    expect(result.eventsInArchive).toBe(result.eventsPutIn);
    expect(status).toBe(0);
  });

  it('shows plain lines, the table and the totals where there is no terminal', () => {
    const stdout = execFileSync(process.execPath, [main], {
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: undefined },
    });
    expect(stdout).toContain('› /aws/lambda/checkout: CheckExportTask: RUNNING\n');
    expect(stdout).toMatch(/│ \/aws\/lambda\/retired +│ SKIPPED \(LogGroupNotFound\) +│ +0 │ +0 │ +0 │/);
    expect(stdout).toContain('Nothing was left behind.\n');
    expect(stdout).not.toContain('\u001b');
  });

  it('ends with exit code 1 where a log group FAILED', () => {
    const { stdout, status } = spawnSync(process.execPath, [main, '--json', '--period', '2099-01'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject({
      execution: 'FAILED',
      cause: expect.stringContaining('ArchiveIncomplete'),
    });
    expect(status).toBe(1);
  });

  it.each([
    [['--frequency', 'WEEKLY'], "argument 'WEEKLY' is invalid. Allowed choices are MONTHLY, DAILY."],
    [
      ['--time-zone', 'Tokyo'],
      `timeZone must be a time zone of the IANA database such as 'Asia/Tokyo' or 'UTC', got "Tokyo"`,
    ],
    [
      ['--period', '2026-13'],
      'period must be a month such as "2026-10" or a day such as "2026-10-31" of Asia/Tokyo, got "2026-13"',
    ],
    [['--perod', '2026-10'], "unknown option '--perod'"],
    [['2026-10'], 'too many arguments'],
  ])('refuses %j and says what is allowed', (args, message) => {
    const { stderr, stdout, status } = spawnSync(process.execPath, [main, ...args], { encoding: 'utf8' });
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('lists the faults, with what each does', () => {
    const stdout = execFileSync(process.execPath, [main, '--help'], { encoding: 'utf8' });
    expect(stdout).toContain('\nFaults:\n  throttled                AWS throttles every call twice\n');
  });

  it.each([
    [
      '--fault',
      'thunder',
      `error: option '--fault <name>' argument 'thunder' is invalid. Allowed choices are ${Object.keys(NAMED_FAULTS).join(', ')}.\n`,
    ],
    [
      '--log-file',
      '/none.log',
      "error: option '--log-file <file>': /none.log cannot be read: ENOENT: no such file or directory, open '/none.log'\n",
    ],
  ])('refuses %s %s before anything runs', (option, value, message) => {
    const { stderr, stdout, status } = spawnSync(process.execPath, [main, option, value], { encoding: 'utf8' });
    expect(stderr).toBe(`${message}(--help lists the options)\n`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('refuses two strangers for one slot', () => {
    const args = [main, '--fault', 'slot-taken', '--fault', 'slot-blocked'];
    const { stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect(stderr).toContain("'slot-blocked' is invalid. There is one slot: give slot-taken or slot-blocked.\n");
    expect(status).toBe(1);
  });

  it('archives log files, in spite of faults', () => {
    const files = ['2020-10-01 00:00:00 a\n', '2020-10-31 23:59:59.999 b\n'].map((text) => logFileOf(text));
    const args = [...files.flatMap((file) => ['--log-file', file]), '--fault', 'throttled', '--fault', 'lost-answer'];
    const { stdout, status } = spawnSync(process.execPath, [main, '--json', ...args], { encoding: 'utf8' });
    expect(JSON.parse(stdout)).toMatchObject({ period: '2020-10', eventsPutIn: 2, eventsInArchive: 2 });
    expect(status).toBe(0);
  });

  it('refuses a folder that is not empty', () => {
    const folder = mkdtempSync(join(tmpdir(), 'log-archiver-out-'));
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const { stderr, status } = spawnSync(process.execPath, [main, '--out', folder], { encoding: 'utf8' });
    expect(stderr).toContain('the folder must be empty or not exist yet');
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });
});

describe('the result', () => {
  it.each([
    ['Asia/Tokyo', Frequency.MONTHLY, '2026-10', 2232],
    ['Asia/Tokyo', Frequency.DAILY, '2026-11-21', 72],
    ['America/New_York', Frequency.MONTHLY, '2026-10', 2232],
    ['Pacific/Kiritimati', Frequency.DAILY, '2026-11-21', 72],
  ])('in %s, %s, is of %s and complete', async (timeZone, frequency, period, events) => {
    const result = await runDemo({ ...options, timeZone, frequency }, NOW, silent);
    expect(result).toMatchObject({ period, execution: 'SUCCEEDED', eventsPutIn: events, eventsInArchive: events });
  });

  it('goes where --out says, with the given period', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'log-archiver-out-')), 'new');
    const result = await runDemo({ ...options, out, period: '2026-09' }, NOW, silent);
    expect(result).toMatchObject({ period: '2026-09', eventsPutIn: 2160, eventsInArchive: 2160 });
    expect(readdirSync(join(result.bucket, '2026'))).toEqual(['09']);
  });

  it('says so where the counts differ', async () => {
    const result = await runDemo(options, NOW, silent);
    expect(formatResult({ ...result, eventsInArchive: 1 })).toContain('THE COUNTS DIFFER.');
  });
});

describe('the last scheduled time', () => {
  it.each([
    ['2026-11-01T17:59:59Z', Frequency.MONTHLY, '2026-10-01T18:00:00Z', '2026-09'],
    ['2026-11-01T18:00:00Z', Frequency.MONTHLY, '2026-11-01T18:00:00Z', '2026-10'],
    ['2026-11-22T03:59:59Z', Frequency.DAILY, '2026-11-21T04:00:00Z', '2026-11-20'],
    ['2026-11-22T04:00:00Z', Frequency.DAILY, '2026-11-22T04:00:00Z', '2026-11-21'],
  ])('at %s, %s, is %s and means %s', (now, frequency, expected, period) => {
    const scheduledTime = lastScheduledTime(Date.parse(now), 'Asia/Tokyo', frequency);
    expect(scheduledTime.toInstant().toString()).toBe(expected);
    expect(lastPeriod(scheduledTime, frequency)).toBe(period);
  });
});
