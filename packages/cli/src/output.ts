import { once } from 'node:events';
import type { Writable } from 'node:stream';
import type { Context } from './context';
import { OutputClosed } from './errors';

/** Size of the text that is collected before it is written. */
const CHUNK_CHARACTERS = 64 * 1_024;

/** Standard output. Waits when its reader is slow, and ends the command when its reader has closed it. */
export class Output {
  private collected = '';
  private error?: Error;

  constructor(private readonly stream: Writable) {
    stream.on('error', (error) => {
      this.error = error;
    });
  }

  public async write(text: string): Promise<void> {
    this.collected += text;
    if (this.collected.length >= CHUNK_CHARACTERS) {
      await this.flush();
    }
  }

  public async flush(): Promise<void> {
    const text = this.collected;
    this.collected = '';
    this.throwIfClosed();
    if (text !== '' && !this.stream.write(text)) {
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
  await output.write(`${text}\n`);
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
