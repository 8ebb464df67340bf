import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchLogsClient, CreateLogGroupCommand } from '@aws-sdk/client-cloudwatch-logs';
import { HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { cutSocket, LocalAws, lostAnswer, NAMED_FAULTS, proxyPage, refuses, throttled, unavailable } from '../src';
import { LambdaFunction } from '../src/lambda/lambda-function';
import { shuffledOrder } from '../src/step-functions/limits/item-order';
import { localS3, NOW } from './s3/local-s3';

const list = new ListObjectsV2Command({ Bucket: 'archive' });
const put = new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'x', IfNoneMatch: '*' });

describe('a call of S3', () => {
  it.each([
    ['throttled', throttled, 'SlowDown', 'Please reduce your request rate.', 503],
    ['unavailable', unavailable, 'InternalError', 'We encountered an internal error. Please try again.', 500],
    ['not allowed', refuses('AccessDeniedException', 'no'), 'AccessDenied', 'Access Denied', 403],
    ['refused by a name of S3', refuses('RequestTimeout', 'Idle.', 400), 'RequestTimeout', 'Idle.', 400],
  ])('that is %s is answered as S3 does, and not made', async (_, fault, name, message, httpStatusCode) => {
    const { aws, client } = localS3();
    aws.faults.inject(fault, { of: 'PutObject' });
    await expect(client.send(put)).rejects.toMatchObject({ name, message, $metadata: { httpStatusCode } });
    expect(aws.buckets.listObjects('archive')).toEqual([]);
    expect(aws.requestHandler.calls).toMatchObject([{ operation: 'PutObject', error: name }]);
  });

  it('that has no body in its answer has none when it is throttled', async () => {
    const { aws, client } = localS3();
    aws.faults.injectNext('HeadObject', throttled);
    const head = client.send(new HeadObjectCommand({ Bucket: 'archive', Key: 'a' }));
    await expect(head).rejects.toMatchObject({ $metadata: { httpStatusCode: 503 } });
  });

  it('meets the faults that meet every call, each service for itself', async () => {
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

  it('has been made when its answer is lost, and not when its connection breaks before', async () => {
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

/** Puts three objects, one after the other, named after itself. */
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

/** In which order the calls of two functions arrive that run at the same time, and when they are done. */
async function twoAtOnce(latency?: () => number) {
  const aws = new LocalAws({ now: NOW, latency });
  aws.buckets.createBucket('archive');
  const assetDirectory = mkdtempSync(join(tmpdir(), 'local-aws-asset-'));
  writeFileSync(join(assetDirectory, 'index.js'), BUNDLE);
  const props = { functionName: 'Put', assetDirectory, timeoutSeconds: 30 };
  const put = new LambdaFunction(props, aws);
  // The first call of a client takes real time, in which it reads its configuration from files.
  await aws.clock.passUntil(put.invoke('first'));
  const start = aws.clock.now();
  await aws.clock.passUntil(Promise.all([put.invoke('a'), put.invoke('b')]));
  const order = aws.requestHandler.calls.slice(3).map(({ input }) => (input as { Key: string }).Key);
  return { order: order.join(' '), milliseconds: aws.clock.now() - start };
}

/** 0 to 99 ms, by the seed. */
function seeded(seed: number) {
  const draw = shuffledOrder(seed);
  return () => draw(100);
}

describe('latency', () => {
  it('is none, unless it is asked for', async () => {
    expect(await twoAtOnce()).toMatchObject({ milliseconds: 0 });
  });

  it('passes on the way to AWS and on the way back', async () => {
    expect(await twoAtOnce(() => 10)).toEqual({ order: 'a1 b1 a2 b2 a3 b3', milliseconds: 60 });
  });

  it('interleaves the calls of two functions by its seed, and does so again', async () => {
    const seeds = [1, 2, 3, 4, 5, 6];
    const first = await Promise.all(seeds.map((seed) => twoAtOnce(seeded(seed))));
    const again = await Promise.all(seeds.map((seed) => twoAtOnce(seeded(seed))));
    expect(again).toEqual(first);
    expect(new Set(first.map(({ order }) => order)).size).toBeGreaterThan(2);
  });

  it('passes before a call is made that fails as well', async () => {
    const aws = new LocalAws({ now: NOW, latency: () => 10 });
    aws.faults.inject(cutSocket);
    const client = new S3Client(aws.clientConfig);
    await expect(aws.clock.passUntil(client.send(list))).rejects.toMatchObject({ code: 'ECONNRESET' });
    expect(aws.clock.now() - Date.parse(NOW)).toBe(20);
    expect(aws.requestHandler.calls).toMatchObject([{ at: '2026-11-01T18:00:00.260Z', error: 'TimeoutError' }]);
  });
});
