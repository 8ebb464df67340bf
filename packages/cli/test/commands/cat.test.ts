import { Readable } from 'node:stream';
import { S3Client } from '@aws-sdk/client-s3';
import { readEvents } from '../../src/read-events';
import { type PutEvent, TestArchive } from '../archive';
import { runCli } from '../run-cli';

const OCTOBER = { from: Date.parse('2026-10-01T00:00:00.000Z'), to: Date.parse('2026-10-31T23:59:59.999Z') };

const EVENTS: PutEvent[] = [
  { stream: 'a', timestamp: '2026-10-01T00:00:00.000Z', message: 'first millisecond' },
  { stream: '2026/10/05/[$LATEST]0a1b', timestamp: '2026-10-05T10:00:00.000Z', message: 'stack\n  at one\n  at two\n' },
  { stream: 'with space+plus%25', timestamp: '2026-10-05T10:00:00.000Z', message: 'same time, other stream' },
  { stream: 'a', timestamp: '2026-10-05T10:00:00.000Z', message: '\n' },
  { stream: 'a', timestamp: '2026-10-05T10:00:00.000Z', message: 'same time and stream' },
  { stream: 'ünïcödé-日本', timestamp: '2026-10-06T00:00:00.000Z', message: '日本語 \u{1F600} "quoted" \\ \t tab' },
  { stream: 'a', timestamp: '2026-10-31T23:59:59.999Z', message: 'last millisecond' },
  { stream: 'a', timestamp: '2026-11-01T00:00:00.000Z', message: 'first millisecond after the range' },
  { stream: 'a', timestamp: '2026-11-30T12:00:00.000Z', message: 'November' },
];

const FAILURE = {
  ...{ logGroupName: '/app/web', period: '2026-11', from: 0, to: 1, status: 'FAILED' as const, losses: [] },
  ...{ error: 'AccessDeniedException', cause: 'no', taskId: null, destinationPrefix: null },
  ...{ leftover: null, storedBytes: null },
};

/** Returns events as `cat --output jsonl` prints them, in order. */
function expectJsonl(events: readonly PutEvent[]): string {
  return events
    .map(({ stream, ...event }) => ({ ...event, stream: stream.replaceAll('/', '-') }))
    .sort((one, other) => compare(one.timestamp, other.timestamp) || compare(one.stream, other.stream))
    .map(({ timestamp, stream, message }) => `${JSON.stringify({ timestamp, stream, message })}\n`)
    .join('');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

async function createArchive(options: ConstructorParameters<typeof TestArchive>[0] = {}): Promise<TestArchive> {
  const archive = new TestArchive(options);
  await archive.createLogGroup();
  return archive;
}

function cat({ aws }: TestArchive, ...args: string[]) {
  return runCli(['cat', '/app/web', '--bucket', 'archive', '--output', 'jsonl', ...args], aws);
}

describe.each(['INCLUSIVE', 'EXCLUSIVE'] as const)('with an %s end of an export', (rangeEnd) => {
  test('prints the events that were put, in order, across periods', async () => {
    const archive = await createArchive({ rangeEnd });
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    await archive.archive({ period: '2026-11' });
    expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS), stderr: '' });
  });

  test('prints each event once after a forced export, in parts, beside an orphaned task', async () => {
    const archive = await createArchive({ rangeEnd });
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    const middle = Date.parse('2026-10-05T10:00:00.000Z');
    await archive.exportRange('/app/web', '2026/10/app/web', OCTOBER);
    await archive.archive({
      period: '2026-10',
      force: true,
      ranges: [
        { ...OCTOBER, to: middle },
        { ...OCTOBER, from: middle + 1 },
      ],
    });
    await archive.archive({ period: '2026-11' });
    expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS), stderr: '' });
  });

  test('prints each event once from receipts of two time zones and two lengths of periods', async () => {
    const archive = await createArchive({ rangeEnd });
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10', timeZone: 'Asia/Tokyo' });
    await archive.archive({ period: '2026-10-31' });
    await archive.archive({ period: '2026-11' });
    expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS), stderr: '' });
  });
});

