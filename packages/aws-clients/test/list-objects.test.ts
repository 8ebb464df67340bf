import { listObjects, type ObjectPage } from '../src/list-objects';
import { clientsOf, startLocalAws } from './start-local-aws';

const aws = startLocalAws();
const KEYS = ['p/a+b c%20.gz', 'p/a\u0001\u001f.gz', 'p/日本語&<>"\'.gz', 'p/plain/000000.gz', 'p/~!()*=?.gz'];

beforeAll(() => {
  for (const [index, key] of [...KEYS, 'q/other.gz'].entries()) {
    aws.files.putObject('archive', key, 'x'.repeat(index));
  }
});

function list(place: { token?: string; lastKey?: string }, prefix = 'p/'): Promise<ObjectPage> {
  return listObjects(clientsOf(aws).s3, 'archive', prefix, place);
}

it('objects are listed in order, by whatever their keys are made of', async () => {
  const { objects, nextToken } = await list({});

  expect(objects.map(({ key }) => key)).toEqual(aws.files.listObjects('archive', 'p/'));
  expect([...objects].sort((a, b) => a.size - b.size).map(({ key }) => key)).toEqual(KEYS);
  expect(nextToken).toBeUndefined();
});

it.each(KEYS)('the list goes on after %p', async (lastKey) => {
  const all = aws.files.listObjects('archive', 'p/');

  expect((await list({ lastKey })).objects.map(({ key }) => key)).toEqual(all.slice(all.indexOf(lastKey) + 1));
});

it('a page of nothing is empty, and the last', async () => {
  expect(await list({}, 'r/')).toEqual({ objects: [], nextToken: undefined });
});

it('a token is asked for by itself', async () => {
  await expect(list({ token: 'no-token', lastKey: 'p/a' })).rejects.toThrow();

  expect(aws.requestHandler.calls.at(-1)?.input).toEqual({
    Bucket: 'archive',
    Prefix: 'p/',
    ContinuationToken: 'no-token',
    EncodingType: 'url',
  });
});
