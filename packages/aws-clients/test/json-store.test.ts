import { refuses, throttled } from '@log-archiver/local-aws';
import { JsonStore } from '../src/json-store';
import { World } from './world';

let world: World;
let objects: JsonStore;
beforeEach(() => {
  world = new World();
  objects = new JsonStore(world.services, 'archive');
});

async function keys(prefix: string, after?: string): Promise<string[]> {
  const found: string[] = [];
  for await (const key of objects.keys(prefix, after)) {
    found.push(key);
  }
  return found;
}

it('what is written once is there, and stays', async () => {
  expect(await objects.writeOnce('a/ログ.json', { first: true })).toEqual({ first: true });
  expect(await objects.writeOnce('a/ログ.json', { first: false })).toEqual({ first: true });
  expect(await objects.read('a/ログ.json')).toEqual({ first: true });
});

it('what is written otherwise is replaced', async () => {
  await objects.write('a.json', [1]);
  await objects.write('a.json', [2]);

  expect(await objects.read('a.json')).toEqual([2]);
});

it.each([
  [[], false],
  [['a/b.json'], true],
  [['a/b.json.old', 'a/c'], false],
  [['a/b.json', 'a/b.json.old'], true],
])('of %j it is known whether a/b.json is among them: %p', async (there, isThere) => {
  for (const key of there) {
    world.aws.files.putObject('archive', key, '');
  }

  expect(await objects.has('a/b.json')).toBe(isThere);
});

it('two that write one key at once ask again', async () => {
  world.aws.faults.arrange('PutObject', refuses('ConditionalRequestConflict', 'Try again.', 409), throttled);

  expect(await objects.writeOnce('a.json', 1)).toBe(1);
  expect(world.waits).toEqual([1_000, 1_000]);
});

it('a write whose answer was lost is found again', async () => {
  world.aws.faults.arrange('PutObject', async (makeCall) => {
    await makeCall();
    return throttled(makeCall);
  });

  expect(await objects.writeOnce('a.json', { mine: true })).toEqual({ mine: true });
});

it('a write that is refused for another reason is an error', async () => {
  await expect(new JsonStore(world.services, 'none').writeOnce('a.json', 1)).rejects.toMatchObject({
    name: 'NoSuchBucket',
  });
});

it('keys are listed in order, after one, over pages of 1,000', async () => {
  const all = Array.from({ length: 2_100 }, (_, index) => `p/${String(index).padStart(4, '0')}`);
  for (const key of [...all, 'o', 'q/1']) {
    world.aws.files.putObject('archive', key, '');
  }

  expect(await keys('p/')).toEqual(all);
  expect(world.operations()).toEqual(Array(3).fill('ListObjectsV2'));
  expect(await keys('p/', 'p/0099')).toEqual(all.slice(100));
  expect(await keys('r/')).toEqual([]);
});
