import { EXECUTION, NOW, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { runPrefix } from '@log-archiver/core';
import type { PlannedPage } from '../../src/run-store';
import { World, withInput } from '../world';

const listNames = (count: number) =>
  Array.from({ length: count }, (_, index) => `/app/${String(index).padStart(4, '0')}`);
const readPage = (world: World, number: number) =>
  world.read<PlannedPage>(`${runPrefix(PARAMETERS, EXECUTION)}pages/0000${number}.json`);

it('exports only the log groups without a receipt, on every page of receipts', async () => {
  const all = listNames(1_100);
  const world = new World(all);
  const open = ['/app/0000', '/app/0499', '/app/0500', '/app/1002', '/app/1099'];
  for (const logGroupName of all.filter((name) => !open.includes(name))) {
    world.putReceipt({ logGroupName, s3Prefix: logGroupName.slice(1), period: '2026-10' });
  }
  const { pages, items } = await world.run();

  expect(items.map(({ logGroupName }) => logGroupName)).toEqual(open);
  expect(pages).toHaveLength(2);
  expect(world.readReport()).toMatchObject({ archived: 1_100, skipped: 0 });
});

it('stops after five minutes, and continues with the next page at once', async () => {
  const world = new World(listNames(1_100));
  for (const logGroupName of listNames(1_100)) {
    world.putReceipt({ logGroupName, s3Prefix: logGroupName.slice(1), period: '2026-10' });
  }
  let time = Date.parse(NOW);
  world.now = () => {
    time += 3 * 60 * 1_000;
    return time;
  };
  const { pages } = await world.run();

  expect(pages.map(({ next, items }) => [next, items.length])).toEqual([
    ['PLAN', 0],
    ['REPORT', 0],
  ]);
  expect(readPage(world, 1)).toMatchObject({ position: { block: 0, file: 2, offset: 0 } });
  expect(world.readReport()).toMatchObject({ archived: 1_100 });
});

it('walks the blocks of all periods and retentions', async () => {
  const world = new World(['/app/kept']);
  world.create('/app/short', { retentionInDays: 60 });
  await world.run(withInput({ period: '2026-09/2026-10' }));

  expect(readPage(world, 1)).toMatchObject({ position: { block: 4, file: 0, offset: 0 } });
});

describe('a log group whose last export was split', () => {
  it('is exported in the parts for which the page has room, and then in the others', async () => {
    const world = new World(['/app/a', '/app/split', '/app/z']);
    world.putCheckpoint({ split: ['/app/split'] });
    const { pages } = await world.run();

    expect(pages.map(({ items }) => items.map(({ logGroupName }) => logGroupName))).toEqual([
      ['/app/a', ...Array(24).fill('/app/split')],
      [...Array(7).fill('/app/split'), '/app/z'],
      [],
    ]);
    expect(world.readReport()).toMatchObject({ archived: 3, failed: 0 });
    expect(world.readReport().items).toHaveLength(33);
  });

  it('waits for the next page if the page has no room for a part', async () => {
    const world = new World([...listNames(25), '/app/split']);
    world.putCheckpoint({ split: ['/app/split'] });
    const { pages } = await world.run();

    expect(pages.map(({ items }) => items.length)).toEqual([25, 25, 6, 0]);
    expect(readPage(world, 1)).toMatchObject({ again: [], position: { offset: 25 } });
    expect(readPage(world, 2)).toMatchObject({ position: { offset: 26 } });
    expect(readPage(world, 2).again).toHaveLength(6);
  });

  it('is exported in hours if its periods are days', async () => {
    const world = new World(['/app/web']);
    world.putCheckpoint({ split: ['/app/web'] });
    const { items } = await world.run(withInput({ period: '2026-10-31' }));

    expect(items.map(({ part }) => part)).toEqual(Array(24).fill('HOUR'));
  });
});
