import { closeSync, openSync, readSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { UserError } from '../errors';
import { createTemporaryFolder, removeTemporaryFolder } from '../temporary-folders';
import type { ParsedEvent } from './event-parser';

/** An event of the archive. */
export interface StoredEvent extends ParsedEvent {
  /** Name of the folder of the log stream. UTF-8. */
  readonly stream: Buffer;
}

/** Events that are sorted in memory. The rest is in a temporary file. */
const MEMORY_BYTES = 64 * 1_024 * 1_024;
/** Memory at first: most log groups have few events. */
const FIRST_MEMORY_BYTES = 64 * 1_024;
/** Memory for reading the temporary file, shared by its runs. */
const READ_BYTES = 32 * 1_024 * 1_024;
const MIN_READ_BYTES = 4 * 1_024;
const WRITE_BYTES = 1_024 * 1_024;
/** Timestamp, length of the stream's name, length of the text. */
const HEADER_BYTES = 8 + 4 + 4;

/**
 * Sorts events by timestamp, log stream and order of addition, in bounded memory: an external merge sort.
 *
 * Events are added to a buffer. A full buffer is sorted and appended to a temporary file as a *run*. At the end, the runs
 * are merged.
 */
export class EventSorter {
  private memory: Buffer;
  private writeBuffer?: Buffer;
  private used = 0;
  private offsets: number[] = [];
  private timestamps: number[] = [];
  private file?: { folder: string; descriptor: number };
  private runs: { start: number; end: number }[] = [];

  constructor(private readonly memoryBytes = MEMORY_BYTES) {
    this.memory = Buffer.allocUnsafeSlow(Math.min(memoryBytes, FIRST_MEMORY_BYTES));
  }

  public add({ timestamp, stream, text }: StoredEvent): void {
    const size = HEADER_BYTES + stream.length + text.length;
    if (size > this.memoryBytes) {
      throw new Error(`an event must fit into ${this.memoryBytes} bytes, got ${size}`);
    }
    if (this.used + size > this.memoryBytes) {
      this.spill();
    }
    this.reserve(this.used + size);
    this.offsets.push(this.used);
    this.timestamps.push(timestamp);
    this.memory.writeDoubleLE(timestamp, this.used);
    this.memory.writeUInt32LE(stream.length, this.used + 8);
    this.memory.writeUInt32LE(text.length, this.used + 12);
    stream.copy(this.memory, this.used + HEADER_BYTES);
    text.copy(this.memory, this.used + HEADER_BYTES + stream.length);
    this.used += size;
  }

  /** Returns the events in order, and starts again without events. An event is valid until the next one is requested. */
  public *sort(): Generator<StoredEvent> {
    if (this.runs.length === 0) {
      for (const index of this.sortMemory()) {
        yield readEvent(this.memory, this.offsets[index] as number);
      }
    } else {
      this.spill();
      yield* this.merge();
    }
    this.clear();
  }

  /** Removes the temporary file. */
  public close(): void {
    if (this.file) {
      closeSync(this.file.descriptor);
      removeTemporaryFolder(this.file.folder);
      this.file = undefined;
    }
  }

  /** Doubles the memory until it has a size. */
  private reserve(size: number) {
    let bytes = this.memory.length;
    while (bytes < size) {
      bytes = Math.min(2 * bytes, this.memoryBytes);
    }
    if (bytes > this.memory.length) {
      const memory = Buffer.allocUnsafeSlow(bytes);
      this.memory.copy(memory, 0, 0, this.used);
      this.memory = memory;
    }
  }

  private clear() {
    this.used = 0;
    this.offsets = [];
    this.timestamps = [];
    this.runs = [];
    this.close();
  }

  /** Returns the positions of the events in memory, in order. */
  private sortMemory(): Uint32Array {
    const { timestamps, offsets, memory } = this;
    const order = Uint32Array.from(offsets.keys());
    return order.sort(
      (one, other) =>
        (timestamps[one] as number) - (timestamps[other] as number) ||
        compareStreams(memory, offsets[one] as number, memory, offsets[other] as number) ||
        one - other,
    );
  }

  private spill() {
    if (this.used === 0) {
      return;
    }
    this.writeBuffer ??= Buffer.allocUnsafeSlow(WRITE_BYTES);
    const { writeBuffer } = this;
    const start = this.runs.at(-1)?.end ?? 0;
    let end = start;
    let used = 0;
    for (const index of this.sortMemory()) {
      const offset = this.offsets[index] as number;
      const next = this.offsets[index + 1] ?? this.used;
      if (used + next - offset > writeBuffer.length) {
        end += this.write(writeBuffer.subarray(0, used), end);
        used = 0;
      }
      if (next - offset > writeBuffer.length) {
        end += this.write(this.memory.subarray(offset, next), end);
      } else {
        used += this.memory.copy(writeBuffer, used, offset, next);
      }
    }
    end += this.write(writeBuffer.subarray(0, used), end);
    this.runs.push({ start, end });
    this.used = 0;
    this.offsets = [];
    this.timestamps = [];
  }

  /** Writes to the temporary file. Returns the number of bytes. */
  private write(bytes: Buffer, position: number): number {
    try {
      if (!this.file) {
        const folder = createTemporaryFolder();
        this.file = { folder, descriptor: openSync(join(folder, 'events'), 'w+', 0o600) };
      }
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(this.file.descriptor, bytes, written, bytes.length - written, position + written);
      }
      return bytes.length;
    } catch (error) {
      throw new UserError(
        `cannot write a temporary file: ${(error as Error).message}; set TMPDIR to a folder with more space`,
      );
    }
  }

  private *merge(): Generator<StoredEvent> {
    const descriptor = this.file?.descriptor as number;
    const bytes = Math.max(MIN_READ_BYTES, Math.floor(READ_BYTES / this.runs.length));
    const readers = this.runs.map(({ start, end }, index) => new RunReader(descriptor, start, end, index, bytes));
    const heap = new RunHeap(readers);
    for (let reader = heap.first; reader; reader = heap.first) {
      yield readEvent(reader.buffer, reader.offset);
      reader.advance();
      heap.update();
    }
  }
}

