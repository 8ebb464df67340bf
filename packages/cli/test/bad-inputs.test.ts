import { LocalAws } from '@log-archiver/local-aws';
import { NOW } from './archive';
import { runCli } from './run-cli';

const BUCKET = ['--bucket', 'archive'];
const CAT = ['cat', '/app/web', ...BUCKET];
const TIME = 'a date such as "2026-03-14" or a time such as "2026-03-14T09:30" or "2026-03-14T09:30Z"';
const PERIOD = '--period must be a month such as "2026-10" or a day such as "2026-10-31"';
const LOG_GROUP = 'LOG_GROUP must be 1 to 512 letters, digits or characters of ".-_/#"';
const STREAM = '--stream must be the name of a log stream: 1 to 512 characters without : and *';
const NO_BUCKET = '--bucket must be the name of a bucket, without s3://';
const ENDPOINT = '--endpoint-url must be a URL such as "http://127.0.0.1:4566"';
const REGION = '--region must be an AWS Region such as "eu-central-1"';
const ARN = 'arn:aws:states:ap-northeast-1:123456789012:stateMachine:Archiver';
const MACHINE = ['--state-machine', ARN];
const NO_ARN =
  '--state-machine must be the ARN of a state machine, "arn:aws:states:REGION:ACCOUNT:stateMachine:NAME", got';
const FROM_OR_TO = 'must be a month such as "2026-10" or a day such as "2026-10-31"';
const RUN_LOG_GROUP = '--log-group must be 1 to 512 letters, digits or characters of ".-_/#"';
const LONG = 'x'.repeat(600);
const SHORTENED = `"${'x'.repeat(99)}…"`;

