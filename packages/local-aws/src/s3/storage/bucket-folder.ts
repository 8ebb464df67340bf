import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { S3Error } from '../protocol/s3-error';

/**
 * A bucket as a folder, with one file per object.
 *
 * A file system supports fewer keys than S3. A key cannot also be the folder of another key (`a` and `a/b`). If the file
 * system ignores case, two keys cannot differ only by case.
 */
export class BucketFolder {
  constructor(private readonly path: string) {
    mkdirSync(path, { recursive: true });
  }

  /** Reads the objects that are already in the folder. */
  public *readObjects(): Generator<{ key: string; body: Buffer; lastModified: number }> {
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
    try {
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, body);
    } catch (error) {
      throw isTaken(error) ? unsupportedKey(key) : error;
    }
    utimesSync(path, lastModified / 1_000, lastModified / 1_000);
  }

  public delete(key: string) {
    rmSync(join(this.path, toPath(key)));
  }
}

/** Whether a file is in place of a folder, or a folder in place of a file. */
function isTaken(error: unknown): boolean {
  return ['EEXIST', 'EISDIR', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
}

function unsupportedKey(key: string): S3Error {
  return new S3Error(
    'NotImplemented',
    `unsupported key "${key}": a file cannot also be the folder of another key`,
    501,
  );
}

const MAX_FILE_NAME_BYTES = 255;
/** Replacements for names that no file or folder can have. `%` starts each replacement. */
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
