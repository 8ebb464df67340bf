import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { temporaryFolder } from '../temporary-folder';

const main = join(__dirname, '../../lib/server/main.js');
let child: ChildProcess | undefined;

afterEach(() => {
  child?.kill('SIGKILL');
});

/** Starts the command, and returns its output once it listens. */
async function start(...options: string[]) {
  const started = spawn(process.execPath, [main, ...options], { env: { ...process.env, TMPDIR: temporaryFolder() } });
  child = started;
  let output = '';
  for await (const chunk of started.stdout) {
    output += chunk;
    if (output.includes('AWS_SECRET_ACCESS_KEY')) {
      break;
    }
  }
  return { started, output };
}

describe('npm run local-aws', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves at the given instant, and ends on %s although connections are open',
    async (signal) => {
      const { started, output } = await start('--virtual-time', '2026-11-01T18:00:00Z', '--region', 'eu-west-1');
      const endpoint = /AWS_ENDPOINT_URL=(\S+) AWS_REGION=eu-west-1 /.exec(output)?.[1];
      const response = await fetch(`${endpoint}/_clock`);
      expect(await response.json()).toEqual({ now: '2026-11-01T18:00:00.000Z' });
      const port = Number(endpoint?.split(':')[2]);
      const [idle, busy] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
      // The server resets the connection when it closes.
      busy.on('error', () => {});
      busy.write('POST / HTTP/1.1\r\nHost: local\r\nContent-Length: 9\r\n\r\n{');
      await Promise.all([once(idle, 'connect'), once(busy, 'connect')]);
      started.kill(signal);
      expect(await once(started, 'exit')).toEqual([0, null]);
    },
  );

  const file = join(temporaryFolder(), 'file');
  writeFileSync(file, '');

  it.each([
    [['--port', 'web'], "option '--port <port>' argument 'web' is invalid. port must be a number from 0 to 65535."],
    [
      ['--region', 'Tokyo'],
      "option '--region <region>' argument 'Tokyo' is invalid. region must be formatted like ap-northeast-1.",
    ],
    ...[
      [file, `ENOTDIR: not a directory, access '${file}/'`],
      [join(file, 'below'), `ENOTDIR: not a directory, access '${file}/'`],
      ['/dev/null', "ENOTDIR: not a directory, access '/dev/null/'"],
      ['/proc/none', "ENOENT: no such file or directory, mkdir '/proc/none'"],
    ].map(([folder = '', message]): [string[], string] => [
      ['--directory', folder],
      `option '--directory <dir>' argument '${folder}' is invalid. directory must be a writable folder: ${message}`,
    ]),
    [
      ['--virtual-time', '2026-11-01'],
      "option '--virtual-time <instant>' argument '2026-11-01' is invalid. " +
        'an instant must be formatted like 2026-11-01T18:00:00Z or 2026-11-02T03:00:00+09:00, got 2026-11-01',
    ],
    [['--directory', ''], "option '--directory <dir>' argument '' is invalid. directory must not be empty."],
    [
      ['--virtual-time', '2026-02-30T00:00:00Z'],
      "option '--virtual-time <instant>' argument '2026-02-30T00:00:00Z' is invalid. " +
        'an instant must be formatted like 2026-11-01T18:00:00Z or 2026-11-02T03:00:00+09:00, got 2026-02-30T00:00:00Z',
    ],
    [['--fast'], "unknown option '--fast'"],
  ])('rejects %j', (options, message) => {
    const { status, stderr } = spawnSync(process.execPath, [main, ...options], { encoding: 'utf8' });
    expect(stderr).toBe(`error: ${message}\n(--help lists the options)\n`);
    expect(status).toBe(1);
  });

  it('names the services, and says how to create a bucket and how long an export takes, with --help', () => {
    const { stdout } = spawnSync(process.execPath, [main, '--help'], { encoding: 'utf8' });
    expect(stdout.replace(/\s+/g, ' ')).toContain(
      'Serves CloudWatch Logs with export tasks, and objects of S3, on this machine',
    );
    expect(stdout).toContain(
      '\nTo create a bucket, call CreateBucket (aws s3 mb s3://NAME), or create a folder in --directory.\n' +
        'An export task ends 23 seconds after its creation.\n',
    );
  });

  it('fails in one line if TMPDIR does not exist', () => {
    const env = { ...process.env, TMPDIR: join(file, 'none') };
    const { status, stderr } = spawnSync(process.execPath, [main], { encoding: 'utf8', env });
    expect(stderr).toMatch(
      /^error: TMPDIR must be a writable folder: ENOTDIR: not a directory, mkdtemp '.*'\n\(--help lists the options\)\n$/,
    );
    expect(status).toBe(1);
  });

  it('fails if the port is in use', async () => {
    const { output } = await start();
    const port = /127\.0\.0\.1:(\d+)/.exec(output)?.[1] ?? '';
    const { status, stderr } = spawnSync(process.execPath, [main, '--port', port, '--directory', temporaryFolder()], {
      encoding: 'utf8',
    });
    expect(stderr).toBe(`error: port is already in use: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
    expect(status).toBe(1);
  });
});
