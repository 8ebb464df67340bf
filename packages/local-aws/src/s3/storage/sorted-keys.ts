/**
 * Keys in S3's order, that of their bytes in UTF-8; JavaScript's is another. They come and go as `toBytes`, a text of
 * one character a byte, which JavaScript does compare as S3 does.
 */
export class SortedKeys {
  private readonly keys: string[] = [];

  /** A key that is not there yet. */
  public add(bytes: string) {
    this.keys.splice(this.indexFrom(bytes), 0, bytes);
  }

  /** The key at an index, if there is one. */
  public at(index: number): string | undefined {
    return this.keys[index];
  }

  /** The index of the first key that is not before these bytes. */
  public indexFrom(bytes: string): number {
    let low = 0;
    let high = this.keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.keys[middle] as string) < bytes) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}

/** A text as one character for each byte of its UTF-8. */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

export function toText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
