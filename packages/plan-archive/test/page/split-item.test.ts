import { type ArchiveItem, partKey } from '@log-archiver/core';
import { split } from '../../src/page/split-item';
import { RunFiles } from '../../src/run-store';
import { OCTOBER_ITEM } from '../october-item';
import { DAY, HOUR, PARAMETERS, REQUEST, World } from '../world';

const GIVEN_UP: ArchiveItem = { ...OCTOBER_ITEM, attempt: 2, slotDeadline: 17, daysLost: 3 };
const DAY_OF: ArchiveItem = { ...OCTOBER_ITEM, part: 'DAY', to: OCTOBER_ITEM.from + DAY - 1 };

interface Circumstances {
  /** When the run by force started that recorded the parts. */
  recordedBy?: string | null;
  force?: boolean;
  now?: number;
  /** Of the log group. */
  creationTime?: number;
}

/** Splits an item of which these ranges have a record. */
async function partsOf(
  item: ArchiveItem,
  part: 'DAY' | 'HOUR',
  recorded: [number, number][] = [],
  { force = false, now = 0, creationTime = 0, recordedBy = null }: Circumstances = {},
) {
  const world = new World();
  const details = { creationTime, retentionInDays: null, storedBytes: 0, logGroupClass: 'STANDARD' };
  const logGroupFiles = [[{ logGroupName: 'another', details: null }], [{ ...item, details }]].map((content, index) => {
    world.aws.files.putObject('archive', `log-groups/${index}`, JSON.stringify(content));
    return `log-groups/${index}`;
  });
  for (const [from, to] of recorded) {
    world.aws.files.putObject('archive', partKey(PARAMETERS, { ...item, from, to }, recordedBy), '{}');
  }
  const { services } = world;
  const order = { scheduledTime: '', period: null, logGroups: null, dryRun: false, force };
  const start = { periods: [], logGroupFiles };
  return split(item, part, {
    request: REQUEST,
    order,
    start,
    files: new RunFiles(REQUEST, services),
    services,
    now,
  });
}

/** The nth day of the item, counted from 0. */
const day = (n: number): [number, number] => [OCTOBER_ITEM.from + n * DAY, OCTOBER_ITEM.from + (n + 1) * DAY - 1];

it('a month is split into its days, each a first attempt at the same place', async () => {
  const parts = await partsOf(GIVEN_UP, 'DAY');

  expect(parts).toHaveLength(31);
  expect(parts.map(({ from, to }) => [from, to])).toEqual(Array.from({ length: 31 }, (_, index) => day(index)));
  expect(parts[1]).toEqual({ ...GIVEN_UP, from: day(1)[0], to: day(1)[1], part: 'DAY', attempt: 1 });
});

it('a part that a run by force has recorded is exported all the same: it is no part of this receipt', async () => {
  const parts = await partsOf(GIVEN_UP, 'DAY', [day(0), day(1)], { recordedBy: '2026-11-02T03:00:01.234Z' });

  expect(parts).toHaveLength(31);
});

it('a day is split into its hours', async () => {
  const parts = await partsOf(DAY_OF, 'HOUR');

  expect(parts).toHaveLength(24);
  expect(parts[23]).toEqual({ ...DAY_OF, from: DAY_OF.from + 23 * HOUR, part: 'HOUR', attempt: 1 });
});

it('what was cut to what is retained is split from there on', async () => {
  const [first] = await partsOf({ ...GIVEN_UP, from: day(2)[0] + 1 }, 'DAY');

  expect(first).toMatchObject({ from: day(2)[0] + 1, to: day(2)[1] });
});

it.each<[string, Partial<ArchiveItem>, Circumstances]>([
  ['before its log group was created', {}, { creationTime: day(4)[1] }],
  ['before what is retained', { retentionInDays: 30 }, { now: day(4)[1] + 30 * DAY }],
])('what was over %s goes with the first part that AWS takes', async (_, item, circumstances) => {
  const parts = await partsOf({ ...GIVEN_UP, ...item }, 'DAY', [], circumstances);

  expect(parts.map(({ from, to }) => [from, to])).toEqual([
    [day(0)[0], day(4)[1]],
    ...Array.from({ length: 26 }, (_, index) => day(5 + index)),
  ]);
});

it('events that are older than their log group go with the first part that AWS takes', async () => {
  const older = day(-9)[0];
  const parts = await partsOf({ ...GIVEN_UP, from: older }, 'DAY', [], { creationTime: day(4)[0] + HOUR });
  expect(parts.slice(0, 2).map(({ from, to }) => [from, to])).toEqual([[older, day(4)[1]], day(5)]);

  const hours = await partsOf(parts[0] as ArchiveItem, 'HOUR', [], { creationTime: day(4)[0] + HOUR });
  expect(hours[0]).toMatchObject({ from: older, to: day(4)[0] + 2 * HOUR - 1 });
  expect(hours).toHaveLength(23);
});

it('hours of a day on which its log group was created later than all of them stay as they are', async () => {
  expect(await partsOf(DAY_OF, 'HOUR', [], { creationTime: day(1)[0] })).toHaveLength(24);
});

it('parts that have a record are not exported once more, whether in whole or in hours', async () => {
  const hours = Array.from({ length: 24 }, (_, index): [number, number] => {
    const from = day(4)[0] + index * HOUR;
    return [from, from + HOUR - 1];
  });
  const parts = await partsOf(GIVEN_UP, 'DAY', [day(0), day(2), ...hours, ...hours.slice(0, 3).map(() => day(5))]);

  expect(parts.map(({ from }) => (from - OCTOBER_ITEM.from) / DAY)).toEqual(
    Array.from({ length: 31 }, (_, index) => index).filter((index) => ![0, 2, 4, 5].includes(index)),
  );
});

it('a part of which an hour has no record is exported as a whole', async () => {
  const [from, to] = day(0);

  expect(
    await partsOf(GIVEN_UP, 'DAY', [
      [from, from + HOUR - 1],
      [from + 2 * HOUR, to],
    ]),
  ).toHaveLength(31);
});

it('by force all parts are', async () => {
  expect(await partsOf(GIVEN_UP, 'DAY', [day(0)], { force: true })).toHaveLength(31);
});

it('when all parts have a record the last one is exported, so that the receipt is written', async () => {
  const all = Array.from({ length: 31 }, (_, index) => day(index));

  expect((await partsOf(GIVEN_UP, 'DAY', all)).map(({ from, to }) => [from, to])).toEqual([day(30)]);
});
