import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { cutSocket, LocalAws, lostAnswer, NAMED_FAULTS, proxyPage, refuses, throttled, unavailable } from '../src';
import { LambdaFunction } from '../src/lambda/lambda-function';
import { createPrng } from '../src/time/prng';
import { localS3, NOW } from './s3/local-s3';
import { temporaryFolder } from './temporary-folder';

const list = new ListObjectsV2Command({ Bucket: 'archive' });
const put = new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'x', IfNoneMatch: '*' });

describe('a call to S3', () => {
  it.each([
    ['throttling', throttled, 'SlowDown', 'Please reduce your request rate.', 503],
    ['unavailability', unavailable, 'InternalError', 'We encountered an internal error. Please try again.', 500],
    ['a denial', refuses('AccessDeniedException', 'no'), 'AccessDenied', 'Access Denied', 403],
    ['an error of S3', refuses('RequestTimeout', 'Idle.', 400), 'RequestTimeout', 'Idle.', 400],
  ])(
    'fails with the error of S3, and is not executed, when it meets %s',
    async (_, fault, name, message, httpStatusCode) => {
      const { aws, client } = localS3();
      aws.faults.inject(fault, { of: 'PutObject' });
      await expect(client.send(put)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode } });
      expect(aws.buckets.listObjects('archive')).toEqual([]);
      expect(aws.requestHandler.calls).toMatchObject([{ operation: 'PutObject', error: name }]);
    },
  );

  it('has no body in the answer to a throttled HEAD request', async () => {
    const { aws, client } = localS3();
    aws.faults.injectNext('HeadObject', throttled);
    const head = client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'a' }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  it('meets faults independently of calls to other services', async () => {
    const { aws, client } = localS3();
    const logs = new CloudWatchLogsClient(aws.clientConfig);
    const create = new CreateLogGroupCommand({ logGroupName: '/shop' });
    NAMED_FAULTS.throttled.inject(aws);
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await expect(client.send(list)).rejects.toMatchObject({ name: 'SlowDown' });
      await expect(logs.send(create)).rejects.toMatchObject({ name: 'ThrottlingException', message: 'Rate exceeded' });
    }
    await client.send(list);
    await logs.send(create);
    expect(aws.requestHandler.calls.map(({ operation, error }) => [operation, error])).toEqual([
      ['ListObjectsV2', 'SlowDown'],
      ['CreateLogGroup', 'ThrottlingException'],
      ['ListObjectsV2', 'SlowDown'],
      ['CreateLogGroup', 'ThrottlingException'],
      ['ListObjectsV2', undefined],
      ['CreateLogGroup', undefined],
    ]);
  });

  it('is executed when its answer is lost, but not when the connection breaks before', async () => {
    const { aws, client } = localS3();
    aws.faults.injectNext('PutObject', cutSocket, lostAnswer, proxyPage(503));
    await expect(client.send(put)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(aws.buckets.listObjects('archive')).toEqual([]);
    await expect(client.send(put)).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(aws.buckets.listObjects('archive')).toEqual(['a']);
    await expect(client.send(put)).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
    await expect(client.send(put)).rejects.toMatchObject({ name: 'PreconditionFailed' });
  });
});

/** Function that puts three objects, one after another, whose keys start with its payload. */
const BUNDLE = `
const { PutObjectCommand, S3Client } = require(${JSON.stringify(require.resolve('@aws-sdk/client-s3'))});
exports.createHandler = ({ requestHandler }) => {
  const client = new S3Client({ requestHandler, maxAttempts: 1 });
  return async (name) => {
    for (const number of [1, 2, 3]) {
      await client.send(new PutObjectCommand({ Bucket: 'archive', Key: name + number, Body: name }));
    }
  };
};`;

/** Runs two functions concurrently, and returns the order of their calls and the duration. */
async function runConcurrently(latency?: () => number) {
  const aws = new LocalAws({ now: NOW, latency });
  aws.buckets.createBucket('archive');
  const assetDirectory = temporaryFolder();
  writeFileSync(join(assetDirectory, 'index.js'), BUNDLE);
  const props = { functionName: 'Put', assetDirectory, timeoutSeconds: 30 };
  const put = new LambdaFunction(props, aws);
  // The first call of a client takes real time, because it reads its configuration from files.
  await aws.clock.passUntil(put.invoke('first'));
  const start = aws.clock.now();
  await aws.clock.passUntil(Promise.all([put.invoke('a'), put.invoke('b')]));
  const order = aws.requestHandler.calls.slice(3).map(({ input }) => (input as { Key: string }).Key);
  return { order: order.join(' '), milliseconds: aws.clock.now() - start };
}

/** Returns a random latency of 0 to 99 ms. */
function createLatency(seed: number) {
  const random = createPrng(seed);
  return () => random(100);
}

describe('latency', () => {
  it('is none by default', async () => {
    expect(await runConcurrently()).toMatchObject({ milliseconds: 0 });
  });

  it('passes in each direction of a call', async () => {
    expect(await runConcurrently(() => 10)).toEqual({ order: 'a1 b1 a2 b2 a3 b3', milliseconds: 60 });
  });

  it('interleaves the calls of two functions, in the same order for the same seed', async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const first = await Promise.all(seeds.map((seed) => runConcurrently(createLatency(seed))));
    const again = await Promise.all(seeds.map((seed) => runConcurrently(createLatency(seed))));
    expect(again).toEqual(first);
    expect(new Set(first.map(({ order }) => order)).size).toBeGreaterThan(2);
  });

  it('also passes for a call that fails', async () => {
    const aws = new LocalAws({ now: NOW, latency: () => 10 });
    aws.faults.inject(cutSocket);
    const client = new S3Client(aws.clientConfig);
    await expect(aws.clock.passUntil(client.send(list))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(aws.clock.now() - Date.parse(NOW)).toBe(20);
    expect(aws.requestHandler.calls).toMatchObject([{ at: '2026-11-01T18:00:00.260Z', error: 'TimeoutError' }]);
  });
});
