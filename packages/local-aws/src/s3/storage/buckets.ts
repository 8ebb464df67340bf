import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PolicyDocument } from '../../iam/policy-document';
import { realTime } from '../../time/clock';
import { Bucket, type StoredObject } from './bucket';
import { BucketFolder } from './bucket-folder';

/** Size of a bucket policy that counts: with account IDs as they are written, or after they have been turned into ARNs. */
export type PolicySize = 'AS_WRITTEN' | 'AS_ARNS';

/** Buckets in memory. With a directory, each bucket is also a folder with one file per object. */
export class Buckets {
  /** What the 20 KB of a bucket policy limit. AWS does not document it. */
  public policySize: PolicySize = 'AS_WRITTEN';
  /** Receives the policy of a bucket that a call creates, changes or deletes. */
  public onPolicyChange: (bucketName: string, document: PolicyDocument | undefined) => void = () => {};
  private readonly buckets = new Map<string, Bucket>();

  /** @param now returns milliseconds since the epoch, for the objects' LastModified */
  constructor(
    private readonly directory?: string,
    public readonly now: () => number = realTime.now,
  ) {}

  public createBucket(bucketName: string) {
    if (!this.hasBucket(bucketName)) {
      this.open(bucketName);
    }
  }

  /** Names of the buckets in memory. */
  public get names(): string[] {
    return [...this.buckets.keys()];
  }

  /** Deletes a bucket in memory. */
  public deleteBucket(bucketName: string) {
    this.buckets.delete(bucketName);
  }

  public hasBucket(bucketName: string): boolean {
    return this.findBucket(bucketName) !== undefined;
  }

  public findBucket(bucketName: string): Bucket | undefined {
    return this.buckets.get(bucketName) ?? (this.isFolder(bucketName) ? this.open(bucketName) : undefined);
  }

  public putObject(bucketName: string, key: string, body: string | Uint8Array): StoredObject {
    return this.getBucket(bucketName).put(key, Buffer.from(body), this.now());
  }

  public getObject(bucketName: string, key: string): Buffer {
    const object = this.getBucket(bucketName).get(key);
    if (!object) {
      throw new Error(`unknown object "${key}" in bucket ${bucketName}`);
    }
    return object.body;
  }

  /** Deletes an object, as any user with access to the bucket can. */
  public deleteObject(bucketName: string, key: string) {
    this.getBucket(bucketName).delete(key);
  }

  /** Returns the keys that start with `prefix`, in the order of S3. */
  public listObjects(bucketName: string, prefix = ''): string[] {
    const { objects } = this.getBucket(bucketName).list({ prefix });
    return objects.map(({ key }) => key);
  }

  private getBucket(bucketName: string): Bucket {
    const bucket = this.findBucket(bucketName);
    if (!bucket) {
      throw new Error(`unknown bucket "${bucketName}"`);
    }
    return bucket;
  }

  /** Whether the bucket exists as a folder, from an earlier use or created by hand. */
  private isFolder(bucketName: string): boolean {
    return (
      this.directory !== undefined &&
      /^[A-Za-z0-9][A-Za-z0-9.-]*$/.test(bucketName) &&
      existsSync(join(this.directory, bucketName))
    );
  }

  private open(bucketName: string): Bucket {
    const folder = this.directory === undefined ? undefined : new BucketFolder(join(this.directory, bucketName));
    const bucket = new Bucket(folder);
    this.buckets.set(bucketName, bucket);
    return bucket;
  }
}
