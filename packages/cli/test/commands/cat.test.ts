import { type PutEvent, TestArchive } from '../archive';
import { runCli } from '../run-cli';

const OCTOBER = { from: Date.parse('2026-10-01T00:00:00.000Z'), to: Date.parse('2026-10-31T23:59:59.999Z') };

const EVENTS: PutEvent[] = [
  { stream: 'a', timestamp: '2026-10-01T00:00:00.000Z', message: 'first millisecond' },
  { stream: '2026/10/05/[$LATEST]0a1b', timestamp: '2026-10-05T10:00:00.000Z', message: 'stack\n  at one\n  at two\n' },
  { stream: 'with space+plus%25', timestamp: '2026-10-05T10:00:00.000Z', message: 'same time, other stream' },
  { stream: 'a', timestamp: '2026-10-05T10:00:00.000Z', message: '\n' },
  { stream: 'a', timestamp: '2026-10-05T10:00:00.000Z', message: 'same time and stream' },
  { stream: 'ünïcödé-日本', timestamp: '2026-10-06T00:00:00.000Z', message: '日本語 \u{1F600} "quoted" \\ \t tab' },
  { stream: 'a', timestamp: '2026-10-31T23:59:59.999Z', message: 'last millisecond' },
  { stream: 'a', timestamp: '2026-11-01T00:00:00.000Z', message: 'first millisecond after the range' },
  { stream: 'a', timestamp: '2026-11-30T12:00:00.000Z', message: 'November' },
];

/** Returns events as `cat --output jsonl` prints them, in order. */
function expectJsonl(events: readonly PutEvent[]): string {
  return events
    .map(({ stream, ...event }) => ({ ...event, stream: stream.replaceAll('/', '-') }))
    .sort((one, other) => compare(one.timestamp, other.timestamp) || compare(one.stream, other.stream))
    .map(({ timestamp, stream, message }) => `${JSON.stringify({ timestamp, stream, message })}\n`)
    .join('');
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

async function createArchive(options: ConstructorParameters<typeof TestArchive>[0] = {}): Promise<TestArchive> {
  const archive = new TestArchive(options);
  await archive.createLogGroup();
  return archive;
}

function cat({ aws }: TestArchive, ...args: string[]) {
  return runCli(['cat', '/app/web', '--bucket', 'archive', '--output', 'jsonl', ...args], aws);
}

describe.each(['INCLUSIVE', 'EXCLUSIVE'] as const)('with an %s end of an export', (rangeEnd) => {
  test('prints the events that were put, in order, across periods', async () => {
    const archive = await createArchive({ rangeEnd });
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    await archive.archive({ period: '2026-11' });
    expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS), stderr: '' });
  });

  test('prints each event once after a forced export, in parts, beside an orphaned task', async () => {
    const archive = await createArchive({ rangeEnd });
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10' });
    const middle = Date.parse('2026-10-05T10:00:00.000Z');
    await archive.exportRange('/app/web', '2026/10/app/web', OCTOBER);
    await archive.archive({
      period: '2026-10',
      force: true,
      ranges: [
        { ...OCTOBER, to: middle },
        { ...OCTOBER, from: middle + 1 },
      ],
    });
    await archive.archive({ period: '2026-11' });
    expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS), stderr: '' });
  });

  test('prints each event once from receipts of two time zones and two lengths of periods', async () => {
    const archive = await createArchive({ rangeEnd });
    await archive.putEvents(EVENTS);
    await archive.archive({ period: '2026-10', timeZone: 'Asia/Tokyo' });
    await archive.archive({ period: '2026-10-31' });
    await archive.archive({ period: '2026-11' });
    expect(await cat(archive)).toEqual({ exitCode: 0, stdout: expectJsonl(EVENTS), stderr: '' });
  });
});