describe('a part of the archive', () => {
  test.each<[string, string[], string[]]>([
    ['from a date', ['--from', '2026-10-06'], ['2026-10-06T00:00:00.000Z', '2026-10-31T23:59:59.999Z']],
    ['to a time, which is not included', ['--to', '2026-10-05T10:00:00Z'], ['2026-10-01T00:00:00.000Z']],
    [
      'of local times',
      ['--from', '2026-10-06T09:00', '--to', '2026-10-06T09:00:00.001', '--time-zone', 'Asia/Tokyo'],
      ['2026-10-06T00:00:00.000Z'],
    ],
    [
      'of times with an offset',
      ['--from', '2026-10-06T09:00+09:00', '--to', '2026-10-07T09:00+09:00'],
      ['2026-10-06T00:00:00.000Z'],
    ],
    ['of a log stream', ['--stream', '2026/10/05/[$LATEST]0a1b'], ['2026-10-05T10:00:00.000Z']],
    ['of an unknown log stream', ['--stream', 'unknown'], []],
  ])('is printed %s', async (_, args, timestamps) => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    const { exitCode, stdout, stderr } = await cat(archive, ...args);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const lines = stdout.split('\n').filter((line) => line !== '');
    expect(lines.map((line) => JSON.parse(line).timestamp)).toEqual(timestamps);
  });

  test('is printed as the lines of the export', async () => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS.slice(0, 2));
    await archive.archive({ period: '2026-10' });
    const { stdout } = await cat(archive, '--output', 'raw');
    expect(stdout).toBe(
      '2026-10-01T00:00:00.000Z first millisecond\n2026-10-05T10:00:00.000Z stack\n  at one\n  at two\n\n',
    );
  });
});

describe('an incomplete archive', () => {
  test('is printed, and each missing range with its reason', async () => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    archive.putStatus('2026-11', {
      status: 'INCOMPLETE',
      failures: [FAILURE],
    });
    archive.putStatus('2026-12', {
      losses: [
        {
          ...{ logGroupName: '/app/web', cause: 'RetentionExpired', reportedAt: '', execution: '' },
          ...{ from: '2026-12-01T00:00:00.000Z', to: '2026-12-31T23:59:59.999Z' },
        },
      ],
    });
    archive.putStatus('2027-01');
    const { exitCode, stdout, stderr } = await cat(archive, '--from', '2026-09-01', '--to', '2027-03-01');
    expect({ exitCode, events: stdout.trimEnd().split('\n').length }).toEqual({ exitCode: 1, events: 7 });
    expect(stderr.trimEnd().split('\n')).toEqual([
      'missing: 2026-09-01T00:00:00.000Z to 2026-09-30T23:59:59.999Z: the archive has no earlier period',
      'missing: 2026-11-01T00:00:00.000Z to 2026-11-30T23:59:59.999Z: FAILED (AccessDeniedException: no)',
      'missing: 2026-12-01T00:00:00.000Z to 2026-12-31T23:59:59.999Z: LOST (RetentionExpired)',
      'missing: 2027-01-01T00:00:00.000Z to 2027-01-31T23:59:59.999Z: ' +
        'no receipt in period 2027-01, which is COMPLETE: the log group was not selected, or did not exist',
      'missing: 2027-02-01T00:00:00.000Z to 2027-02-28T23:59:59.999Z: not over yet',
    ]);
  });

  test('is printed with the losses of a receipt', async () => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    const loss = { cause: 'RetentionExpired' as const, from: '2026-10-01T00:00:00.000Z' };
    await archive.archive({ period: '2026-10', changes: { losses: [{ ...loss, to: '2026-10-02T23:59:59.999Z' }] } });
    const { exitCode, stdout, stderr } = await cat(archive);
    expect({ exitCode, events: stdout.trimEnd().split('\n').length }).toEqual({ exitCode: 1, events: 7 });
    expect(stderr).toBe('missing: 2026-10-01T00:00:00.000Z to 2026-10-02T23:59:59.999Z: LOST (RetentionExpired)\n');
  });

  test('is printed without an object that was removed', async () => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    const { destinationPrefix, tasks } = await archive.archive({ period: '2026-10' });
    const folder = `${destinationPrefix}/${tasks[0]?.taskId}/`;
    const removed = archive.aws.buckets.listObjects('archive', folder).find((key) => key.includes('[$LATEST]')) ?? '';
    archive.aws.buckets.deleteObject('archive', removed);
    const { exitCode, stderr } = await cat(archive);
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /^different: 2026\/10\/app\/web\/[-0-9a-f]+\/ must have the 4 objects \(\d+ bytes\) of its receipt, got 3 \(\d+ bytes\); they have expired, or the archive was changed\n$/,
    );
  });

  test('is printed without a receipt that is not valid', async () => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    await archive.archive({ period: '2026-11', changes: { region: 'eu-west-1' } });
    const { exitCode, stderr } = await cat(archive, '--to', '2026-12-01');
    expect(exitCode).toBe(1);
    const [invalid, missing] = stderr.split('\n');
    expect(invalid).toMatch(
      /^receipt _log-archiver\/receipts\/.*\.json is ignored because it is not valid: region must be "ap-northeast-1", got "eu-west-1"$/,
    );
    expect(missing).toBe(
      'missing: 2026-11-01T00:00:00.000Z to 2026-11-30T23:59:59.999Z: ' +
        'no receipt in period 2026-11, of which no run has reported a status',
    );
  });
});

