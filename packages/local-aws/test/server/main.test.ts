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

/** Starts it, and answers what it says once it listens. */
async function start(...options: string[]) {
  const started = spawn(process.execPath, [main, ...options], { env: { ...process.env, TMPDIR: temporaryFolder() } });
  child = started;
  let said = '';
  for await (const chunk of started.stdout) {
    said += chunk;
    if (said.includes('AWS_SECRET_ACCESS_KEY')) {
      break;
    }
  }
  return { started, said };
}

describe('npm run local-aws', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'serves at the instant it is given, and ends on %s with connections open',
    async (signal) => {
      const { started, said } = await start('--virtual-time', '2026-11-01T18:00:00Z', '--region', 'eu-west-1');
      const endpoint = /AWS_ENDPOINT_URL=(\S+) AWS_REGION=eu-west-1 /.exec(said)?.[1];
      const response = await fetch(`${endpoint}/_clock`);
      expect(await response.json()).toEqual({ now: '2026-11-01T18:00:00.000Z' });
      const port = Number(endpoint?.split(':')[2]);
      const [idle, busy] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')];
      // The connection is reset when it is cut.
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
    [['--port', 'web'], "option '--port <port>' argument 'web' is invalid. a port is a number from 0 to 65535."],
    [['--region', 'Tokyo'], "option '--region <region>' argument 'Tokyo' is invalid. a Region is like ap-northeast-1."],
    [['--directory', file], `option '--directory <dir>' argument '${file}' is invalid. it is a file.`],
    [
      ['--virtual-time', '2026-11-01'],
      "option '--virtual-time <instant>' argument '2026-11-01' is invalid. " +
        'an instant must be like 2026-11-01T18:00:00Z or 2026-11-02T03:00:00+09:00, got 2026-11-01',
    ],
    [['--fast'], "unknown option '--fast'"],
  ])('refuses %j', (options, message) => {
    const { status, stderr } = spawnSync(process.execPath, [main, ...options], { encoding: 'utf8' });
    expect(stderr).toBe(`error: ${message}\n(--help lists the options)\n`);
    expect(status).toBe(1);
  });

  it('says so if the port is taken', async () => {
    const { said } = await start();
    const port = /127\.0\.0\.1:(\d+)/.exec(said)?.[1] ?? '';
    const { status, stderr } = spawnSync(process.execPath, [main, '--port', port, '--directory', temporaryFolder()], {
      encoding: 'utf8',
    });
    expect(stderr).toBe(`error: the port is in use: listen EADDRINUSE: address already in use 127.0.0.1:${port}\n`);
    expect(status).toBe(1);
  });
});
