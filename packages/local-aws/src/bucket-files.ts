import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** S3 as files: one folder a bucket, one file an object. */
export class BucketFiles {
  constructor(private readonly directory: string) {}

  public createBucket(bucketName: string) {
    mkdirSync(join(this.directory, bucketName), { recursive: true });
  }

  public hasBucket(bucketName: string): boolean {
    return /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(bucketName) && existsSync(join(this.directory, bucketName));
  }

  public putObject(bucketName: string, key: string, body: string | Uint8Array) {
    const path = join(this.directory, bucketName, pathOf(key));
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }

  public getObject(bucketName: string, key: string): Buffer {
    return readFileSync(join(this.directory, bucketName, pathOf(key)));
  }

  /** The keys that start with `prefix`, in order. */
  public listObjects(bucketName: string, prefix = ''): string[] {
    const bucket = join(this.directory, bucketName);
    return readdirSync(bucket, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => keyOf(relative(bucket, join(entry.parentPath, entry.name)).split(sep).join('/')))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }
}

const LONGEST_FILE_NAME = 255;

/** A file cannot be called `..`, nor have a name as long as a part of a key: `%` marks what is not as in the key. */
function pathOf(key: string): string {
  return key
    .split('/')
    .map((part) => (/^\.\.?$/.test(part) ? part.replaceAll('.', '%2E') : part.replaceAll('%', '%25')))
    .map((part) => (Buffer.byteLength(part) > LONGEST_FILE_NAME ? (part.match(/.{1,60}/gsu) ?? []).join('%/') : part))
    .join('/');
}

function keyOf(path: string): string {
  return path.replaceAll('%/', '').replaceAll('%2E', '.').replaceAll('%25', '%');
}