describe('a range without receipts', () => {
  async function createFailedArchive() {
    const archive = await createArchive();
    await archive.archive({ period: '2026-10' });
    const entry = { ...FAILURE, logGroupName: '/app/other' };
    archive.putStatus('2026-10', { status: 'INCOMPLETE', failures: [entry] });
    return archive;
  }

  test.each<[string, string, string[], string]>([
    [
      'of a log group that has failed',
      '/app/other',
      [],
      'missing: 2026-10-01T00:00:00.000Z to 2026-10-31T23:59:59.999Z: FAILED (AccessDeniedException: no)',
    ],
    [
      'before the archive',
      '/app/web',
      ['--to', '2026-09-20'],
      'missing: 2026-09-19T23:59:59.999Z to 2026-09-19T23:59:59.999Z: the archive has no earlier period',
    ],
    [
      'after the archive',
      '/app/web',
      ['--from', '2026-12-01'],
      'missing: 2026-12-01T00:00:00.000Z to 2026-12-01T00:00:00.000Z: not over yet',
    ],
  ])('is missing %s', async (_, logGroupName, args, stderr) => {
    const { aws } = await createFailedArchive();
    expect(await runCli(['cat', logGroupName, '--bucket', 'archive', ...args], aws)).toEqual({
      ...{ exitCode: 1, stdout: '', stderr: `${stderr}\n` },
    });
  });
});

test('prints the events of a log group and of an earlier one of the same name, which are as old', async () => {
  const archive = await createArchive();
  const early = { stream: 'a', timestamp: '2026-10-28T00:00:00.000Z', message: 'of the first log group' };
  await archive.putEvents([early]);
  await archive.archive({ period: '2026-10' });
  await archive.passTo('2026-11-05T00:00:00.000Z');
  await archive.recreateLogGroup();
  const late = { stream: 'a', timestamp: '2026-10-28T00:00:00.001Z', message: 'of the second, before its creation' };
  const last = { stream: 'a', timestamp: '2026-11-06T00:00:00.000Z', message: 'of the second' };
  await archive.putEvents([late, last]);
  const november = { from: Date.parse('2026-11-01T00:00:00.000Z'), to: Date.parse('2026-11-30T23:59:59.999Z') };
  await archive.archive({ period: '2026-11', ranges: [{ ...november, from: Date.parse('2026-10-22T00:00:00.000Z') }] });
  expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl([early, late, last]), stderr: '' });
});

describe('a log group', () => {
  test('that has no receipt is rejected', async () => {
    const archive = await createArchive();
    await archive.archive({ period: '2026-10' });
    expect(await runCli(['cat', '/app/Web', '--bucket', 'archive'], archive.aws)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr: 'error: LOG_GROUP must have a receipt in the archive, got "/app/Web"; its name is case-sensitive\n',
    });
  });

  test('in two archives must be named with its archive', async () => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    await archive.archive({ period: '2026-10', keyPrefix: '123456789012/ap-northeast-1' });
    expect(await cat(archive)).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'error: LOG_GROUP must be in one archive, got "/app/web", which is in 2: ' +
        '123456789012 ap-northeast-1 (key prefix ""), ' +
        '123456789012 ap-northeast-1 (key prefix "123456789012/ap-northeast-1"); ' +
        'pass --account, --region or --key-prefix\n',
    });
    const october = expectJsonl(EVENTS.slice(0, 7));
    for (const keyPrefix of ['', '123456789012/ap-northeast-1']) {
      expect(await cat(archive, '--key-prefix', keyPrefix)).toEqual({ exitCode: 0, stdout: october, stderr: '' });
    }
  });

  test('with two prefixes in one archive is printed once', async () => {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    await archive.archive({ period: '2026-10', s3Prefix: 'other' });
    expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS.slice(0, 7)), stderr: '' });
  });

  test('of an archive that is not there is rejected', async () => {
    const archive = await createArchive();
    const { exitCode, stderr } = await cat(archive, '--account', '210987654321');
    expect(exitCode).toBe(2);
    expect(stderr).toBe(
      'error: --bucket must contain an archive for --account 210987654321, got "archive"; ' +
        'pass --key-prefix if the archiver has a keyPrefix of its own\n',
    );
  });
});

