import { UserError } from '../errors';

/** An event as an object contains it. */
export interface ParsedEvent {
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Timestamp, space and message, without the newline at the end. UTF-8. */
  readonly text: Buffer;
}

/** AWS's limit for an event is 1 MB. Anything much longer is not an export. */
const MAX_EVENT_BYTES = 16 * 1_024 * 1_024;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const ZERO = 0x30;
/** `2026-10-31T23:59:59.999Z`, which a space and the message follow. */
const TIMESTAMP_LENGTH = 24;
/** Positions and characters of a timestamp between its digits. */
const SEPARATORS = [...'0000-00-00T00:00:00.000Z']
  .map((character, position) => ({ position, code: character.charCodeAt(0) }))
  .filter(({ code }) => code !== ZERO);

/** Returns the message of an event. */
export function getMessage({ text }: Pick<ParsedEvent, 'text'>): Buffer {
  return text.subarray(TIMESTAMP_LENGTH + 1);
}

/**
 * Parses the objects of one log stream: `<timestamp> <message>` for each event.
 *
 * A line without a timestamp continues the message of the event before. Works on bytes, because a message may be no valid
 * UTF-8, and because decoding takes most of the time.
 */
export class EventParser {
  /** Lines of the last event, which the next line may continue. */
  private pending: Buffer[] = [];
  private pendingBytes = 0;
  /** Start of a line whose end is in the next chunk. */
  private rest: Buffer = Buffer.alloc(0);
  private timestamp = Number.NaN;
  private readonly timestamps = new TimestampParser();

  constructor(private readonly folder: string) {}

  /** Parses a chunk. The last event remains until the next line shows that it is complete. */
  public *parse(chunk: Buffer): Generator<ParsedEvent> {
    const data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let start = 0;
    for (let end = data.indexOf(NEWLINE); end !== -1; end = data.indexOf(NEWLINE, start)) {
      const line = data.subarray(start, end);
      start = end + 1;
      const timestamp = this.timestamps.parse(line);
      if (Number.isNaN(timestamp)) {
        this.continueEvent(line);
        continue;
      }
      yield* this.end();
      this.timestamp = timestamp;
      this.keep(line);
    }
    this.rest = data.subarray(start);
    this.checkSize(this.rest.length);
  }

  /** Ends an object, whose last line may lack a newline. */
  public *endObject(): Generator<ParsedEvent> {
    if (this.rest.length > 0) {
      yield* this.parse(Buffer.from('\n'));
    }
  }

  /** Returns the last event. */
  public *end(): Generator<ParsedEvent> {
    const { timestamp, pending } = this;
    if (pending.length > 0) {
      this.pending = [];
      this.pendingBytes = 0;
      yield { timestamp, text: pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending) };
    }
  }

  private continueEvent(line: Buffer) {
    if (this.pending.length === 0) {
      const text = line.subarray(0, 40).toString();
      throw new UserError(
        `objects of ${this.folder} must start with a timestamp and a message, got ${JSON.stringify(text)}`,
      );
    }
    this.keep(Buffer.from('\n'));
    this.keep(line);
  }

  private keep(bytes: Buffer) {
    this.pending.push(bytes);
    this.pendingBytes += bytes.length;
    this.checkSize(this.pendingBytes);
  }

  private checkSize(bytes: number) {
    if (bytes > MAX_EVENT_BYTES) {
      throw new UserError(`an event of ${this.folder} must be at most ${MAX_EVENT_BYTES} bytes long, got more`);
    }
  }
}

/** Parses timestamps without creating a string for each: exports have hundreds of millions. */
class TimestampParser {
  /** Last day as a number, 20261031, and its start. */
  private day = Number.NaN;
  private dayStart = Number.NaN;

  /** Parses the timestamp at the start of a line; `NaN`: there is none. */
  public parse(line: Buffer): number {
    if (line.length < TIMESTAMP_LENGTH || (line.length > TIMESTAMP_LENGTH && line[TIMESTAMP_LENGTH] !== SPACE)) {
      return Number.NaN;
    }
    for (const { position, code } of SEPARATORS) {
      if (line[position] !== code) {
        return Number.NaN;
      }
    }
    const [year, month, day] = [parseDigits(line, 0, 4), parseDigits(line, 5, 7), parseDigits(line, 8, 10)];
    const [hours, minutes] = [parseDigits(line, 11, 13), parseDigits(line, 14, 16)];
    const [seconds, milliseconds] = [parseDigits(line, 17, 19), parseDigits(line, 20, 23)];
    if (!(hours < 24 && minutes < 60 && seconds < 60)) {
      return Number.NaN;
    }
    return this.startOfDay(year, month, day) + ((hours * 60 + minutes) * 60 + seconds) * 1_000 + milliseconds;
  }

  private startOfDay(year: number, month: number, day: number): number {
    const name = (year * 100 + month) * 100 + day;
    if (name !== this.day) {
      const date = String(name).padStart(8, '0');
      this.dayStart = Date.parse(`${date.slice(0, 4)}-${date.slice(4, 6)}-${date.slice(6)}`);
      this.day = name;
    }
    return this.dayStart;
  }
}

/** Parses a decimal number; `NaN`: there is a character that is no digit. */
function parseDigits(line: Buffer, start: number, end: number): number {
  let value = 0;
  for (let index = start; index < end; index++) {
    const digit = (line[index] as number) - ZERO;
    value = digit >= 0 && digit <= 9 ? value * 10 + digit : Number.NaN;
  }
  return value;
}
