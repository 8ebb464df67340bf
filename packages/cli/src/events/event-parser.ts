import { UserError } from '../errors';

/** An event as an object contains it. */
export interface ParsedEvent {
  /** Milliseconds since the epoch. */
  timestamp: number;
  /** UTF-8. Valid until the next call of the parser. */
  message: Buffer;
}

/** AWS's limit for an event is 1 MB. Anything much longer is not an export. */
const MAX_EVENT_BYTES = 16 * 1_024 * 1_024;
const NEWLINE = 0x0a;
const SPACE = 0x20;
const ZERO = 0x30;
/** `2026-10-31T23:59:59.999Z`, which a space and the message follow. */
const TIMESTAMP_LENGTH = 24;
const SHAPE = Buffer.from('0000-00-00T00:00:00.000Z');

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

  constructor(private readonly folder: string) {}

  /** Parses a chunk. The last event remains until the next line shows that it is complete. */
  public *parse(chunk: Buffer): Generator<ParsedEvent> {
    const data = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    let start = 0;
    for (let end = data.indexOf(NEWLINE); end !== -1; end = data.indexOf(NEWLINE, start)) {
      const line = data.subarray(start, end);
      start = end + 1;
      const timestamp = parseTimestamp(line);
      if (Number.isNaN(timestamp)) {
        this.continueEvent(line);
        continue;
      }
      yield* this.end();
      this.timestamp = timestamp;
      this.keep(line.subarray(TIMESTAMP_LENGTH + 1));
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
      yield { timestamp, message: pending.length === 1 ? (pending[0] as Buffer) : Buffer.concat(pending) };
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

/** Parses the timestamp at the start of a line; `NaN`: there is none. */
function parseTimestamp(line: Buffer): number {
  if (line.length < TIMESTAMP_LENGTH || (line.length > TIMESTAMP_LENGTH && line[TIMESTAMP_LENGTH] !== SPACE)) {
    return Number.NaN;
  }
  for (let index = 0; index < TIMESTAMP_LENGTH; index++) {
    const [byte = 0, expected = 0] = [line[index], SHAPE[index]];
    if (expected === ZERO ? byte < ZERO || byte > ZERO + 9 : byte !== expected) {
      return Number.NaN;
    }
  }
  return Date.parse(line.toString('latin1', 0, TIMESTAMP_LENGTH));
}
