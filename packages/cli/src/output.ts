import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Context } from './context';
import { OutputClosed } from './errors';

/** Size of what is collected before it is written. */
const CHUNK_BYTES = 256 * 1_024;

/** Standard output. Waits while its reader is slow, and ends the command when its reader has closed it. */
export class Output {
  private readonly collected: Buffer[] = [];
  private bytes = 0;
  private error?: Error;

  constructor(private readonly stream: Writable) {
    stream.on('error', (error) => {
      this.error = error;
    });
  }

  /** Adds content, which the caller may not change. Returns whether it is time to flush. */
  public add(...content: Buffer[]): boolean {
    this.collected.push(...content);
    this.bytes = content.reduce((sum, { length }) => sum + length, this.bytes);
    return this.bytes >= CHUNK_BYTES;
  }

  public async flush(): Promise<void> {
    const chunk = Buffer.concat(this.collected.splice(0));
    this.bytes = 0;
    this.throwIfClosed();
    if (chunk.length > 0 && !this.stream.write(chunk)) {
      await once(this.stream, 'drain').catch(() => undefined);
    }
    this.throwIfClosed();
  }

  private throwIfClosed() {
    if (this.error) {
      throw (this.error as NodeJS.ErrnoException).code === 'EPIPE' ? new OutputClosed() : this.error;
    }
  }
}

/** Prints text to the standard output, with a newline at the end. */
export async function print(context: Pick<Context, 'stdout'>, text: string): Promise<void> {
  const output = new Output(context.stdout);
  output.add(Buffer.from(`${text}\n`));
  await output.flush();
}

/** Prints a value as JSON. */
export function printJson(context: Pick<Context, 'stdout'>, value: unknown): Promise<void> {
  return print(context, JSON.stringify(value, undefined, 2));
}

/** Prints a note to the standard error. */
export function note({ stderr }: Pick<Context, 'stderr'>, text: string): void {
  stderr.write(`${text}\n`);
}
