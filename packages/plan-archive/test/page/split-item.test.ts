import { ArchiveStore } from '@log-archiver/aws-clients/archive-store';
import { LOG_GROUP, OCTOBER_ITEM, PARAMETERS } from '@log-archiver/aws-clients/testing';
import { type ArchiveItem, DAY_MS, HOUR_MS, type LogGroupProperties, partKey } from '@log-archiver/core';
import { splitItem } from '../../src/page/split-item';
import { REQUEST, World } from '../world';

const GIVEN_UP: ArchiveItem = { ...OCTOBER_ITEM, attempt: 2 };
const FIRST_DAY: ArchiveItem = { ...OCTOBER_ITEM, part: 'DAY', to: OCTOBER_ITEM.from + DAY_MS - 1 };

interface Circumstances {
  /** Start of the forced run that recorded the parts. */
  recordedBy?: string | null;
  now?: number;
  /** Changes of the log group. */
  logGroup?: Partial<LogGroupProperties>;
}

/** Splits an item whose ranges in `recorded` have a part record. */
async function split(
  item: ArchiveItem,
  part: 'DAY' | 'HOUR',
  recorded: [number, number][] = [],
  { now = 0, logGroup = { createdAt: 0 }, recordedBy = null }: Circumstances = {},
) {
  const world = new World();
  for (const [from, to] of recorded) {
    world.aws.buckets.putObject('archive', partKey(PARAMETERS, { ...item, from, to }, recordedBy), '{}');
  }
  const archive = new ArchiveStore(world.clients, REQUEST);
  return splitItem({ ...item, logGroup: { ...LOG_GROUP, ...logGroup } }, part, {
    parameters: PARAMETERS,
    archive,
    now,
  });
}

/** The nth day of the item, from 0. */
const day = (n: number): [number, number] => [OCTOBER_ITEM.from + n * DAY_MS, OCTOBER_ITEM.from + (n + 1) * DAY_MS - 1];

it('splits a month into days, each a first attempt with the same destination', async () => {
  const parts = await split(GIVEN_UP, 'DAY');

  expect(parts).toHaveLength(31);
  expect(parts.map(({ from, to }) => [from, to])).toEqual(Array.from({ length: 31 }, (_, index) => day(index)));
  expect(parts[1]).toMatchObject({
    ...GIVEN_UP,
    logGroup: { createdAt: 0 },
    from: day(1)[0],
    to: day(1)[1],
    part: 'DAY',
    attempt: 1,
  });
});

it('exports a part that only a forced run has recorded, because it cannot be in this receipt', async () => {
  const parts = await split(GIVEN_UP, 'DAY', [day(0), day(1)], { recordedBy: '2026-11-02T03:00:01.234Z' });

  expect(parts).toHaveLength(31);
});

it('splits a day into hours', async () => {
  const parts = await split(FIRST_DAY, 'HOUR');

  expect(parts).toHaveLength(24);
  expect(parts[23]).toMatchObject({
    ...FIRST_DAY,
    logGroup: { createdAt: 0 },
    from: FIRST_DAY.from + 23 * HOUR_MS,
    part: 'HOUR',
    attempt: 1,
  });
});

it('splits an item that was cut to what is retained from its start', async () => {
  const [first] = await split({ ...GIVEN_UP, from: day(2)[0] + 1 }, 'DAY');

  expect(first).toMatchObject({ from: day(2)[0] + 1, to: day(2)[1] });
});

it.each<[string, Circumstances]>([
  ['before the log group was created', { logGroup: { createdAt: day(4)[1] } }],
  ['before what is retained', { logGroup: { createdAt: 0, retentionInDays: 30 }, now: day(4)[1] + 30 * DAY_MS }],
])('merges parts %s into the first part that AWS accepts', async (_, circumstances) => {
  const parts = await split(GIVEN_UP, 'DAY', [], circumstances);

  expect(parts.map(({ from, to }) => [from, to])).toEqual([
    [day(0)[0], day(4)[1]],
    ...Array.from({ length: 26 }, (_, index) => day(5 + index)),
  ]);
});

it('merges events that are older than the log group into the first part that AWS accepts', async () => {
  const older = day(-9)[0];
  const parts = await split({ ...GIVEN_UP, from: older }, 'DAY', [], { logGroup: { createdAt: day(4)[0] + HOUR_MS } });
  expect(parts.slice(0, 2).map(({ from, to }) => [from, to])).toEqual([[older, day(4)[1]], day(5)]);

  const hours = await split(parts[0] as ArchiveItem, 'HOUR', [], { logGroup: { createdAt: day(4)[0] + HOUR_MS } });
  expect(hours[0]).toMatchObject({ from: older, to: day(4)[0] + 2 * HOUR_MS - 1 });
  expect(hours).toHaveLength(23);
});

it('keeps the hours of a day that ended before the log group was created', async () => {
  expect(await split(FIRST_DAY, 'HOUR', [], { logGroup: { createdAt: day(1)[0] } })).toHaveLength(24);
});

it('leaves out parts that are recorded in whole or in hours', async () => {
  const hours = Array.from({ length: 24 }, (_, index): [number, number] => {
    const from = day(4)[0] + index * HOUR_MS;
    return [from, from + HOUR_MS - 1];
  });
  const parts = await split(GIVEN_UP, 'DAY', [day(0), day(2), ...hours, ...hours.slice(0, 3).map(() => day(5))]);

  expect(parts.map(({ from }) => (from - OCTOBER_ITEM.from) / DAY_MS)).toEqual(
    Array.from({ length: 31 }, (_, index) => index).filter((index) => ![0, 2, 4, 5].includes(index)),
  );
});

it('exports the whole part if one of its hours has no record', async () => {
  const [from, to] = day(0);

  expect(
    await split(GIVEN_UP, 'DAY', [
      [from, from + HOUR_MS - 1],
      [from + 2 * HOUR_MS, to],
    ]),
  ).toHaveLength(31);
});

it('exports all parts in a forced run', async () => {
  expect(await split({ ...GIVEN_UP, force: true }, 'DAY', [day(0)])).toHaveLength(31);
});

it('exports the last part if all parts have a record, so that the receipt is written', async () => {
  const all = Array.from({ length: 31 }, (_, index) => day(index));

  expect((await split(GIVEN_UP, 'DAY', all)).map(({ from, to }) => [from, to])).toEqual([day(30)]);
});
