import { createClients } from '../src/create-clients';
import { listObjects, type ObjectPage } from '../src/list-objects';
import { startLocalAws } from '../src/testing';

const aws = startLocalAws();
const { s3 } = createClients({ requestHandler: aws.requestHandler });
const KEYS = ['p/a+b c%20.gz', 'p/a\u0001\u001f.gz', 'p/日本語&<>"\'.gz', 'p/plain/000000.gz', 'p/~!()*=?.gz'];

beforeAll(() => {
  for (const [index, key] of [...KEYS, 'q/other.gz'].entries()) {
    aws.buckets.putObject('archive', key, 'x'.repeat(index));
  }
});

function list(place: { token?: string; lastKey?: string; limit?: number }, prefix = 'p/'): Promise<ObjectPage> {
  return listObjects(s3, 'archive', prefix, place);
}

it('lists objects in order, whatever characters their keys contain', async () => {
  const { objects, nextToken } = await list({});

  expect(objects.map(({ key }) => key)).toEqual(aws.buckets.listObjects('archive', 'p/'));
  expect([...objects].sort((a, b) => a.size - b.size).map(({ key }) => key)).toEqual(KEYS);
  expect(nextToken).toBeUndefined();
});

it.each(KEYS)('continues after %p', async (lastKey) => {
  const all = aws.buckets.listObjects('archive', 'p/');

  expect((await list({ lastKey })).objects.map(({ key }) => key)).toEqual(all.slice(all.indexOf(lastKey) + 1));
});

it('lists at most as many objects as the limit', async () => {
  const { objects, nextToken } = await list({ limit: 1 });

  expect(objects.map(({ key }) => key)).toEqual(aws.buckets.listObjects('archive', 'p/').slice(0, 1));
  expect(nextToken).toBeDefined();
});

it('returns an empty last page for a prefix without objects', async () => {
  expect(await list({}, 'r/')).toEqual({ objects: [], nextToken: undefined });
});

it('sends a token without the last key', async () => {
  await expect(list({ token: 'no-token', lastKey: 'p/a' })).rejects.toThrow();

  expect(aws.requestHandler.calls.at(-1)?.input).toEqual({
    Bucket: 'archive',
    Prefix: 'p/',
    ContinuationToken: 'no-token',
    EncodingType: 'url',
  });
});
