import { readFileSync } from 'node:fs';
import type { LogEvent } from '@log-archiver/local-aws';
import { MAX_MESSAGE_BYTES } from './batches';
import { parseTimestamp } from './timestamp';

const MAX_QUOTED_CHARACTERS = 60;

/** Reads the events of a log file, oldest first. A line without a timestamp belongs to the event before it. */
export function readEvents(path: string, timeZone: string): LogEvent[] {
  const events: (LogEvent & { lines: string[]; number: number })[] = [];
  for (const [index, line] of readLines(path).entries()) {
    const at = `${path}:${index + 1}`;
    const timestamp = withLocation(at, () => parseTimestamp(line, timeZone));
    if (timestamp !== undefined) {
      events.push({ timestamp, message: '', lines: [line], number: index + 1 });
    } else if (events.length > 0) {
      events.at(-1)?.lines.push(line);
    } else {
      throw new Error(
        `${at}: the first line must start with a timestamp such as 2026-10-31T12:00:00Z or 2026-10-31 12:00:00, got ${JSON.stringify(line.slice(0, MAX_QUOTED_CHARACTERS))}`,
      );
    }
  }
  return events
    .map(({ timestamp, lines, number }) => ({
      timestamp,
      message: validateSize(`${path}:${number}`, lines.join('\n')),
    }))
    .sort((one, other) => one.timestamp - other.timestamp);
}

function readLines(path: string): string[] {
  const lines = readText(path)
    .replace(/^\uFEFF/, '')
    .split('\n')
    .map((line) => line.replace(/\r$/, ''));
  return lines.length > 1 && lines.at(-1) === '' ? lines.slice(0, -1) : lines;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`);
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
