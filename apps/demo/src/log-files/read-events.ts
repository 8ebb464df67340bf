import { isUtf8 } from 'node:buffer';
import type { LogEvent } from '@log-archiver/local-aws';
import { MAX_MESSAGE_BYTES } from './batches';
import { parseJsonObject, parseJsonTimestamp } from './json-timestamp';
import { parseTimestamp, quote } from './timestamp';

const LINE_FEED = 0x0a;
const EXAMPLES = '2026-10-31T12:00:00Z or 2026-10-31 12:00:00';

/** Options for reading the times of a log file. */
export interface TimeOptions {
  /** Time zone of times without one. */
  readonly timeZone: string;
  /** Fields of JSON lines that can have the time, the first one first. */
  readonly timestampFields: readonly string[];
}

interface Line {
  readonly text: string;
  readonly timestamp: number | undefined;
  readonly isJson: boolean;
}

/**
 * Reads the events of a log file, oldest first. A line without a timestamp belongs to the event before it.
 *
 * A line that looks like an event is never added to the event before it. It is rejected if its time is unknown.
 */
export function readEvents(path: string, bytes: Buffer, options: TimeOptions): LogEvent[] {
  const events: (LogEvent & { lines: string[]; number: number })[] = [];
  let before: Line | undefined;
  let first: string | undefined;
  let number = 0;
  for (const lineBytes of splitLines(bytes)) {
    number += 1;
    const line = withLocation(`${path}:${number}`, () => parseLine(lineBytes, options, before));
    first ??= line.text;
    if (line.timestamp === undefined) {
      events.at(-1)?.lines.push(line.text);
      continue;
    }
    if (events.length === 0 && number > 1) {
      throw new Error(`${path}:1: the first line must start with a timestamp such as ${EXAMPLES}, got ${quote(first)}`);
    }
    events.push({ timestamp: line.timestamp, message: '', lines: [line.text], number });
    before = line;
  }
  if (events.length === 0) {
    throw new Error(`${path}: no line starts with a timestamp such as ${EXAMPLES}, got ${quote(first ?? '')}`);
  }
  return events
    .map((event) => ({
      timestamp: event.timestamp,
      message: validateSize(`${path}:${event.number}`, event.lines.join('\n')),
    }))
    .sort((one, other) => one.timestamp - other.timestamp);
}

/** @param before the first line of the last event, if there is one */
function parseLine(bytes: Buffer, { timeZone, timestampFields }: TimeOptions, before: Line | undefined): Line {
  if (!isUtf8(bytes)) {
    throw new Error('line must be UTF-8; convert the file first, for example with iconv');
  }
  const text = bytes.toString().replace(/\r$/, '');
  const object = parseJsonObject(text);
  const timestamp = object ? parseJsonTimestamp(object, timestampFields, timeZone) : parseTimestamp(text, timeZone);
  const mustBeEvent = before ? before.isJson && text.startsWith('{') : object !== undefined;
  if (timestamp === undefined && mustBeEvent) {
    throw new Error(
      `line must be a JSON object with the field ${timestampFields.join(' or ')}, got ${quote(text)}; ` +
        '--timestamp-field names other fields',
    );
  }
  return { text, timestamp, isJson: object !== undefined };
}

/** Splits bytes after each LF, without a byte order mark. The bytes after the last LF are a line if there are any. */
function* splitLines(bytes: Buffer): Generator<Buffer> {
  let start = bytes.subarray(0, 3).equals(Buffer.from('\uFEFF')) ? 3 : 0;
  while (start < bytes.length) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    yield bytes.subarray(start, end);
    start = end + 1;
  }
}

function validateSize(at: string, message: string): string {
  const bytes = Buffer.byteLength(message);
  if (bytes > MAX_MESSAGE_BYTES) {
    throw new Error(`${at}: event must be at most ${MAX_MESSAGE_BYTES} bytes long, got ${bytes}`);
  }
  return message;
}

function withLocation<T>(at: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(`${at}: ${(error as Error).message}`);
  }
}
