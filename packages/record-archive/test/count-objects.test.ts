import { Readable } from 'node:stream';
import type { RecordProgress } from '@log-archiver/core';
import { type LocalAws, refuses } from '@log-archiver/local-aws';
import { countObjects } from '../src/count-objects';
import { Budget } from '../src/page-by-page';
import { FOLDER, OCTOBER_REQUEST } from './october-request';
import { clientsOf, startLocalAws } from './start-local-aws';

let aws: LocalAws;
beforeEach(() => {
  aws = startLocalAws();
});

const START: RecordProgress = { objects: 0, bytes: 0, lastKey: null, isCounted: false, searchToken: null };
const keyOf = (number: number) => `${FOLDER}stream-${String(number).padStart(5, '0')}/000000.gz`;

function count(start: RecordProgress = START, now: () => number = () => 0): Promise<RecordProgress> {
  return countObjects(clientsOf(aws).s3, OCTOBER_REQUEST.task, start, new Budget(now));
}

function putObjects(many: number) {
  for (let number = 1; number <= many; number += 1) {
    aws.files.putObject('archive', keyOf(number), 'four');
  }
}

const pages = () => aws.requestHandler.calls.length;

it.each([
  [0, 1],
  [1, 1],
  [1_000, 1],
  [1_001, 2],
  [2_500, 3],
])('%d objects are counted, by %d calls', async (many, calls) => {
  putObjects(many);

  expect(await count()).toEqual({
    objects: many,
    bytes: many * 4,
    lastKey: many === 0 ? null : keyOf(many),
    isCounted: true,
    searchToken: null,
  });
  expect(pages()).toBe(calls);
});

it('only what is below the folder of the task is counted, and no test of AWS', async () => {
  putObjects(1);
  for (const key of [
    'logs/2026/10/web/aws-logs-write-test',
    `${FOLDER}aws-logs-write-test`,
    'logs/2026/10/web/task-10/stream/000000.gz',
    'logs/2026/10/web/task-1',
    'logs/2026/10/web/task-0/stream/000000.gz',
  ]) {
    aws.files.putObject('archive', key, 'another');
  }
  aws.files.putObject('archive', `${FOLDER}aws-logs-write-test/000000.gz`, 'of a stream');

  expect(await count()).toMatchObject({ objects: 2, bytes: 15 });
});

it('counting goes on after the last key, with what was counted', async () => {
  putObjects(2_500);

  const progress = { objects: 7, bytes: 70, lastKey: keyOf(2_400), isCounted: false, searchToken: null };
  expect(await count(progress)).toEqual({
    objects: 107,
    bytes: 470,
    lastKey: keyOf(2_500),
    isCounted: true,
    searchToken: null,
  });
});

it('the last key stays when there is no other after it', async () => {
  putObjects(3);
  const progress = { ...START, objects: 3, bytes: 12, lastKey: keyOf(3) };

  expect(await count(progress)).toEqual({ ...progress, isCounted: true });
});

it('what is counted is not counted again', async () => {
  putObjects(3);
  const counted = { ...START, isCounted: true };

  expect(await count(counted)).toBe(counted);
  expect(pages()).toBe(0);
});

it('counting stops after 5 minutes, and is the same in two invocations as in one', async () => {
  putObjects(2_500);
  let now = 0;
  aws.faults.inject((makeCall) => {
    now += 150_000;
    return makeCall();
  });

  const half = await count(START, () => now);
  expect(half).toEqual({ objects: 2_000, bytes: 8_000, lastKey: keyOf(2_000), isCounted: false, searchToken: null });
  expect(pages()).toBe(2);
  expect(await count(half, () => now)).toMatchObject({ objects: 2_500, bytes: 10_000, isCounted: true });
});

it('what was counted before an error is kept, and the error comes back to whoever goes on', async () => {
  putObjects(2_500);
  const denied = refuses('AccessDenied', 'Access Denied', 403);
  aws.faults.arrange('ListObjectsV2', (makeCall) => makeCall(), denied, denied);

  const first = await count();
  expect(first).toMatchObject({ objects: 1_000, lastKey: keyOf(1_000), isCounted: false });
  await expect(count(first)).rejects.toMatchObject({ name: 'AccessDenied' });
  expect(await count(first)).toMatchObject({ objects: 2_500, isCounted: true });
});

describe('pages that S3 may answer', () => {
  /** Of the objects of one more stream each; the last of them never comes. */
  function answerPages(keysOf: (page: number) => string[]) {
    let page = 0;
    aws.faults.inject(async () => {
      page += 1;
      const contents = keysOf(page).map((key) => `<Contents><Key>${key}</Key><Size>4</Size></Contents>`);
      const rest = `<IsTruncated>true</IsTruncated><NextContinuationToken>token-${page}</NextContinuationToken>`;
      const body = `<ListBucketResult>${rest}${contents.join('')}</ListBucketResult>`;
      return {
        statusCode: 200,
        headers: { 'content-type': 'application/xml' },
        body: Readable.from([Buffer.from(body)]),
      };
    });
  }

  it('are 2,000 at most in one invocation, and no object is kept but the last key', async () => {
    answerPages((page) => [keyOf(page)]);

    const progress = await count();
    expect(progress).toEqual({
      objects: 2_000,
      bytes: 8_000,
      lastKey: keyOf(2_000),
      isCounted: false,
      searchToken: null,
    });
    expect(pages()).toBe(2_000);
  });

  it('may be empty without being the last', async () => {
    putObjects(3);
    let now = 0;
    answerPages((page) => {
      now += 100_000;
      return page === 2 ? [] : [keyOf(page)];
    });

    expect(await count(START, () => now)).toMatchObject({ objects: 2, lastKey: keyOf(3), isCounted: false });
    expect(
      aws.requestHandler.calls.map(({ input }) => (input as { ContinuationToken?: string }).ContinuationToken),
    ).toEqual([undefined, 'token-1', 'token-2']);
  });
});
