import { createHash } from 'node:crypto';
import type { BucketFolder } from './bucket-folder';
import { SortedKeys, toBytes, toText } from './sorted-keys';

export interface StoredObject {
  readonly key: string;
  readonly body: Buffer;
  /** Milliseconds since the epoch, rounded down to seconds as in S3. */
  readonly lastModified: number;
  /** MD5 of the body, in quotes. */
  readonly eTag: string;
  /** Headers that are stored with the object, such as `content-type`. */
  readonly headers: Readonly<Record<string, string>>;
  /** Copy that makes an object of an archive storage class readable. @default - none was requested */
  readonly restoration?: Restoration;
}

/** Temporary copy of an object of an archive storage class. Times are in milliseconds since the epoch. */
export interface Restoration {
  readonly readyAt: number;
  readonly expiresAt: number;
}

/** Parameters of a listing. */
export interface ListingQuery {
  /** @default '' */
  readonly prefix?: string;
  /** Groups keys that contain it after the prefix into a common prefix. @default - keys are not grouped */
  readonly delimiter?: string;
  /** First bytes (see `toBytes`) to include. @default - the start of the bucket */
  readonly from?: string;
  /** Maximum number of keys and common prefixes. @default - unlimited */
  readonly limit?: number;
}

export interface ListingPage {
  readonly objects: StoredObject[];
  readonly commonPrefixes: string[];
  /** The `from` of the next page. @default - this is the last page */
  readonly next?: string;
}

/** Byte that UTF-8 never contains, so that a prefix followed by it sorts after every key with the prefix. */
const LAST_BYTE = '\xff';

/** Objects of a bucket, sorted by key. A listing visits only the keys that it returns. */
export class Bucket {
  /** Objects by the bytes of their keys. */
  private readonly objects = new Map<string, StoredObject>();
  private readonly keys = new SortedKeys();

  /** @param folder folder that also stores the objects. @default - objects are only in memory */
  constructor(private readonly folder?: BucketFolder) {
    for (const { key, body, lastModified } of folder?.readObjects() ?? []) {
      this.store(key, body, lastModified, {});
    }
  }

  public get(key: string): StoredObject | undefined {
    return this.objects.get(toBytes(key));
  }

  public put(key: string, body: Buffer, now: number, headers: Record<string, string> = {}): StoredObject {
    this.folder?.write(key, body, now);
    return this.store(key, body, now, headers);
  }

  /** Requests a temporary copy of an object. */
  public restore(object: StoredObject, restoration: Restoration) {
    this.objects.set(toBytes(object.key), { ...object, restoration });
  }

  /** Deletes an object. Nothing happens if there is none, as in S3. */
  public delete(key: string) {
    const bytes = toBytes(key);
    if (this.objects.delete(bytes)) {
      this.keys.remove(bytes);
      this.folder?.delete(key);
    }
  }

  public list({ prefix = '', delimiter = '', from = '', limit = Number.POSITIVE_INFINITY }: ListingQuery): ListingPage {
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

  private store(key: string, body: Buffer, now: number, headers: Record<string, string>): StoredObject {
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

/** Returns the `from` that excludes a key, and no key after it. */
export function skipKey(bytes: string): string {
  return `${bytes}\0`;
}
