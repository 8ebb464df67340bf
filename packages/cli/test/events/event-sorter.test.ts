import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { EventSorter } from '../../src/events/event-sorter';

interface Added {
  timestamp: number;
  stream: string;
  text: string;
}

/** Returns events with many equal times and streams, in an order that is always the same. */
function createEvents(count: number): Added[] {
  let state = 1;
  const random = (limit: number) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % limit;
  };
  return Array.from({ length: count }, (_, index) => ({
    timestamp: 1_790_000_000_000 + random(50),
    stream: ['a', 'ab', 'b', '日本'][random(4)] as string,
    text: `${index} ${'x'.repeat(random(40))}`,
  }));
}

function sort(sorter: EventSorter, events: readonly Added[]): Added[] {
  for (const { timestamp, stream, text } of events) {
    sorter.add({ timestamp, stream: Buffer.from(stream), text: Buffer.from(text) });
  }
  return Array.from(sorter.sort(), ({ timestamp, stream, text }) => ({
    timestamp,
    stream: stream.toString(),
    text: text.toString(),
  }));
}

function compare(one: Added, other: Added): number {
  return one.timestamp - other.timestamp || Buffer.compare(Buffer.from(one.stream), Buffer.from(other.stream));
}

function listTemporaryFolders(): string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith(`log-archiver-${process.pid}-`));
}

describe('EventSorter', () => {
  test.each([
    ['in memory', 1_000_000],
    ['with some runs on disk', 20_000],
    ['with a run for each few events', 200],
  ])('sorts by time, stream and order of addition %s', (_, memoryBytes) => {
    const events = createEvents(2_000);
    const sorter = new EventSorter(memoryBytes);
    expect(sort(sorter, events)).toEqual(events.toSorted(compare));
    sorter.close();
  });

  test('is empty again after sorting', () => {
    const sorter = new EventSorter(200);
    expect(sort(sorter, createEvents(100))).toHaveLength(100);
    expect(sort(sorter, [])).toEqual([]);
    expect(sort(sorter, createEvents(3))).toHaveLength(3);
    sorter.close();
  });

  test('writes no file if everything fits into memory', () => {
    const sorter = new EventSorter(1_000_000);
    sorter.add({ timestamp: 1, stream: Buffer.from('a'), text: Buffer.from('b') });
    expect(listTemporaryFolders()).toEqual([]);
    sorter.close();
  });

  test('removes its file when it is closed', () => {
    const sorter = new EventSorter(200);
    for (const { timestamp, stream, text } of createEvents(100)) {
      sorter.add({ timestamp, stream: Buffer.from(stream), text: Buffer.from(text) });
    }
    const [folder] = listTemporaryFolders();
    expect(existsSync(`${tmpdir()}/${folder}`)).toBe(true);
    sorter.close();
    expect(listTemporaryFolders()).toEqual([]);
  });

  test('reads an event that is larger than the buffer of its run', () => {
    const sorter = new EventSorter(100_000);
    const large = { timestamp: 2, stream: 'a', text: 'x'.repeat(90_000) };
    const small = Array.from({ length: 5_000 }, (_, timestamp) => ({ timestamp, stream: 'b', text: 'small' }));
    expect(sort(sorter, [...small, large])).toEqual([...small, large].sort(compare));
    sorter.close();
  });
});
