import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Clients } from './create-clients';
import { retryInPlace } from './retry-in-place';

/** The objects of a bucket, as JSON. */
export class JsonStore {
  constructor(
    private readonly services: Clients,
    private readonly bucketName: string,
  ) {}

  public async read<T>(key: string): Promise<T> {
    const text = await retryInPlace(this.services, async () => {
      const { Body } = await this.services.s3.send(new GetObjectCommand({ Bucket: this.bucketName, Key: key }));
      return Body?.transformToString();
    });
    return JSON.parse(text ?? '');
  }

  /** By listing: to whom asks for an object that is not there, S3 may say that he may not. */
  public async has(key: string): Promise<boolean> {
    for await (const each of this.keys(key)) {
      return each === key;
    }
    return false;
  }

  public async write(key: string, value: unknown): Promise<void> {
    await this.put(key, value, {});
  }

  /** Answers what is under the key then: a value that was there before stays, however often an invocation is retried. */
  public async writeOnce<T>(key: string, value: T): Promise<T> {
    try {
      await this.put(key, value, { IfNoneMatch: '*' });
      return value;
    } catch (error) {
      if ((error as Error).name === 'PreconditionFailed') {
        return this.read(key);
      }
      throw error;
    }
  }

  /** The keys that start with `prefix`, in order, after `after`. */
  public async *keys(prefix: string, after?: string): AsyncGenerator<string> {
    let token: string | undefined;
    do {
      const input = { Bucket: this.bucketName, Prefix: prefix, StartAfter: after, ContinuationToken: token };
      const page = await retryInPlace(this.services, () => this.services.s3.send(new ListObjectsV2Command(input)));
      for (const { Key } of page.Contents ?? []) {
        yield Key ?? '';
      }
      token = page.NextContinuationToken;
    } while (token);
  }

  private async put(key: string, value: unknown, condition: { IfNoneMatch?: string }): Promise<void> {
    const input = { Bucket: this.bucketName, Key: key, ContentType: 'application/json', ...condition };
    const command = () => new PutObjectCommand({ ...input, Body: JSON.stringify(value) });
    await retryInPlace(this.services, () => this.services.s3.send(command()));
  }
}
