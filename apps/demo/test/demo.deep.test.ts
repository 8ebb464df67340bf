import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NAMED_FAULTS } from '@log-archiver/local-aws';
import { runDemo } from '../src/run-demo';
import { createOptions, NOW, SILENT } from './demo-options';
import { createFolder, writeLogFile } from './temporary-folder';

const main = join(__dirname, '..', 'lib', 'main.js');

/** Runs the compiled demo with a temporary folder of its own, and lists the files that it leaves there. */
function runMain(...args: string[]) {
  const TMPDIR = createFolder();
  const env = { ...process.env, TMPDIR, FORCE_COLOR: undefined };
  return { ...spawnSync(process.execPath, [main, ...args], { encoding: 'utf8', env }), filesLeft: listFiles(TMPDIR) };
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) => join(folder, path));
}

describe('npm run demo', () => {
  it('prints only the result with --json, and finds every event', () => {
    const { stdout, status, filesLeft } = runMain('--json');
    const result = JSON.parse(stdout);
    expect(result.eventsPutIn).toBeGreaterThan(1_000);
    expect(result.eventsInArchive).toBe(result.eventsPutIn);
    expect(status).toBe(0);
    expect(filesLeft).not.toEqual([]);
    const others = filesLeft.filter((path) => !path.startsWith(result.bucket) && !result.bucket.startsWith(path));
    expect(others).toEqual([result.page]);
  });

  it('shows plan, run, comparison and second run on one screen, as plain lines without a terminal', () => {
    const { stdout } = runMain();
    expect(stdout).toContain('✔ Archiving again\nPlan: 12 exports from ');
    expect(stdout).toMatch(/│ \/aws\/lambda\/retired +│ SKIPPED \(LogGroupNotFound\) +│ +0 │ +0 │ +0 │/);
    expect(stdout).toContain('\nLogGroupNotFound: the log group does not exist, and is passed over.\n');
    expect(stdout).toContain(
      '\nWarning LogGroupNeverSeen: /aws/lambda/retired: the log group does not exist, and no run has ever seen it; check its name.\n',
    );
    expect(stdout).toMatch(/^The run ended with SUCCEEDED: 12 exports, \d+ state transitions, /m);
    expect(stdout).toContain('12 receipts under _log-archiver/receipts/; all objects match them.\n');
    expect(stdout).toContain(
      `The archive is complete.
A second run finds nothing to do: 12 × ARCHIVED before, 3 × LogGroupNotFound; 0 exports, 6 state transitions, 0 s of virtual time.
The page of `,
    );
    expect(stdout).not.toContain('\u001b');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(40);
  });

  it('ends with exit code 1 if a log group failed', () => {
    const args = ['--json', '--period', '2020-10', '--log-file', writeLogFile('2020-10-01 00:00:00 a\n')];
    const { stdout, status } = runMain(...args, '--fault', 'task-cancelled');
    expect(JSON.parse(stdout)).toMatchObject({
      run: { execution: 'FAILED', cause: expect.stringContaining('ArchiveIncomplete') },
      secondRun: { execution: 'SUCCEEDED', outcomes: { ARCHIVED: 1 }, eventsInArchive: 1 },
    });
    expect(status).toBe(1);
  });

  it('shows why a log group failed', () => {
    const { stdout, status } = runMain('--period', '1999-05', '--log-file', writeLogFile('1999-05-01 00:00:00 a\n'));
    expect(stdout).toContain(
      '\nFailed: 1999-05 /file/app.log, InvalidArchiveRequest: periodFrom must be a time in milliseconds since the epoch, got 925484400000.\n',
    );
    expect(status).toBe(1);
  });

  it('prints few lines for many periods of a log file', () => {
    const file = writeLogFile('2026-10-01 00:00:00 a\n');
    const { stdout, status } = runMain('--period', '2016-01/2026-10', '--log-file', file);
    expect(stdout).toContain('\nThe table has 1 of 130 rows. --json prints all.\nCreatedLater: ');
    expect(stdout.split('\n').length).toBeLessThanOrEqual(30);
    expect(status).toBe(0);
  });

  it.each([
    [['--granularity', 'WEEKLY'], "argument 'WEEKLY' is invalid. Allowed choices are MONTHLY, DAILY."],
    [['--time-zone', 'Tokyo'], `timeZone must be an IANA time zone such as 'Asia/Tokyo' or 'UTC', got "Tokyo"`],
    [
      ['--period', '2026-13'],
      'period must be a month such as "2026-10" or a day such as "2026-10-31" of Asia/Tokyo, got "2026-13"',
    ],
    [
      ['--period', '2026-10/2026-08'],
      'period must be one period, or the first and the last of several of the same length such as "2025-01/2025-12", got "2026-10/2026-08"',
    ],
    [
      ['--period', '2099-01'],
      "error: option '--period <period>': period must be within the generated logs, which are from ",
    ],
    [
      ['--period', '2020-01'],
      "error: option '--period <period>': period must be within the generated logs, which are from ",
    ],
    [
      ['--period', '2026-10', '--granularity', 'DAILY'],
      `error: option '--period <period>': period must be a day with --granularity DAILY, got "2026-10"`,
    ],
    [
      ['--period', '2026-10-01/2026-10-02', '--granularity', 'MONTHLY'],
      `error: option '--period <period>': period must be a month with --granularity MONTHLY, got "2026-10-01/2026-10-02"`,
    ],
    [['--timestamp-field', 'ts'], "error: option '--timestamp-field <name>' requires option '--log-file <file>'"],
    [['--perod', '2026-10'], "unknown option '--perod'"],
    [['2026-10'], 'too many arguments'],
  ])('rejects %j with the allowed values', (args, message) => {
    const { stderr, stdout, status, filesLeft } = runMain(...args);
    expect(stderr).toContain(message);
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(filesLeft).toEqual([]);
  });

  it('lists the faults with their descriptions', () => {
    const { stdout } = runMain('--help');
    expect(stdout).toContain('\nFaults:\n  throttled                AWS throttles every call twice\n');
    expect(stdout).toContain(
      '\nThe exit code is 0 if the first run archives everything and the second run finds nothing to do. ',
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
  ])('rejects %s %s before anything runs', (option, value, message) => {
    const { stderr, stdout, status } = runMain(option, value);
    expect(stderr).toBe(`${message}(--help lists the options)\n`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it('rejects two faults that hold the slot', () => {
    const { stderr, status } = runMain('--fault', 'slot-taken', '--fault', 'slot-blocked');
    expect(stderr).toContain(
      "'slot-blocked' is invalid. There is only one export slot; use slot-taken or slot-blocked.\n",
    );
    expect(status).toBe(1);
  });

  it('verifies the archive of several accounts, and ends with exit code 0', () => {
    const { stdout, status, filesLeft } = runMain('--accounts', '2', '--json');
    const { bucket, page, publicKey, verifications } = JSON.parse(stdout);
    expect(verifications).toMatchObject([
      { execution: 'SUCCEEDED', archivers: [{ status: 'COMPLETE_WITH_LOSS' }, { status: 'COMPLETE' }] },
      { execution: 'FAILED', archivers: [{ status: 'TAMPERED' }, { status: 'STALE' }] },
    ]);
    expect(filesLeft).toEqual(expect.arrayContaining([bucket, page, publicKey]));
    expect(filesLeft.filter((path) => path.includes('cdk.out'))).toEqual([]);
    expect(status).toBe(0);
  });

  it.each([
    [['9'], "option '--accounts <n>' argument '9' is invalid. It must be a whole number from 1 to 8."],
    [['2.5'], "option '--accounts <n>' argument '2.5' is invalid. It must be a whole number from 1 to 8."],
    [['3', '--fault', 'throttled'], "option '--accounts <n>' cannot be used with option '--fault <name>'"],
    [['3', '--period', '2026-10'], "option '--accounts <n>' cannot be used with option '--period <period>'"],
    [['3', '--log-file', 'app.log'], "option '--accounts <n>' cannot be used with option '--log-file <file>'"],
    [
      ['3', '--granularity', 'DAILY'],
      "option '--accounts <n>' cannot be used with option '--granularity <granularity>'",
    ],
  ])('rejects --accounts %j before anything is written', (args, message) => {
    const { stderr, stdout, status, filesLeft } = runMain('--accounts', ...args);
    expect(stderr).toBe(`error: ${message}\n(--help lists the options)\n`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
    expect(filesLeft).toEqual([]);
  });

  it('archives log files in spite of faults', () => {
    const files = ['2020-10-01 00:00:00 a\n', '2020-10-31 23:59:59.999 b\n'].map((text) => writeLogFile(text));
    const args = [...files.flatMap((file) => ['--log-file', file]), '--fault', 'throttled', '--fault', 'lost-answer'];
    const { stdout, status } = runMain('--json', ...args);
    expect(JSON.parse(stdout)).toMatchObject({
      periods: ['2020-08', '2020-09', '2020-10'],
      run: { outcomes: { CreatedLater: 4, ARCHIVED: 2 } },
      eventsPutIn: 2,
      eventsInArchive: 2,
    });
    expect(status).toBe(0);
  });

  const dangling = join(createFolder(), 'link');
  symlinkSync('/none/target', dangling);
  const file = writeLogFile('');

  it.each([
    [file, `ENOTDIR: not a directory, access '${file}/'`],
    [join(file, 'below'), `ENOTDIR: not a directory, access '${file}/'`],
    ['/dev/null', "ENOTDIR: not a directory, access '/dev/null/'"],
    [dangling, `EEXIST: file already exists, mkdir '${dangling}'`],
    [join(dangling, 'below'), `EEXIST: file already exists, mkdir '${dangling}'`],
    ['/proc/none', "ENOENT: no such file or directory, mkdir '/proc/none'"],
    ['', 'folder must not be an empty string'],
    [__dirname, `folder must be empty or not exist, got ${__dirname}`],
  ])('rejects --out %j in one line', (folder, message) => {
    const { stderr, stdout, status } = runMain('--out', folder);
    expect(stderr).toBe(`error: option '--out <dir>': ${message}\n(--help lists the options)\n`);
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it.each([
    [join(createFolder(), 'none'), 'ENOENT: no such file or directory'],
    [file, 'ENOTDIR: not a directory'],
  ])('rejects TMPDIR %s in one line', (TMPDIR, message) => {
    const { stderr, stdout, status } = spawnSync(process.execPath, [main], {
      encoding: 'utf8',
      env: { ...process.env, TMPDIR },
    });
    expect(stderr.replace(/-[0-9a-f]{8}'/, "-ID'")).toBe(
      `error: ${message}, mkdir '${join(TMPDIR, 'log-archiver-demo-ID')}'\n`,
    );
    expect(stdout).toBe('');
    expect(status).toBe(1);
  });

  it.each(['a temporary folder', 'the folder of --out'])('ends at once on Ctrl-C, with files in %s', async (place) => {
    const [TMPDIR, out] = [createFolder(), createFolder()];
    const [args, message] =
      place === 'a temporary folder'
        ? [[], 'The demo left no files.']
        : [['--out', out], `The files written so far are in ${out}.`];
    const demo = spawn(process.execPath, [main, ...args], { env: { ...process.env, TMPDIR } });
    const stderr = demo.stderr.toArray();
    await once(demo.stdout, 'data');
    demo.kill('SIGINT');
    const [exitCode] = await once(demo, 'exit');
    expect(exitCode).toBe(130);
    expect(Buffer.concat(await stderr).toString()).toBe(`Ended by SIGINT. ${message}\n`);
    expect(listFiles(TMPDIR)).toEqual([]);
  });

  it('rejects a folder that is not empty', () => {
    const folder = createFolder();
    writeFileSync(join(folder, 'mine.txt'), 'mine');
    const { stderr, status } = runMain('--out', folder);
    expect(stderr).toContain('folder must be empty or not exist, got ');
    expect(status).toBe(1);
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });
});

describe('the result', () => {
  // A month has a log stream per day. AWS also exports the first one of the next month.
  it('has one row per log group and period, counted from the objects of its receipt', async () => {
    const { logGroups } = await runDemo({ ...createOptions(), period: '2026-08/2026-09' }, NOW, SILENT);
    const counts = logGroups.map(({ period, logGroupName, status, error, events, objects, agrees }) =>
      [period, logGroupName, error ?? status, events, objects, agrees].join(' '),
    );
    expect(counts).toEqual([
      '2026-08 /aws/lambda/checkout ARCHIVED 744 32 true',
      '2026-08 /aws/lambda/nightly-report ARCHIVED 0 0 true',
      '2026-08 /aws/lambda/retired LogGroupNotFound 0 0 ',
      '2026-08 /shop/orders ARCHIVED 744 32 true',
      '2026-08 /shop/payments ARCHIVED 744 32 true',
      '2026-09 /aws/lambda/checkout ARCHIVED 720 31 true',
      '2026-09 /aws/lambda/nightly-report ARCHIVED 0 0 true',
      '2026-09 /aws/lambda/retired LogGroupNotFound 0 0 ',
      '2026-09 /shop/orders ARCHIVED 720 31 true',
      '2026-09 /shop/payments ARCHIVED 720 31 true',
    ]);
  });

  it('is written to the folder of --out, for the given period', async () => {
    const out = join(createFolder(), 'new');
    const result = await runDemo({ ...createOptions(), out, period: '2026-09' }, NOW, SILENT);
    expect(result).toMatchObject({ periods: ['2026-09'], eventsPutIn: 2160, eventsInArchive: 2160 });
    expect(readdirSync(join(result.bucket, '2026'))).toEqual(['09']);
  });
});
