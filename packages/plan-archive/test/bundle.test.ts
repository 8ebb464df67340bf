import { statSync } from 'node:fs';
import { join } from 'node:path';
import { ENVIRONMENT } from '@log-archiver/aws-clients/testing';
import type * as Handler from '../src/handler';
import { REQUEST, World } from './world';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);

it('exports only handler and createHandler', () => {
  expect(Object.entries(bundle).map(([name, value]) => [name, typeof value])).toEqual([
    ['createHandler', 'function'],
    ['handler', 'function'],
  ]);
});

it('has at most 525,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(525_000);
});

it('plans a run to its end', async () => {
  const world = new World(['/app/web']);
  const { requestHandler, clock } = world.aws;
  const options = { requestHandler, environment: ENVIRONMENT, now: clock.now, log: () => {} };
  const handle = bundle.createHandler(options);
  const { items } = await handle(REQUEST);

  expect(await handle({ ...REQUEST, page: 1, outcomes: items.map((item) => world.outcome(item)) })).toMatchObject({
    next: 'REPORT',
    summary: { status: 'COMPLETE', archived: 1 },
  });
  // The page is written twice, and S3 rejects the second write: the bundle keeps the names of S3's errors.
  expect(await handle(REQUEST)).toMatchObject({ items });
});

it('keeps the name InvalidArchiveRequest', async () => {
  await expect(
    bundle.createHandler({ environment: ENVIRONMENT, log: () => {} })({ ...REQUEST, input: { period: '2026' } }),
  ).rejects.toMatchObject({
    name: 'InvalidArchiveRequest',
  });
});
