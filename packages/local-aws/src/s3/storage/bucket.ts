import { createHash } from 'node:crypto';
import type { BucketFolder } from './bucket-folder';
import { SortedKeys, toBytes, toText } from './sorted-keys';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** Milliseconds since the epoch, of which S3 keeps whole seconds. */
  readonly lastModified: number;
  /** With its quotes. */
  readonly eTag: string;
  /** That were put with it and come back with it, such as `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Listing {
  /** @default '' */
  readonly prefix?: string;
  /** Keys that have it after the prefix are one common prefix. @default - each key for itself */
  readonly delimiter?: string;
  /** The bytes, see `toBytes`, before which all is left out. @default - none */
  readonly from?: string;
  /** How many keys and common prefixes. @default - all */
  readonly limit?: number;
}

export interface ListingPage {
  readonly objects: StoredObject[];
  readonly commonPrefixes: string[];
  /** The `from` of the next page, if there is more. */
  readonly next?: string;
}

/** No UTF-8 has this byte: what starts with a prefix is before the prefix and this. */
const LAST_BYTE = '\xff';

/** The objects of a bucket, by key and in order; a listing looks at what it returns and no more. */
export class Bucket {
  /** By the bytes of their keys. */
  private readonly objects = new Map<string, StoredObject>();
  private readonly keys = new SortedKeys();

  /** @param folder where the objects are to be seen as well. @default - in memory alone */
  constructor(private readonly folder?: BucketFolder) {
    for (const { key, body, lastModified } of folder?.objects() ?? []) {
      this.keep(key, body, lastModified, {});
    }
  }

  public get(key: string): StoredObject | undefined {
    return this.objects.get(toBytes(key));
  }

  public put(key: string, body: Buffer, now: number, headers: Record<string, string> = {}): StoredObject {
    this.folder?.write(key, body, now);
    return this.keep(key, body, now, headers);
  }

  public list({ prefix = '', delimiter = '', from = '', limit = Number.POSITIVE_INFINITY }: Listing): ListingPage {
    const objects: StoredObject[] = [];
    const commonPrefixes: string[] = [];
    const start = toBytes(prefix);
    const separator = toBytes(delimiter);
    let next = from < start ? start : from;
    let index = this.keys.indexFrom(next);
    for (let key = this.keys.at(index); key?.startsWith(start); key = this.keys.at(index)) {
      if (objects.length + commonPrefixes.length >= limit) {
        return { objects, commonPrefixes, next };
      }
      const end = separator === '' ? -1 : key.indexOf(separator, start.length);
      if (end === -1) {
        objects.push(this.objects.get(key) as StoredObject);
        next = skipKey(key);
        index += 1;
      } else {
        const commonPrefix = key.slice(0, end + separator.length);
        commonPrefixes.push(toText(commonPrefix));
        next = commonPrefix + LAST_BYTE;
        index = this.keys.indexFrom(next);
      }
    }
    return { objects, commonPrefixes };
  }

  private keep(key: string, body: Buffer, now: number, headers: Record<string, string>): StoredObject {
    const bytes = toBytes(key);
    const eTag = `"${createHash('md5').update(body).digest('hex')}"`;
    const object = { key, body, lastModified: Math.floor(now / 1_000) * 1_000, eTag, headers };
    if (!this.objects.has(bytes)) {
      this.keys.add(bytes);
    }
    this.objects.set(bytes, object);
    return object;
  }
}

/** The `from` that leaves out a key, and nothing after it. */
export function skipKey(bytes: string): string {
  return `${bytes}\0`;
}
