import { parsePeriod, type Range } from '@log-archiver/core';
import { array, assert, asyncProperty, boolean, constantFrom, integer, record, string, tuple } from 'fast-check';
import { type PutEvent, TestArchive } from '../archive';
import { runCli } from '../run-cli';

/** Instants around the boundaries of months and days, in UTC and in Tokyo. */
const BOUNDARIES = [
  '2026-10-01T00:00:00.000Z',
  '2026-10-31T00:00:00.000Z',
  '2026-10-31T15:00:00.000Z',
  '2026-11-01T00:00:00.000Z',
  '2026-11-30T15:00:00.000Z',
].map((instant) => Date.parse(instant));

const timestamps = tuple(constantFrom(...BOUNDARIES), integer({ min: -2, max: 2 }))
  .map(([boundary, milliseconds]) => boundary + milliseconds)
  .filter((time) => time >= (BOUNDARIES[0] as number));

const messages = string({
  unit: constantFrom('a', ' ', '\n', '\r', '\t', '"', '日', '\u{1F600}', '2026-10-01T00:00:00.000'),
  minLength: 1,
  maxLength: 8,
});

const events = array(
  record({
    timestamp: timestamps.map((time) => new Date(time).toISOString()),
    stream: constantFrom('a', 'a/b', 'a-c', '[$LATEST]', 'ü 日', '%2F+', '..', ' '),
    message: messages,
  }),
  { maxLength: 30 },
);

/** Receipts beside those of the two months in UTC: of another zone, of a day, of another prefix, and of forced runs. */
const receipts = array(
  record({
    place: constantFrom(
      { period: '2026-10', timeZone: 'Asia/Tokyo' },
      { period: '2026-11', timeZone: 'Asia/Tokyo' },
      { period: '2026-10-31', timeZone: 'UTC' },
      { period: '2026-10', timeZone: 'UTC', s3Prefix: 'other' },
      { period: '2026-10', timeZone: 'UTC', force: true },
      { period: '2026-11', timeZone: 'UTC', force: true },
    ),
    cuts: array(timestamps, { maxLength: 2 }),
  }),
  { maxLength: 4 },
);

/** Splits a range before each of the instants that it contains. */
function split({ from, to }: Range, cuts: readonly number[]): Range[] {
  const starts = [...new Set([from, ...cuts.filter((cut) => cut > from && cut <= to)])].sort((a, b) => a - b);
  return starts.map((start, index) => ({ from: start, to: (starts[index + 1] ?? to + 1) - 1 }));
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function sort<T extends PutEvent>(all: readonly T[]): T[] {
  return all.toSorted(
    (one, other) =>
      compare(one.timestamp, other.timestamp) ||
      Buffer.compare(Buffer.from(one.stream), Buffer.from(other.stream)) ||
      compare(one.message, other.message),
  );
}

test('prints exactly the events that were put, whatever receipts lead to them', async () => {
  const property = asyncProperty(events, receipts, boolean(), async (put, others, isInclusive) => {
    const archive = new TestArchive({ rangeEnd: isInclusive ? 'INCLUSIVE' : 'EXCLUSIVE' });
    await archive.createLogGroup();
    await archive.putEvents(put);
    for (const period of ['2026-10', '2026-11']) {
      await archive.archive({ period });
    }
    for (const { place, cuts } of others) {
      await archive.archive({ ...place, ranges: split(parsePeriod(place.period, place.timeZone), cuts) });
    }
    const { exitCode, stdout, stderr } = await runCli(
      ['cat', '/app/web', '--bucket', 'archive', '--output', 'jsonl', '--from', '2026-10-01', '--to', '2026-12-01'],
      archive.aws,
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    const printed: PutEvent[] = stdout
      .trimEnd()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line));
    const expected = put.map((event) => ({ ...event, stream: event.stream.replaceAll('/', '-') }));
    expect(sort(printed)).toEqual(sort(expected));
    const order = printed.map(({ timestamp, stream }) => ({ timestamp, stream, message: '' }));
    expect(order).toEqual(sort(order));
  });
  await assert(property, { numRuns: 25 });
});
