import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { EMPTY_DIGEST, foldObject, type RecordProgress } from '@log-archiver/core';
import { type LocalAws, refuses } from '@log-archiver/local-aws';
import { countObjects } from '../src/count-objects';
import { ExportedFolders } from '../src/exported-folders';
import { InvocationBudget } from '../src/invocation-budget';
import { createClients, FOLDER, OCTOBER_REQUEST, START, startOctoberAws } from './october-request';

let aws: LocalAws;
let folders: ExportedFolders;
beforeEach(() => {
  aws = startOctoberAws();
});

const objectKey = (number: number) => `${FOLDER}stream-${String(number).padStart(5, '0')}/000000.gz`;

function count(start: RecordProgress = START, now: () => number = () => 0): Promise<RecordProgress> {
  const clients = createClients(aws);
  folders = new ExportedFolders(clients.s3, OCTOBER_REQUEST.task);
  return countObjects(clients, OCTOBER_REQUEST.task, folders, start, new InvocationBudget(now));
}

function putObjects(many: number) {
  for (let number = 1; number <= many; number += 1) {
    aws.buckets.putObject('archive', objectKey(number), 'four');
  }
}

const pages = () => aws.requestHandler.calls.length;

it.each([
  [0, 1],
  [1, 1],
  [1_000, 1],
  [1_001, 2],
  [2_500, 3],
])('counts %d objects with %d calls', async (many, calls) => {
  putObjects(many);

  expect(await count()).toMatchObject({
    objects: many,
    bytes: many * 4,
    lastKey: many === 0 ? null : objectKey(many),
    isCounted: true,
    search: null,
  });
  expect(pages()).toBe(calls);
});

it('counts only objects below the folder of the task, without the write test of AWS', async () => {
  putObjects(1);
  for (const key of [
    'logs/2026/10/web/aws-logs-write-test',
    `${FOLDER}aws-logs-write-test`,
    `${FOLDER}aws-logs-write-test-multipartupload`,
    'logs/2026/10/web/task-10/stream/000000.gz',
    'logs/2026/10/web/task-1',
    'logs/2026/10/web/task-0/stream/000000.gz',
  ]) {
    aws.buckets.putObject('archive', key, 'another');
  }
  aws.buckets.putObject('archive', `${FOLDER}aws-logs-write-test/000000.gz`, 'of a stream');

  expect(await count()).toMatchObject({ objects: 2, bytes: 15 });
});

it('digests the names, sizes and ETags of the objects in the order of their keys', async () => {
  putObjects(2);
  const etag = createHash('md5').update('four').digest('hex');
  const objects = ['stream-00001/000000.gz', 'stream-00002/000000.gz'].map((name) => ({ name, size: 4, etag }));

  expect(await count()).toMatchObject({
    digest: objects.reduce(foldObject, EMPTY_DIGEST),
    firstObject: 'stream-00001/000000.gz',
    lastObject: 'stream-00002/000000.gz',
  });
});

it('has the same digest if it continues after each page', async () => {
  putObjects(2_500);
  let time = 0;
  let progress = START;
  while (!progress.isCounted) {
    progress = await count(progress, () => (time += 200_000));
  }

  expect(progress).toEqual(await count());
});

it.each([
  ['was removed', () => aws.buckets.deleteObject('archive', objectKey(2))],
  ['was added', () => aws.buckets.putObject('archive', objectKey(4), 'four')],
  ['was replaced by one of the same size', () => aws.buckets.putObject('archive', objectKey(2), 'FOUR')],
])('has another digest if an object %s', async (_, change) => {
  putObjects(3);
  const { digest } = await count();
  change();

  expect((await count()).digest).not.toBe(digest);
});

it('remembers the folders of the objects', async () => {
  putObjects(2);
  await count();

  expect([await folders.has('stream-00001'), await folders.has('stream-00002')]).toEqual([true, true]);
  expect(pages()).toBe(1);
});

it('continues after the last counted key', async () => {
  putObjects(2_500);

  const progress = { ...START, objects: 7, bytes: 70, lastKey: objectKey(2_400), isCounted: false, search: null };
  expect(await count(progress)).toMatchObject({
    objects: 107,
    bytes: 470,
    lastKey: objectKey(2_500),
    isCounted: true,
    search: null,
  });
});

it('keeps the last key when no key follows it', async () => {
  putObjects(3);
  const progress = { ...START, objects: 3, bytes: 12, lastKey: objectKey(3) };

  expect(await count(progress)).toEqual({ ...progress, isCounted: true });
});

it('does not count again when everything is counted', async () => {
  putObjects(3);
  const counted = { ...START, isCounted: true };

  expect(await count(counted)).toBe(counted);
  expect(pages()).toBe(0);
});

it('stops after 5 minutes, and counts the same in two invocations as in one', async () => {
  putObjects(2_500);
  let now = 0;
  aws.faults.inject((makeCall) => {
    now += 150_000;
    return makeCall();
  });

  const half = await count(START, () => now);
  expect(half).toMatchObject({
    objects: 2_000,
    bytes: 8_000,
    lastKey: objectKey(2_000),
    isCounted: false,
    search: null,
  });
  expect(pages()).toBe(2);
  expect(await count(half, () => now)).toMatchObject({ objects: 2_500, bytes: 10_000, isCounted: true });
});

it('keeps the count before an error, and throws the error in the next call', async () => {
  putObjects(2_500);
  const denied = refuses('AccessDenied', 'Access Denied', 403);
  aws.faults.injectNext('ListObjectsV2', (makeCall) => makeCall(), denied, denied);

  const first = await count();
  expect(first).toMatchObject({ objects: 1_000, lastKey: objectKey(1_000), isCounted: false });
  await expect(count(first)).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(await count(first)).toMatchObject({ objects: 2_500, isCounted: true });
});

describe('with unusual pages of S3', () => {
  /** Responds to every call with a page of these keys that is not the last. */
  function respondWithPages(listKeys: (page: number) => string[]) {
    let page = 0;
    aws.faults.inject(async () => {
      page += 1;
      const contents = listKeys(page).map((key) => `<Contents><Key>${key}</Key><Size>4</Size></Contents>`);
      const rest = `<IsTruncated>true</IsTruncated><NextContinuationToken>token-${page}</NextContinuationToken>`;
      const body = `<ListBucketResult>${rest}${contents.join('')}</ListBucketResult>`;
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/xml' },
        body: Readable.from([Buffer.from(body)]),
      };
    });
  }

  it('reads at most 2,000 pages per invocation and keeps only the last key', async () => {
    respondWithPages((page) => [objectKey(page)]);

    const progress = await count();
    expect(progress).toMatchObject({
      objects: 2_000,
      bytes: 8_000,
      lastKey: objectKey(2_000),
      isCounted: false,
      search: null,
    });
    expect(pages()).toBe(2_000);
  });

  it('continues after an empty page', async () => {
    putObjects(3);
    let now = 0;
    respondWithPages((page) => {
      now += 100_000;
      return page === 2 ? [] : [objectKey(page)];
    });

    expect(await count(START, () => now)).toMatchObject({ objects: 2, lastKey: objectKey(3), isCounted: false });
    expect(
      aws.requestHandler.calls.map(({ input }) => (input as { ContinuationToken?: string }).ContinuationToken),
    ).toEqual([undefined, 'token-1', 'token-2']);
  });
});
