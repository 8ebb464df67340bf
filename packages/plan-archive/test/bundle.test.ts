import { statSync } from 'node:fs';
import { join } from 'node:path';
import type * as Handler from '../src/handler';
import { REQUEST, World } from './world';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);

it('the bundle exports handler and createHandler, and nothing else', () => {
  expect(Object.entries(bundle).map(([name, value]) => [name, typeof value])).toEqual([
    ['createHandler', 'function'],
    ['handler', 'function'],
  ]);
});

it('the bundle has at most 470,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(470_000);
});

it('the bundle plans a run to its end', async () => {
  const world = new World(['/app/web']);
  const handle = bundle.createHandler({ requestHandler: world.aws.requestHandler, now: world.aws.clock.now });
  const { items } = await handle(REQUEST);

  expect(await handle({ ...REQUEST, page: 1, outcomes: items.map((item) => world.outcome(item)) })).toMatchObject({
    next: 'REPORT',
    summary: { status: 'COMPLETE', archived: 1 },
  });
  // Written twice: the names of S3's errors are kept.
  expect(await handle(REQUEST)).toMatchObject({ items });
});

it('the bundle keeps the name InvalidArchiveRequest', async () => {
  await expect(bundle.handler({ ...REQUEST, input: { period: '2026' } })).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
  });
});
