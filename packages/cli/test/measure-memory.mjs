/**
 * Measures the memory and duration of `cat` on a generated archive: `node test/measure-memory.mjs <gigabytes>`.
 *
 * Needs the bundle and local-aws (`npx nx run-many -t compile bundle`). The events are those of one month in 20 log
 * streams, in random order within each object.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';

const { foldObject, receiptKey } = createRequire(import.meta.url)('@log-archiver/core');

const GIGABYTE = 1e9;
const OBJECT_BYTES = 25e6;
const STREAMS = 20;
/** Number of different objects. They repeat, because compressing takes longer than reading. */
const DIFFERENT_OBJECTS = 16;
const FROM = Date.parse('2026-10-01T00:00:00.000Z');
const TO = Date.parse('2026-10-31T23:59:59.999Z');
const PREFIX = '2026/10/app/big';
const [ACCOUNT, REGION] = ['123456789012', 'ap-northeast-1'];

function createObject() {
  const lines = [];
  for (let bytes = 0; bytes < OBJECT_BYTES; ) {
    const time = new Date(FROM + Math.floor(Math.random() * (TO - FROM))).toISOString();
    const id = randomBytes(8).toString('hex');
    const line = `${time} {"level":"INFO","requestId":"${id}","path":"/orders/${id}","message":"order accepted","durationMs":${bytes % 997}}\n`;
    bytes += line.length;
    lines.push(line);
  }
  return { body: gzipSync(lines.join(''), { level: 1 }), events: lines.length };
}

function createArchive(bucket, gigabytes) {
  const objects = Math.ceil((gigabytes * GIGABYTE) / OBJECT_BYTES);
  let [digest, bytes, events] = ['', 0, 0];
  const names = Array.from({ length: objects }, (_, index) => {
    const stream = String(index % STREAMS).padStart(2, '0');
    return `stream-${stream}/${String(Math.floor(index / STREAMS)).padStart(6, '0')}.gz`;
  }).sort();
  const different = Array.from({ length: Math.min(objects, DIFFERENT_OBJECTS) }, createObject);
  for (const [index, name] of names.entries()) {
    const created = different[index % different.length];
    write(join(bucket, PREFIX, 'task', name), created.body);
    const etag = createHash('md5').update(created.body).digest('hex');
    digest = foldObject(digest, { name, size: created.body.length, etag });
    bytes += created.body.length;
    events += created.events;
  }
  const range = { from: new Date(FROM).toISOString(), to: new Date(TO).toISOString() };
  const [firstObject, lastObject] = [names[0], names.at(-1)];
  const receipt = {
    ...{ format: 3, archiver: 'measurement', account: ACCOUNT, region: REGION, logGroupName: '/app/big' },
    ...{ timeZone: 'UTC', period: '2026-10', ...range, s3BucketName: 'archive', destinationPrefix: PREFIX },
    tasks: [{ taskId: 'task', ...range, objects, bytes, digest, firstObject, lastObject }],
    startedAt: '2026-11-02T03:00:00.000Z',
    finishedAt: '2026-11-02T04:00:00.000Z',
    completeAsOf: '2026-11-01T15:00:00.000Z',
    logGroup: {
      ...{ logGroupClass: 'STANDARD', createdAt: 0, retentionInDays: null, removedBefore: null },
      ...{ deletionProtectionEnabled: false, dataProtectionStatus: null },
    },
    ...{ losses: [], evidence: 'OBJECTS', previous: null, execution: 'arn', forced: false },
  };
  const location = { account: ACCOUNT, region: REGION, keyPrefix: '', timeZone: 'UTC' };
  const item = { logGroupName: '/app/big', s3Prefix: 'app/big', period: '2026-10' };
  write(join(bucket, receiptKey(location, item, null)), JSON.stringify(receipt));
  return { objects, bytes, events };
}

function write(path, body) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, body);
}

async function startLocalAws(directory) {
  const main = join(import.meta.dirname, '../../local-aws/lib/server/main.js');
  const server = spawn(process.execPath, [main, '--directory', directory]);
  for await (const chunk of server.stdout) {
    const [, endpoint] = /AWS_ENDPOINT_URL=(\S+)/.exec(chunk.toString()) ?? [];
    if (endpoint) {
      return { endpoint, stop: () => server.kill() };
    }
  }
  throw new Error('local-aws must print its endpoint');
}

async function measure(endpoint, command) {
  const started = Date.now();
  const cli = spawn(
    process.execPath,
    [join(import.meta.dirname, '../dist/index.js'), ...command, '--bucket', 'archive', '--endpoint-url', endpoint],
    {
      stdio: ['ignore', openSync('/dev/null', 'w'), 'inherit'],
      env: { ...process.env, AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    },
  );
  const exited = new Promise((resolve) => cli.once('exit', resolve));
  let [peak, code] = [0];
  while (code === undefined) {
    code = await Promise.race([exited, setTimeout(100)]);
    try {
      const [, kilobytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${cli.pid}/status`, 'utf8')) ?? [];
      peak = Math.max(peak, Number(kilobytes ?? 0));
    } catch {
      // The process has ended.
    }
  }
  console.log(
    `${command.join(' ')}: exit code ${code}, ${(Date.now() - started) / 1_000} s, peak RSS ${Math.round(peak / 1_024)} MiB`,
  );
}

const gigabytes = Number(process.argv[2] ?? 2);
const directory = mkdtempSync(join(tmpdir(), 'measure-memory-'));
try {
  console.log(`${gigabytes} GB:`, createArchive(join(directory, 'archive'), gigabytes));
  const { endpoint, stop } = await startLocalAws(directory);
  try {
    await measure(endpoint, ['cat', '/app/big']);
    await measure(endpoint, ['grep', 'durationMs":42}', '/app/big']);
  } finally {
    stop();
  }
} finally {
  rmSync(directory, { recursive: true, force: true });
}
