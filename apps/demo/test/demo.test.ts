import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parsePeriods } from '@log-archiver/core';
import { NAMED_FAULTS } from '@log-archiver/local-aws';
import { Granularity } from 'cdk-log-archiver';
import { lastScheduledTime, scheduledTimeOf } from '../src/calendar';
import { formatResult, isComplete } from '../src/print-result';
import { type DemoListener, runDemo } from '../src/run-demo';
import { refuseAfterSample } from '../src/sample-history';
import { logFileOf } from './log-files/log-file-of';

const main = join(__dirname, '..', 'lib', 'main.js');
const silent: DemoListener = { reached() {}, ended() {} };
const NOW = Date.parse('2026-11-22T12:00:00Z');
const options = { timeZone: 'Asia/Tokyo', granularity: Granularity.MONTHLY, json: false };

describe('npm run demo', () => {
  it('puts nothing but the result on standard output with --json, and finds what it put in', () => {
    const { stdout, status } = spawnSync(process.execPath, [main, '--json'], { encoding: 'utf8' });
    const result = JSON.parse(stdout);
    expect(result.eventsPutIn).toBeGreaterThan(1_000);
    expect(result.eventsInArchive).toBe(result.eventsPutIn);
    expect(status).toBe(0);
  });

  it('shows plan, run, proof and second run on one screen, in plain lines where there is no terminal', () => {
    const stdout = execFileSync(process.execPath, [main], {
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: undefined },
    });
    expect(stdout).toContain('✔ Archiving again\nThe plan: 12 exports from ');
    expect(stdout).toMatch(/│ \/aws\/lambda\/retired +│ SKIPPED \(LogGroupNotFound\) +│ +0 │ +0 │ +0 │/);
    expect(stdout).toMatch(/^The run SUCCEEDED: 12 exports, \d+ state transitions, /m);
    expect(stdout).toContain('12 receipts below _log-archiver/receipts/, and the objects are as they say.\n');
    expect(stdout).toContain(
      `Nothing was left behind.
The same once more finds nothing to do: 12 × AlreadyArchived, 3 × LogGroupNotFound; 0 exports, 6 state transitions, 0 s of virtual time.
The archive is in `,
    );
    expect(stdout).not.toContain('\u001b');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(40);
  });

  it('ends with exit code 1 where a log group FAILED', () => {
    const args = [main, '--json', '--period', '2020-10', '--log-file', logFileOf('2020-10-01 00:00:00 a\n')];
    const { stdout, status } = spawnSync(process.execPath, [...args, '--fault', 'task-cancelled'], {
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toMatchObject({
      run: { execution: 'FAILED', cause: expect.stringContaining('ArchiveIncomplete') },
      secondRun: { execution: 'SUCCEEDED', outcomes: { ARCHIVED: 1 }, eventsInArchive: 1 },
    });
    expect(status).toBe(1);
  });

  it('ends with exit code 1, and says why, where the period is refused', () => {
    const { stdout, status } = spawnSync(process.execPath, [main, '--period', '2099-01'], { encoding: 'utf8' });
    expect(stdout.trimEnd().split('\n').at(-1)).toBe(
      'Nothing was archived. InvalidArchiveRequest: period must be one that has ended; 2099-01 ends at 2099-01-31T14:59:59.999Z, got "2099-01"',
    );
    expect(status).toBe(1);
  });

  it.each([
    [['--granularity', 'WEEKLY'], "argument 'WEEKLY' is invalid. Allowed choices are MONTHLY, DAILY."],
    [
      ['--time-zone', 'Tokyo'],
      `timeZone must be a time zone of the IANA database such as 'Asia/Tokyo' or 'UTC', got "Tokyo"`,
    ],
    [
      ['--period', '2026-13'],
      'period must be a month such as "2026-10" or a day such as "2026-10-31" of Asia/Tokyo, got "2026-13"',
    ],
    [
      ['--period', '2026-10/2026-08'],
      'period must be one period or the first and the last of several of the same length, such as "2025-01/2025-12", got "2026-10/2026-08"',
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
    expect(stdout).toContain(
      '\nThe exit code is 0 if the first run archives everything, and the second finds nothing to do. ',
    );
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
    expect(JSON.parse(stdout)).toMatchObject({
      periods: ['2020-08', '2020-09', '2020-10'],
      run: { outcomes: { CreatedLater: 4, ARCHIVED: 2 } },
      eventsPutIn: 2,
      eventsInArchive: 2,
    });
    expect(status).toBe(0);
  });

  it.each([
    [['--out', __filename], "error: option '--out <dir>' argument '"],
    [['--out', __filename], "' is invalid. it is a file."],
  ])('with %j is refused: %s', (options, message) => {
    const { stderr, status } = spawnSync(process.execPath, [main, ...options], { encoding: 'utf8' });
    expect(stderr).toContain(message);
    expect(status).toBe(1);
  });

  it('refuses a period that has ended, but not on the clock of the sample', () => {
    const refuse = (period: string) => () => refuseAfterSample(parsePeriods(period, 'Asia/Tokyo'), options, NOW);
    expect(refuse('2026-11-01/2026-11-20')).toThrow(
      new Error("the sample's logs end at 2026-11-02T03:00:00, got 2026-11-20"),
    );
    expect(refuse('2026-11-01')).not.toThrow();
    expect(refuse('2026-11-22')).not.toThrow();
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
    ['Asia/Tokyo', Granularity.MONTHLY, ['2026-08', '2026-09', '2026-10'], 6_624],
    ['Asia/Tokyo', Granularity.DAILY, ['2026-11-18', '2026-11-19', '2026-11-20'], 216],
    ['America/New_York', Granularity.MONTHLY, ['2026-08', '2026-09', '2026-10'], 6_624],
    ['Pacific/Kiritimati', Granularity.DAILY, ['2026-11-18', '2026-11-19', '2026-11-20'], 216],
  ])('in %s, %s, is of %j and complete', async (timeZone, granularity, periods, events) => {
    const result = await runDemo({ ...options, timeZone, granularity }, NOW, silent);
    expect(result).toMatchObject({
      periods,
      plan: { exports: 12 },
      run: { execution: 'SUCCEEDED', exports: 12, outcomes: { ARCHIVED: 12, LogGroupNotFound: 3 }, errors: {} },
      receipts: { count: 12 },
      leftovers: [],
      eventsPutIn: events,
      eventsInArchive: events,
      secondRun: {
        execution: 'SUCCEEDED',
        exports: 0,
        stateTransitions: 6,
        seconds: 0,
        outcomes: { AlreadyArchived: 12, LogGroupNotFound: 3 },
        eventsInArchive: events,
      },
    });
    expect(isComplete(result)).toBe(true);
  });

  it('has a row for each log group and period, counted from the objects of its receipt', async () => {
    const { logGroups } = await runDemo({ ...options, period: '2026-08/2026-09' }, NOW, silent);
    const counts = logGroups.map(({ period, logGroupName, status, error, events, objects, agrees }) =>
      [period, logGroupName, error ?? status, events, objects, agrees].join(' '),
    );
    expect(counts).toEqual([
      '2026-08 /aws/lambda/checkout ARCHIVED 744 31 true',
      '2026-08 /aws/lambda/nightly-report ARCHIVED 0 0 true',
      '2026-08 /aws/lambda/retired LogGroupNotFound 0 0 ',
      '2026-08 /shop/orders ARCHIVED 744 31 true',
      '2026-08 /shop/payments ARCHIVED 744 31 true',
      '2026-09 /aws/lambda/checkout ARCHIVED 720 30 true',
      '2026-09 /aws/lambda/nightly-report ARCHIVED 0 0 true',
      '2026-09 /aws/lambda/retired LogGroupNotFound 0 0 ',
      '2026-09 /shop/orders ARCHIVED 720 30 true',
      '2026-09 /shop/payments ARCHIVED 720 30 true',
    ]);
  });

  it('goes where --out says, with the given period', async () => {
    const out = join(mkdtempSync(join(tmpdir(), 'log-archiver-out-')), 'new');
    const result = await runDemo({ ...options, out, period: '2026-09' }, NOW, silent);
    expect(result).toMatchObject({ periods: ['2026-09'], eventsPutIn: 2160, eventsInArchive: 2160 });
    expect(readdirSync(join(result.bucket, '2026'))).toEqual(['09']);
  });

  it('says so where the counts differ, or a receipt and its objects', async () => {
    const result = await runDemo({ ...options, period: '2026-10' }, NOW, silent);
    const fewer = { ...result, eventsInArchive: 1 };
    expect(formatResult(fewer)).toContain('THE COUNTS DIFFER.');
    const [first, ...others] = result.logGroups;
    const lying = { ...result, logGroups: [{ ...first, agrees: false } as typeof first & object, ...others] };
    expect(formatResult(lying)).toContain('4 receipts below _log-archiver/receipts/, and THE OBJECTS OF 1 ARE NOT AS');
    expect([result, fewer, lying].map(isComplete)).toEqual([true, false, false]);
  });
});

describe('the last scheduled time', () => {
  it.each([
    ['2026-11-01T17:59:59Z', Granularity.MONTHLY, '2026-10-01T18:00:00Z'],
    ['2026-11-01T18:00:00Z', Granularity.MONTHLY, '2026-11-01T18:00:00Z'],
    ['2026-11-22T17:59:59Z', Granularity.DAILY, '2026-11-21T18:00:00Z'],
    ['2026-11-22T18:00:00Z', Granularity.DAILY, '2026-11-22T18:00:00Z'],
  ])('at %s, %s, is %s', (now, granularity, expected) => {
    expect(lastScheduledTime(Date.parse(now), 'Asia/Tokyo', granularity).toInstant().toString()).toBe(expected);
  });

  it.each([
    ['2026-10', '2026-11-01T18:00:00Z'],
    ['2026-08/2026-10', '2026-11-01T18:00:00Z'],
    ['2026-10-31', '2026-11-01T18:00:00Z'],
  ])('of %s is %s', (periods, expected) => {
    expect(scheduledTimeOf(periods, 'Asia/Tokyo').toInstant().toString()).toBe(expected);
  });
});
