import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

/** S3 as files: one folder a bucket, one file an object. */
export class BucketFiles {
  constructor(private readonly directory: string) {}

  public createBucket(bucketName: string) {
    mkdirSync(join(this.directory, bucketName), { recursive: true });
  }

  public hasBucket(bucketName: string): boolean {
    return existsSync(join(this.directory, bucketName));
  }

  public putObject(bucketName: string, key: string, body: string | Uint8Array) {
    const path = join(this.directory, bucketName, key);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, body);
  }

  public getObject(bucketName: string, key: string): Buffer {
    return readFileSync(join(this.directory, bucketName, key));
  }

  /** The keys that start with `prefix`, in order. */
  public listObjects(bucketName: string, prefix = ''): string[] {
    const bucket = join(this.directory, bucketName);
    return readdirSync(bucket, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => relative(bucket, join(entry.parentPath, entry.name)).split(sep).join('/'))
      .filter((key) => key.startsWith(prefix))
      .sort();
  }
}
