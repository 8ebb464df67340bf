import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/**
 * A bucket as a folder: a file an object. A file system can hold less than S3: not a key that is also the folder of
 * another one (`a` and `a/b`), and, where it takes capitals for small letters, not two keys that differ by these alone.
 */
export class BucketFolder {
  constructor(private readonly path: string) {
    mkdirSync(path, { recursive: true });
  }

  /** What the files say of themselves, from an earlier use of the folder. */
  public *objects(): Generator<{ key: string; body: Buffer; lastModified: number }> {
    for (const entry of readdirSync(this.path, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) {
        const path = join(entry.parentPath, entry.name);
        const key = toKey(relative(this.path, path).split(sep).join('/'));
        yield { key, body: readFileSync(path), lastModified: statSync(path).mtimeMs };
      }
    }
  }

  public write(key: string, body: Uint8Array, lastModified: number) {
    const path = join(this.path, toPath(key));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
    utimesSync(path, lastModified / 1_000, lastModified / 1_000);
  }
}

const MAX_FILE_NAME_BYTES = 255;
/** What a file cannot be called, nor a folder. `%` marks what is not as in the key. */
const ESCAPES = new Map([
  ['', '%empty'],
  ['.', '%2E'],
  ['..', '%2E%2E'],
]);

function toPath(key: string): string {
  return key
    .split('/')
    .map((part) => ESCAPES.get(part) ?? part.replaceAll('%', '%25').replaceAll('\0', '%00'))
    .map((part) => (Buffer.byteLength(part) > MAX_FILE_NAME_BYTES ? (part.match(/.{1,60}/gsu) ?? []).join('%/') : part))
    .join('/');
}

function toKey(path: string): string {
  return path
    .replaceAll('%/', '')
    .replaceAll('%empty', '')
    .replaceAll('%2E', '.')
    .replaceAll('%00', '\0')
    .replaceAll('%25', '%');
}
