import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { countObject, NO_OBJECTS, type ReceiptTask, receiptKey } from '@log-archiver/core';
import { LocalAws, type LogsServer, requiresEvaluator, StateMachine, serveLogs } from '@log-archiver/local-aws';
import { ACCOUNT, BUCKET, REGION, TestArchive } from './archive';
import { createAccount, listRemains } from './trials/trial-run';

const BUNDLE = join(__dirname, '../dist/index.js');
const CREDENTIALS = { AWS_REGION: REGION, AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' };

let folder: string;
let server: LogsServer | undefined;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'log-archiver-test-'));
});

afterEach(async () => {
  await server?.close();
  server = undefined;
  rmSync(folder, { recursive: true });
});

function start(args: string[], environment: Record<string, string> = {}) {
  const env = { PATH: process.env.PATH, TMPDIR: folder, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' };
  const child = spawn(process.execPath, [BUNDLE, ...args], { env: { ...env, ...environment } });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  const ended = once(child, 'close').then(([exitCode]) => ({ exitCode, stderr }));
  return { child, ended };
}

/** Serves an archive of one log group with more events than fit into the memory for sorting. */
async function serveLargeArchive(): Promise<string[]> {
  const archive = new TestArchive();
  await archive.createLogGroup();
  const text = `2026-10-05T10:00:00.000Z ${'x'.repeat(1_000)}\n`.repeat(50_000);
  let counted = NO_OBJECTS;
  const { destinationPrefix, tasks, ...receipt } = await archive.archive({ period: '2026-10' });
  const { taskId, from, to } = tasks[0] as ReceiptTask;
  for (const name of ['a/000000.gz', 'a/000001.gz']) {
    const body = gzipSync(text, { level: 1 });
    const { eTag } = archive.aws.buckets.putObject(BUCKET, `${destinationPrefix}/${taskId}/${name}`, body);
    counted = countObject(counted, { name, size: body.length, etag: eTag.replaceAll('"', '') });
  }
  const changed = { ...receipt, destinationPrefix, tasks: [{ taskId, from, to, ...counted }], evidence: 'OBJECTS' };
  const location = { account: ACCOUNT, region: REGION, keyPrefix: '', timeZone: 'UTC' };
  const key = receiptKey(location, { logGroupName: '/app/web', s3Prefix: 'app/web', period: '2026-10' }, null);
  archive.aws.buckets.putObject(BUCKET, key, JSON.stringify(changed));
  server = await serveLogs(archive.aws);
  return ['cat', '/app/web', '--bucket', BUCKET, '--endpoint-url', server.endpoint];
}

/** Waits until a process has written a temporary file. Nothing reads its output, so it does not end. */
async function waitForTemporaryFile(child: ChildProcess) {
  while (child.exitCode === null && readdirSync(folder).length === 0) {
    await setTimeout(50);
  }
}

describe('the bundle', () => {
  test('says in one line that there are no credentials', async () => {
    const { ended } = start(['status', '--bucket', BUCKET, '--region', REGION]);
    expect(await ended).toEqual({
      exitCode: 2,
      stderr:
        'error: no AWS credentials: Could not load credentials from any providers; ' +
        'set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or pass --profile\n',
    });
  });

  test('says in one line that there is no Region', async () => {
    const { ended } = start(['status', '--bucket', BUCKET]);
    const stderr = 'error: --region is required: neither the environment nor the profile names a Region\n';
    expect(await ended).toEqual({ exitCode: 2, stderr });
  });

  test('says in one line that nothing answers', async () => {
    const { ended } = start(['status', '--bucket', BUCKET, '--endpoint-url', 'http://127.0.0.1:1'], CREDENTIALS);
    const stderr = 'error: cannot connect to http://127.0.0.1:1: connect ECONNREFUSED 127.0.0.1:1\n';
    expect(await ended).toEqual({ exitCode: 2, stderr });
  });

  test('ends silently when the reader of its output has enough', async () => {
    const { child, ended } = start(await serveLargeArchive(), CREDENTIALS);
    await once(child.stdout, 'data');
    child.stdout.destroy();
    expect(await ended).toEqual({ exitCode: 0, stderr: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('removes its temporary files on %s', async (signal, exitCode) => {
    const { child, ended } = start(await serveLargeArchive(), CREDENTIALS);
    await waitForTemporaryFile(child);
    child.kill(signal);
    expect(await ended).toEqual({ exitCode, stderr: '' });
    expect(readdirSync(folder)).toEqual([]);
  });

  test.each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('detaches from the execution on %s', async (signal, exitCode) => {
    const aws = new LocalAws({ now: '2026-11-02T03:00:00Z', accountId: ACCOUNT, region: REGION });
    const definition = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 60, End: true } } };
    const stateMachineArn = `arn:aws:states:${REGION}:${ACCOUNT}:stateMachine:Archiver`;
    const stateMachine = new StateMachine(stateMachineArn, definition, new Map(), aws.clock);
    aws.stepFunctions.add(stateMachine);
    server = await serveLogs(aws);
    const args = ['plan', '--state-machine', stateMachineArn, '--endpoint-url', server.endpoint];
    const { child, ended } = start(args, CREDENTIALS);
    await once(child.stderr, 'data');
    child.kill(signal);
    const [{ executionArn, status } = { executionArn: '', status: '' }] = stateMachine.executions;
    const options = `--execution-arn ${executionArn} --region ${REGION} --endpoint-url ${server.endpoint}`;
    expect(await ended).toEqual({
      exitCode,
      stderr: `\
started a dry run: ${executionArn}
detached; the execution continues: ${executionArn}
This execution is a dry run and exports nothing.
to follow: aws stepfunctions describe-execution ${options}
to stop: aws stepfunctions stop-execution ${options}
`,
    });
    expect(status).toBe('RUNNING');
  });

  requiresEvaluator(test).each([
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const)('removes what the trials created on %s', async (signal, exitCode) => {
    // Its time stands still, so the first export does not end.
    const aws = createAccount({ now: Date.now() });
    server = await serveLogs(aws);
    const out = join(folder, 'results.json');
    const { child, ended } = start(['trials', '--yes', '--out', out, '--endpoint-url', server.endpoint], CREDENTIALS);
    while (child.exitCode === null && aws.logs.exportTasks.describe({}).exportTasks.length === 0) {
      await setTimeout(50);
    }
    child.kill(signal);
    const { stderr, ...end } = await ended;
    expect(end).toEqual({ exitCode });
    expect(stderr).toMatch(
      /\ninterrupted; removing what was created \(a second signal leaves it\)\neverything that was created has been removed\n$/,
    );
    expect(listRemains(aws)).toEqual([]);
    expect(JSON.parse(readFileSync(out, 'utf8'))).toMatchObject({ finishedAt: null, trials: [] });
  });
});
