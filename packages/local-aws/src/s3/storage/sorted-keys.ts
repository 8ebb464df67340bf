/**
 * Keys in the order of S3, which compares their UTF-8 bytes.
 *
 * JavaScript compares strings differently, so callers pass keys as `toBytes` converts them.
 */
export class SortedKeys {
  private readonly keys: string[] = [];

  /** Adds a key that is not in the list yet. */
  public add(bytes: string) {
    this.keys.splice(this.indexFrom(bytes), 0, bytes);
  }

  /** Removes a key that is in the list. */
  public remove(bytes: string) {
    this.keys.splice(this.indexFrom(bytes), 1);
  }

  /** Returns the key at an index. */
  public at(index: number): string | undefined {
    return this.keys[index];
  }

  /** Returns the index of the first key that is not before these bytes. */
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

/** Converts text to a string with one character per UTF-8 byte, which JavaScript compares in the order of S3. */
export function toBytes(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1');
}

/** Converts the result of `toBytes` back to text. */
export function toText(bytes: string): string {
  return Buffer.from(bytes, 'latin1').toString('utf8');
}
