import type { Writable } from 'node:stream';
import type { Context } from './context';
import { OutputClosed } from './errors';

/** Size of what is collected before it is written. */
const CHUNK_BYTES = 256 * 1_024;

/** Standard output. Waits while its reader is slow, and ends the command when its reader has closed it. */
export class Output {
  private chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
  private used = 0;

  constructor(private readonly stream: Writable) {
    // The callback of a write has the error, too. Without a listener, the process would end.
    stream.on('error', () => undefined);
  }

  /** Whether it is time to flush. */
  public get isFull(): boolean {
    return this.used >= CHUNK_BYTES / 2;
  }

  /** Adds a copy of the content. */
  public add(content: Buffer | string): void {
    const bytes = typeof content === 'string' ? Buffer.byteLength(content) : content.length;
    if (this.used + bytes > this.chunk.length) {
      const larger = Buffer.allocUnsafeSlow(2 * (this.used + bytes));
      this.chunk.copy(larger, 0, 0, this.used);
      this.chunk = larger;
    }
    this.used +=
      typeof content === 'string' ? this.chunk.write(content, this.used) : content.copy(this.chunk, this.used);
  }

  public async flush(): Promise<void> {
    const chunk = this.chunk.subarray(0, this.used);
    this.used = 0;
    const error = await new Promise<NodeJS.ErrnoException | null | undefined>((resolve) => {
      this.stream.write(chunk, resolve);
    });
    if (error) {
      throw error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED' ? new OutputClosed() : error;
    }
  }
}

/** Prints text to the standard output, with a newline at the end. */
export async function print(context: Pick<Context, 'stdout'>, text: string): Promise<void> {
  const output = new Output(context.stdout);
  output.add(`${hideControls(text)}\n`);
  await output.flush();
}

/** Prints a value as JSON. */
export function printJson(context: Pick<Context, 'stdout'>, value: unknown): Promise<void> {
  return print(context, JSON.stringify(value, undefined, 2));
}

/** Prints a note to the standard error. */
export function note({ stderr }: Pick<Context, 'stderr'>, text: string): void {
  stderr.write(`${hideControls(text)}\n`);
}

/** Hides control characters. Another account may have written them, and a terminal would interpret them. */
export function hideControls(text: string): string {
  return text.replaceAll(/[^\P{Cc}\n]/gu, '\u{FFFD}');
}