/** Command lines that fail before any call of AWS, and their errors. */
const BAD_INPUTS: [string[], string][] = [
  [['frobnicate'], "unknown command 'frobnicate'"],
  [['statsu'], "unknown command 'statsu' (Did you mean status?)"],
  [['--frob'], "unknown option '--frob'"],
  [['status', '--frob', ...BUCKET], "unknown option '--frob'"],
  [['status', '--buckte', 'archive'], "unknown option '--buckte' (Did you mean --bucket?)"],
  [['status', 'extra', ...BUCKET], "too many arguments for 'status'. Expected 0 arguments but got 1."],
  [['cat', ...BUCKET], "missing required argument 'LOG_GROUP'"],
  [['cat', '/a', '/b', ...BUCKET], "too many arguments for 'cat'. Expected 1 argument but got 2."],
  [['grep', 'x', ...BUCKET], "missing required argument 'LOG_GROUP'"],
  [['grep', ...BUCKET], "missing required argument 'PATTERN'"],
  [['grep', 'x', '/a', '/b', ...BUCKET], "too many arguments for 'grep'. Expected 2 arguments but got 3."],
  [['verify', 'x', ...BUCKET], "too many arguments for 'verify'. Expected 0 arguments but got 1."],
  [['cat', '/a', '--bucket'], "option '--bucket <name>' argument missing"],
  [['status', '--region'], "option '--region <region>' argument missing"],
  [['status'], '--bucket is required: it names the bucket of the archive'],
  [['cat', '/a'], '--bucket is required: it names the bucket of the archive'],
  [['grep', 'x', '/a'], '--bucket is required: it names the bucket of the archive'],
  [['verify', '--period', '2026-10'], '--bucket is required: it names the bucket of the archive'],
  [['status', '--bucket', ''], `${NO_BUCKET}, got ""`],
  [['status', '--bucket', 's3://archive'], `${NO_BUCKET}, got "s3://archive"`],
  [['status', '--bucket', 'archive/2026'], `${NO_BUCKET}, got "archive/2026"`],
  [['status', '--bucket', 'Archive'], `${NO_BUCKET}, got "Archive"`],
  [['status', '--bucket', 'ab'], `${NO_BUCKET}, got "ab"`],
  [['status', '--bucket', LONG], `${NO_BUCKET}, got ${SHORTENED}`],
  [['status', '--account', '1234', ...BUCKET], '--account must be an account ID of 12 digits, got "1234"'],
  [['status', '--account', '', ...BUCKET], '--account must be an account ID of 12 digits, got ""'],
  [
    ['status', '--account', '1234-5678-9012', ...BUCKET],
    '--account must be an account ID of 12 digits, got "1234-5678-9012"',
  ],
  [['status', '--region', 'Tokyo', ...BUCKET], `${REGION}, got "Tokyo"`],
  [['status', '--region', 'eu-central', ...BUCKET], `${REGION}, got "eu-central"`],
  [['status', '--region', '', ...BUCKET], `${REGION}, got ""`],
  [['status', '--profile', '', ...BUCKET], '--profile must be a non-empty string, got ""'],
  [['status', '--endpoint-url', 'localhost:4566', ...BUCKET], `${ENDPOINT}, got "localhost:4566"`],
  [['status', '--endpoint-url', 'ftp://localhost', ...BUCKET], `${ENDPOINT}, got "ftp://localhost"`],
  [['status', '--endpoint-url', 'http://', ...BUCKET], `${ENDPOINT}, got "http://"`],
  [['status', '--endpoint-url', '', ...BUCKET], `${ENDPOINT}, got ""`],
  [['status', '--key-prefix', '/x', ...BUCKET], '--key-prefix must not start or end with / or contain //, got "/x"'],
  [['status', '--key-prefix', 'x/', ...BUCKET], '--key-prefix must not start or end with / or contain //, got "x/"'],
  [['status', '--key-prefix', 'a/../b', ...BUCKET], '--key-prefix must not contain a segment . or .., got "a/../b"'],
  [
    ['status', '--key-prefix', 'a*', ...BUCKET],
    '--key-prefix must not contain *, ? or $ (they have another meaning in an IAM policy), got "a*"',
  ],
  [['status', '--period', '2026', ...BUCKET], `${PERIOD}, got "2026"`],
  [['status', '--period', '2026-13', ...BUCKET], `${PERIOD}, got "2026-13"`],
  [['status', '--period', '', ...BUCKET], `${PERIOD}, got ""`],
  [['status', '--period', 'October', ...BUCKET], `${PERIOD}, got "October"`],
  [['verify', ...BUCKET], '--period is required: one month or day is verified at a time'],
  [['verify', '--period', '2026-02-30', ...BUCKET], `${PERIOD}, got "2026-02-30"`],
  [['verify', '--period', '2026-10/2026-11', ...BUCKET], `${PERIOD}, got "2026-10/2026-11"`],
  [
    ['verify', '--period', '2026-10', '--retention-days', '0', ...BUCKET],
    '--retention-days must be a positive whole number of days, got "0"',
  ],
  [
    ['verify', '--period', '2026-10', '--retention-days', '-1', ...BUCKET],
    '--retention-days must be a positive whole number of days, got "-1"',
  ],
  [
    ['verify', '--period', '2026-10', '--retention-days', '1.5', ...BUCKET],
    '--retention-days must be a positive whole number of days, got "1.5"',
  ],
  [['report', 'x', ...BUCKET], "too many arguments for 'report'. Expected 0 arguments but got 1."],
  [['report', '--period', '2026-10'], '--bucket is required: it names the bucket of the archive'],
  [['report', ...BUCKET], '--period is required: a page shows one month or day'],
  [['report', '--period', '2026-10/2026-11', ...BUCKET], `${PERIOD}, got "2026-10/2026-11"`],
  [['report', '--period', '2026-10', '--archiver', '', ...BUCKET], '--archiver must be a non-empty string, got ""'],
  [['report', '--period', '2026-10', '--out', '', ...BUCKET], '--out must be the path of a new file, got ""'],
  [
    ['report', '--period', '2026-10', '--out', '/', ...BUCKET],
    '--out must be a new file, got "/", which exists; remove it, or redirect the standard output',
  ],
  [
    ['report', '--period', '2026-10', '--out', '/none/october.html', ...BUCKET],
    '--out must be in an existing folder, got "/none/october.html"',
  ],
  [
    ['report', '--period', '2026-10', '--out', ...BUCKET],
    "too many arguments for 'report'. Expected 0 arguments but got 1.",
  ],
  [['cat', '', ...BUCKET], `${LOG_GROUP}, got ""`],
  [['cat', '/app web', ...BUCKET], `${LOG_GROUP}, got "/app web"`],
  [['cat', '/app:*', ...BUCKET], `${LOG_GROUP}, got "/app:*"`],
  [['cat', LONG, ...BUCKET], `${LOG_GROUP}, got ${SHORTENED}`],
  [['grep', 'x', '/app*', ...BUCKET], `${LOG_GROUP}, got "/app*"`],
  [[...CAT, '--from', 'yesterday'], `--from must be ${TIME}, got "yesterday"`],
  [[...CAT, '--from', ''], `--from must be ${TIME}, got ""`],
  [[...CAT, '--from', '2026-03'], `--from must be ${TIME}, got "2026-03"`],
  [[...CAT, '--from', '14.03.2026'], `--from must be ${TIME}, got "14.03.2026"`],
  [[...CAT, '--from', '2026-02-30'], `--from must be ${TIME}, got "2026-02-30"`],
  [[...CAT, '--from', '2026-03-14T25:00'], `--from must be ${TIME}, got "2026-03-14T25:00"`],
  [[...CAT, '--from', '2026-03-14T09:30 JST'], `--from must be ${TIME}, got "2026-03-14T09:30 JST"`],
  [[...CAT, '--from', '1773446400000'], `--from must be ${TIME}, got "1773446400000"`],
  [[...CAT, '--to', '2026-3-14'], `--to must be ${TIME}, got "2026-3-14"`],
  [[...CAT, '--to', '2026-03-14Z'], `--to must be ${TIME}, got "2026-03-14Z"`],
  [
    [...CAT, '--from', '2026-03-14', '--to', '2026-03-14'],
    '--to must be later than --from (2026-03-14), got "2026-03-14"',
  ],
  [
    [...CAT, '--from', '2026-03-14T00:00Z', '--to', '2026-03-14T08:00+09:00'],
    '--to must be later than --from (2026-03-14T00:00Z), got "2026-03-14T08:00+09:00"',
  ],
  [[...CAT, '--time-zone', 'JST'], '--time-zone must be an IANA time zone such as "Asia/Tokyo", got "JST"'],
  [
    [...CAT, '--time-zone', 'asia/tokyo'],
    '--time-zone must be an IANA time zone such as "Asia/Tokyo", got "asia/tokyo"',
  ],
  [[...CAT, '--time-zone', '+09:00'], '--time-zone must be an IANA time zone such as "Asia/Tokyo", got "+09:00"'],
  [[...CAT, '--output', 'csv'], '--output must be raw or jsonl, got "csv"'],
  [[...CAT, '--output', 'RAW'], '--output must be raw or jsonl, got "RAW"'],
  [[...CAT, '--stream', ''], `${STREAM}, got ""`],
  [[...CAT, '--stream', 'a:b'], `${STREAM}, got "a:b"`],
  [[...CAT, '--stream', 'a*'], `${STREAM}, got "a*"`],
  [['grep', '', '/app/web', ...BUCKET], 'PATTERN must be a non-empty regular expression, got ""'],
  [
    ['grep', '(', '/app/web', ...BUCKET],
    'PATTERN must be a JavaScript regular expression, got "(" (Unterminated group)',
  ],
  [
    ['grep', '[z-a]', '/app/web', ...BUCKET],
    'PATTERN must be a JavaScript regular expression, got "[z-a]" (Range out of order in character class)',
  ],
  [
    ['grep', '*', '/app/web', ...BUCKET],
    'PATTERN must be a JavaScript regular expression, got "*" (Nothing to repeat)',
  ],
  ...['plan', 'run', 'backfill'].map((command): [string[], string] => [
    [command],
    '--state-machine is required: it names the archiver',
  ]),
  [['run', '--state-machine'], "option '--state-machine <arn>' argument missing"],
  [['run', '--state-machine', ''], `${NO_ARN} ""`],
  [['run', '--state-machine', 'Archiver'], `${NO_ARN} "Archiver"`],
  [['run', '--state-machine', `${ARN} `], `${NO_ARN} "${ARN} "`],
  [['run', '--state-machine', `${ARN}:1`], `${NO_ARN} "${ARN}:1"`],
  ...[
    'arn:aws:states:ap-northeast-1:123456789012:execution:Archiver:a3d7',
    'arn:aws:states:ap-northeast-1:123456789012:activity:Archiver',
    'arn:aws:states:ap-northeast-1:1234:stateMachine:Archiver',
    'arn:aws:states::123456789012:stateMachine:Archiver',
    'arn:aws:lambda:ap-northeast-1:123456789012:function:archiver',
    'arn:aws:s3:::archive',
  ].map((arn): [string[], string] => [['run', '--state-machine', arn], `${NO_ARN} "${arn}"`]),
  [
    ['run', ...MACHINE, '--region', 'eu-central-1'],
    '--region must be the Region of the state machine (ap-northeast-1), got "eu-central-1"',
  ],
  [['run', ...MACHINE, '--region', 'Tokyo'], `${REGION}, got "Tokyo"`],
  [['run', ...MACHINE, '--endpoint-url', 'localhost'], `${ENDPOINT}, got "localhost"`],
  [['run', ...MACHINE, '--profile', ''], '--profile must be a non-empty string, got ""'],
  [['run', ...MACHINE, '2026-10'], "too many arguments for 'run'. Expected 0 arguments but got 1."],
  [['run', ...MACHINE, '--from', '2026-10'], "unknown option '--from'"],
  [['run', ...MACHINE, '--period', 'October'], `${PERIOD}, got "October"`],
  [['run', ...MACHINE, '--period', '2026-09/2026-10'], `${PERIOD}, got "2026-09/2026-10"`],
  [['plan', ...MACHINE, '--period', '2026-10-32'], `${PERIOD}, got "2026-10-32"`],
  [
    ['plan', ...MACHINE, '--period', '2026-10', '--from', '2026-09', '--to', '2026-10'],
    '--period must not be combined with --from and --to; pass one period or a range',
  ],
  [
    ['plan', ...MACHINE, '--period', '2026-10', '--to', '2026-10'],
    '--period must not be combined with --from and --to; pass one period or a range',
  ],
  [['plan', ...MACHINE, '--from', '2026-09'], '--to is required: it names the last month or day'],
  [['plan', ...MACHINE, '--to', '2026-09'], '--from is required: it names the first month or day'],
  [['backfill', ...MACHINE], '--from is required: it names the first month or day'],
  [['backfill', ...MACHINE, '--to', '2026-09'], '--from is required: it names the first month or day'],
  [['backfill', ...MACHINE, '--from', '2026-09'], '--to is required: it names the last month or day'],
  [
    ['backfill', ...MACHINE, '--period', '2026-09'],
    "unknown option '--period' (Did you mean one of --region, --version?)",
  ],
  [['backfill', ...MACHINE, '--from', '2026', '--to', '2026-10'], `--from ${FROM_OR_TO}, got "2026"`],
  [['backfill', ...MACHINE, '--from', '2026-09', '--to', ''], `--to ${FROM_OR_TO}, got ""`],
  [
    ['backfill', ...MACHINE, '--from', '2026-09', '--to', '2026-10-31'],
    '--to must be of the same length as --from (2026-09), got "2026-10-31"',
  ],
  [
    ['backfill', ...MACHINE, '--from', '2026-10', '--to', '2023-11'],
    '--to must not be earlier than --from (2026-10), got "2023-11"',
  ],
  [['run', ...MACHINE, '--log-group', ''], `${RUN_LOG_GROUP}, got ""`],
  [['run', ...MACHINE, '--log-group', '/app web'], `${RUN_LOG_GROUP}, got "/app web"`],
  [['run', ...MACHINE, '--log-group', '/app', '--log-group', '=x'], `${RUN_LOG_GROUP}, got ""`],
  [['run', ...MACHINE, '--log-group', '/app='], '--log-group must have a non-empty prefix after "=", got "/app="'],
  [
    ['run', ...MACHINE, '--log-group', '/app', '--log-group', '/app=x'],
    '--log-group must not contain duplicates, got "/app" twice',
  ],
  [['trials'], '--yes is required: the standard input is not a terminal, so the command cannot ask'],
  [['trials', 'x', '--yes'], "too many arguments for 'trials'. Expected 0 arguments but got 1."],
  [['trials', '--bucket', 'archive', '--yes'], "unknown option '--bucket'"],
  ...['', '-1', '1.5', '1h', '1441', '99999'].map((wait): [string[], string] => [
    ['trials', '--yes', '--wait', wait],
    `--wait must be 0 to 1440 minutes, got "${wait}"`,
  ]),
  [['trials', '--yes', '--out', ''], '--out must be the path of a new file, got ""'],
  [
    ['trials', '--yes', '--out', __filename],
    `--out must be a new file, got ${JSON.stringify(__filename)}, which exists; remove it, or pass another path`,
  ],
  [['trials', '--yes', '--out', '/none/results.json'], '--out must be in an existing folder, got "/none/results.json"'],
  [['trials', '--yes', '--region', 'Tokyo'], `${REGION}, got "Tokyo"`],
  [['trials', '--yes', '--endpoint-url', 'localhost'], `${ENDPOINT}, got "localhost"`],
];

describe('a bad input', () => {
  test.each(BAD_INPUTS)('is rejected before any call: %j', async (args, message) => {
    const aws = new LocalAws({ now: NOW });
    expect(await runCli(args, aws)).toEqual({ exitCode: 2, stdout: '', stderr: `error: ${message}\n` });
    expect(aws.requestHandler.calls).toEqual([]);
  });

  test('is rejected before any call: an input of more than 120,000 bytes', async () => {
    const names = Array.from({ length: 300 }, (_, index) => `/${100 + index}/${'x'.repeat(500)}`);
    const aws = new LocalAws({ now: NOW });
    const result = await runCli(['run', ...MACHINE, ...names.flatMap((name) => ['--log-group', name])], aws);
    const stderr = 'error: --log-group must make an input of at most 120000 bytes, got BYTES; start several runs\n';
    expect({ ...result, stderr: result.stderr.replace(/\d{6}(?=;)/, 'BYTES') }).toEqual({
      exitCode: 2,
      stdout: '',
      stderr,
    });
    expect(aws.requestHandler.calls).toEqual([]);
  });
});