/** Reads a run of the temporary file. */
class RunReader {
  public buffer: Buffer;
  /** Position of the current event in the buffer. */
  public offset = 0;
  private filled = 0;

  constructor(
    private readonly descriptor: number,
    private position: number,
    private readonly end: number,
    public readonly index: number,
    bytes: number,
  ) {
    this.buffer = Buffer.allocUnsafeSlow(bytes);
    this.load();
  }

  public get isAtEnd(): boolean {
    return this.offset >= this.filled;
  }

  public get timestamp(): number {
    return this.buffer.readDoubleLE(this.offset);
  }

  public advance(): void {
    this.offset += eventSize(this.buffer, this.offset);
    this.load();
  }

  /** Makes sure that the buffer contains the whole current event, if there is one. */
  private load() {
    const left = this.filled - this.offset;
    const needed = left < HEADER_BYTES ? HEADER_BYTES : eventSize(this.buffer, this.offset);
    if (left >= needed || (this.position >= this.end && left === 0)) {
      return;
    }
    const target = needed > this.buffer.length ? Buffer.allocUnsafeSlow(needed) : this.buffer;
    this.buffer.copy(target, 0, this.offset, this.filled);
    this.buffer = target;
    this.offset = 0;
    const size = Math.min(target.length - left, this.end - this.position);
    const read = readSync(this.descriptor, target, left, size, this.position);
    this.position += read;
    this.filled = left + read;
    if (read === 0) {
      throw new Error('the temporary file ended early');
    }
    this.load();
  }
}

/** Binary heap of runs. The run with the earliest event is first. */
class RunHeap {
  private readonly readers: RunReader[];

  constructor(readers: readonly RunReader[]) {
    // An array in order is a heap.
    this.readers = readers.filter(({ isAtEnd }) => !isAtEnd).sort(compareRuns);
  }

  public get first(): RunReader | undefined {
    return this.readers[0];
  }

  /** Restores the order after the first run has advanced. */
  public update(): void {
    const { readers } = this;
    if (readers[0]?.isAtEnd) {
      const last = readers.pop() as RunReader;
      if (readers.length === 0) {
        return;
      }
      readers[0] = last;
    }
    for (let parent = 0; ; ) {
      const [left, right] = [2 * parent + 1, 2 * parent + 2];
      let first = parent;
      for (const child of [left, right]) {
        if (child < readers.length && compareRuns(readers[child] as RunReader, readers[first] as RunReader) < 0) {
          first = child;
        }
      }
      if (first === parent) {
        return;
      }
      [readers[parent], readers[first]] = [readers[first] as RunReader, readers[parent] as RunReader];
      parent = first;
    }
  }
}

function compareRuns(one: RunReader, other: RunReader): number {
  return (
    one.timestamp - other.timestamp ||
    compareStreams(one.buffer, one.offset, other.buffer, other.offset) ||
    one.index - other.index
  );
}

function readEvent(buffer: Buffer, offset: number): StoredEvent {
  const start = offset + HEADER_BYTES;
  const middle = start + buffer.readUInt32LE(offset + 8);
  const end = middle + buffer.readUInt32LE(offset + 12);
  return {
    timestamp: buffer.readDoubleLE(offset),
    stream: buffer.subarray(start, middle),
    text: buffer.subarray(middle, end),
  };
}

function eventSize(buffer: Buffer, offset: number): number {
  return HEADER_BYTES + buffer.readUInt32LE(offset + 8) + buffer.readUInt32LE(offset + 12);
}

/** Compares the names of the log streams of two events. */
function compareStreams(one: Buffer, oneOffset: number, other: Buffer, otherOffset: number): number {
  const [oneStart, otherStart] = [oneOffset + HEADER_BYTES, otherOffset + HEADER_BYTES];
  const oneEnd = oneStart + one.readUInt32LE(oneOffset + 8);
  const otherEnd = otherStart + other.readUInt32LE(otherOffset + 8);
  return one.compare(other, otherStart, otherEnd, oneStart, oneEnd);
}
