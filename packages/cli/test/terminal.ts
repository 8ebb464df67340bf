import { Writable } from 'node:stream';

/** A terminal of 80 columns, and everything that is written to it. */
export class Terminal extends Writable {
  public readonly isTTY = true;
  public readonly columns = 80;
  public written = '';

  public override _write(chunk: Buffer, _: string, done: () => void): void {
    this.written += chunk;
    done();
  }
}