describe('objects in Glacier', () => {
  async function createGlacierArchive() {
    const archive = await createArchive();
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    const bucket = archive.aws.buckets.findBucket('archive');
    for (const key of archive.aws.buckets.listObjects('archive', '2026/')) {
      const object = bucket?.get(key);
      if (object && !key.includes('ünïcödé')) {
        bucket?.put(key, object.body, object.lastModified, { 'x-amz-storage-class': 'GLACIER' });
      }
    }
    return archive;
  }

  test('are not read without --restore', async () => {
    const archive = await createGlacierArchive();
    expect(hideBytes(await cat(archive))).toEqual({
      exitCode: 2,
      stdout: '',
      stderr:
        'error: cannot read 3 objects (<n> bytes) of storage class GLACIER; restoring takes 3 to 5 hours ' +
        'and costs less than $0.01 at prices of us-east-1; pass --restore to restore and read them\n',
    });
  });

  test('are restored and read with --restore', async () => {
    const { aws } = await createGlacierArchive();
    const wait = (milliseconds: number) => aws.clock.moveTo(aws.clock.now() + milliseconds);
    const args = ['cat', '/app/web', '--bucket', 'archive', '--output', 'jsonl', '--restore'];
    const { exitCode, stdout, stderr } = hideBytes(await runCli(args, aws, { wait }));
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS.slice(0, 7)) });
    const notes = stderr.trimEnd().split('\n');
    expect(notes[0]).toBe(
      'Restoring 3 objects (<n> bytes) of storage class GLACIER; restoring takes 3 to 5 hours and costs less than $0.01 at prices of us-east-1.',
    );
    expect(notes[1]).toMatch(/^2026-11-30T\S+ 3 of 4 objects are not restored yet\.$/);
    expect(notes.at(-1)).toMatch(/ 0 of 4 objects are not restored yet\.$/);
    const restored = aws.requestHandler.calls.filter(({ operation }) => operation === 'RestoreObject');
    expect(restored).toHaveLength(3);
    expect((await runCli(args, aws)).stderr).toBe('');
  });
});

/** Hides sizes of compressed objects, which differ between versions of Node. */
function hideBytes({ stderr, ...result }: Awaited<ReturnType<typeof cat>>) {
  return { ...result, stderr: stderr.replaceAll(/\d+ bytes/g, '<n> bytes') };
}

test('continues a download whose connection broke', async () => {
  const archive = await createArchive();
  await archive.putEvents(EVENTS);
  await archive.archive({ period: '2026-10' });
  const { requestHandler } = archive.aws;
  let broken = 0;
  const handle: typeof requestHandler.handle = async (request) => {
    const answer = await requestHandler.handle(request);
    if (request.method === 'GET' && request.path?.endsWith('.gz') && request.headers.range === undefined) {
      broken += 1;
      const bytes = Buffer.concat(await answer.response.body.toArray());
      answer.response.body = Readable.from(breakAfter(bytes.subarray(0, 10)));
    }
    return answer;
  };
  const clientConfig = { ...archive.aws.clientConfig, requestHandler: { ...requestHandler, handle } };
  const args = ['cat', '/app/web', '--bucket', 'archive', '--output', 'jsonl'];
  const { exitCode, stdout, stderr } = await runCli(args, archive.aws, { clientConfig });
  expect({ exitCode, stderr, broken }).toEqual({ exitCode: 0, stderr: '', broken: 4 });
  expect(stdout).toBe(expectJsonl(EVENTS.slice(0, 7)));
});

async function* breakAfter(bytes: Buffer) {
  yield bytes;
  throw Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' });
}

test('reads the same events as a function', async () => {
  const archive = await createArchive();
  await archive.putEvents(EVENTS);
  await archive.archive({ period: '2026-10' });
  await archive.archive({ period: '2026-11' });
  const request = { s3BucketName: 'archive', logGroupName: '/app/web' };
  const events: string[] = [];
  for await (const { timestamp, stream, message } of readEvents(new S3Client(archive.aws.clientConfig), request)) {
    events.push(`${JSON.stringify({ timestamp: new Date(timestamp).toISOString(), stream, message })}\n`);
  }
  expect(events.join('')).toBe(expectJsonl(EVENTS));
});
