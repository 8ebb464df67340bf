import { EXECUTION, NOW, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { runPrefix } from '@log-archiver/core';
import { World } from '../world';

const listNames = (count: number) =>
  Array.from({ length: count }, (_, index) => `/app/${String(index).padStart(4, '0')}`);

it('skips the log groups that have a receipt, on every page of receipts', async () => {
  const all = listNames(1_100);
  const world = new World(all);
  const open = ['/app/0000', '/app/0499', '/app/0500', '/app/1002', '/app/1099'];
  for (const logGroupName of all.filter((name) => !open.includes(name))) {
    world.putReceipt({ logGroupName, s3Prefix: logGroupName.slice(1), period: '2026-10' });
  }
  const { pages, items } = await world.run();

  expect(items.map(({ logGroupName }) => logGroupName)).toEqual(open);
  expect(pages).toHaveLength(2);
  expect(world.readReport()).toMatchObject({ archived: 5, skipped: 1_095 });
});

it('stops after five minutes, and continues with the next page', async () => {
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
    ['ARCHIVE', 0],
    ['REPORT', 0],
  ]);
  expect(world.read(`${runPrefix(PARAMETERS, EXECUTION)}pages/00001.json`)).toMatchObject({
    position: { period: 0, file: 2, offset: 0 },
  });
  expect(world.readReport()).toMatchObject({ skipped: 1_100 });
});
