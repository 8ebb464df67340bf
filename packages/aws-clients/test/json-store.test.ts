import { type LocalAws, refuses, throttled } from '@log-archiver/local-aws';
import { type Clients, createClients } from '../src/create-clients';
import { JsonStore } from '../src/json-store';
import { listOperations, startLocalAws } from '../src/testing';

let aws: LocalAws;
let clients: Clients;
let waits: number[];
let objects: JsonStore;
beforeEach(() => {
  aws = startLocalAws();
  waits = [];
  const wait = async (milliseconds: number) => waits.push(milliseconds);
  clients = createClients({ requestHandler: aws.requestHandler, now: aws.clock.now, wait });
  objects = new JsonStore(clients, 'archive');
});

async function list(prefix: string, lastKey?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of objects.list(prefix, lastKey)) {
    found.push(key);
  }
  return found;
}

describe('read', () => {
  it('returns the value that was written last', async () => {
    await objects.write('a.json', [1]);
    await objects.write('a.json', [2]);

    expect(await objects.read('a.json')).toEqual([2]);
  });

  it.each(['', '{"half":'])('rejects the content %p, and the message names the object', async (text) => {
    aws.buckets.putObject('archive', 'key', text);

    await expect(objects.read('key')).rejects.toThrow('s3://archive/key is not valid JSON: ');
  });
});

describe('writeOnce', () => {
  it('keeps and returns the first value', async () => {
    expect(await objects.writeOnce('a/ログ.json', { first: true })).toEqual({ first: true });
    expect(await objects.writeOnce('a/ログ.json', { first: false })).toEqual({ first: true });
    expect(await objects.read('a/ログ.json')).toEqual({ first: true });
  });

  it('sends If-None-Match with the text', async () => {
    expect(await objects.writeTextOnce('a/b.json', '{ "of": "日本" }\n')).toBe('{ "of": "日本" }\n');

    expect(aws.buckets.getObject('archive', 'a/b.json').toString()).toBe('{ "of": "日本" }\n');
    expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
      ['PutObject', { Bucket: 'archive', Key: 'a/b.json', IfNoneMatch: '*' }],
    ]);
  });

  it('retries a conflict with another writer and a throttled call', async () => {
    aws.faults.injectNext('PutObject', refuses('ConditionalRequestConflict', 'Try again.', 409), throttled);

    expect(await objects.writeOnce('a.json', 1)).toBe(1);
    expect(waits).toEqual([1_000, 1_000]);
  });

  it('returns its own value when the response to its write was lost', async () => {
    aws.faults.injectNext('PutObject', async (makeCall) => {
      await makeCall();
      return throttled(makeCall);
    });

    expect(await objects.writeOnce('a.json', { mine: true })).toEqual({ mine: true });
  });

  it('throws NoSuchKey when the existing object is gone before it is read', async () => {
    aws.faults.injectNext('PutObject', refuses('PreconditionFailed', 'There is one.', 412));

    await expect(objects.writeOnce('key', 'first')).rejects.toMatchObject({ name: 'NoSuchKey' });
  });

  it('rethrows NoSuchBucket', async () => {
    await expect(new JsonStore(clients, 'none').writeOnce('a.json', 1)).rejects.toMatchObject({ name: 'NoSuchBucket' });
  });

  it.each([
    ['AccessDenied', 403],
    ['ConditionalRequestConflict', 409],
    ['InternalError', 500],
  ])('rethrows %s without a retry and without a read when it has no wait', async (name, statusCode) => {
    aws.faults.injectNext('PutObject', refuses(name, 'No.', statusCode));
    const withoutRetries = new JsonStore({ s3: clients.s3 }, 'archive');

    await expect(withoutRetries.writeOnce('key', 'first')).rejects.toMatchObject({ name, message: 'No.' });
    expect(listOperations(aws)).toEqual(['PutObject']);
    expect(waits).toEqual([]);
  });
});

describe('find', () => {
  it.each([
    [[], undefined],
    [['a/b.json'], 'a/b.json'],
    [['a/b.json.old', 'a/c'], undefined],
    [['a/b.json', 'a/b.json.old'], 'a/b.json'],
  ])('given the keys %j, returns for a/b.json: %p', async (keys, expected) => {
    for (const key of keys) {
      aws.buckets.putObject('archive', key, JSON.stringify(key));
    }

    expect(await objects.find('a/b.json')).toBe(expected);
  });
});

describe('list', () => {
  it('returns keys in order, after the given one, over pages of 1,000', async () => {
    const all = Array.from({ length: 2_100 }, (_, index) => `p/${String(index).padStart(4, '0')}`);
    for (const key of [...all, 'o', 'q/1']) {
      aws.buckets.putObject('archive', key, '');
    }

    expect(await list('p/')).toEqual(all);
    expect(listOperations(aws)).toEqual(Array(3).fill('ListObjectsV2'));
    expect(await list('p/', 'p/0099')).toEqual(all.slice(100));
    expect(await list('r/')).toEqual([]);
  });

  it('retries a throttled page', async () => {
    aws.faults.injectNext('ListObjectsV2', throttled);

    expect(await list('p/')).toEqual([]);
    expect(waits).toEqual([1_000]);
  });
});
