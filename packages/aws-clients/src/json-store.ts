import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import type { Clients } from './create-clients';
import { type ListedObject, listObjects } from './list-objects';
import { retryInPlace } from './retry-in-place';

/** Access to S3: with `wait`, failed calls are retried in place; without it, the state machine retries the function. */
export type S3Access = Pick<Clients, 's3'> & Partial<Pick<Clients, 'wait'>>;

/** Reads and writes objects of a bucket as JSON. */
export class JsonStore {
  constructor(
    private readonly access: S3Access,
    private readonly s3BucketName: string,
  ) {}

  /** Reads an object as text. */
  public readText(key: string): Promise<string> {
    return this.call(async () => {
      const { Body } = await this.access.s3.send(new GetObjectCommand({ Bucket: this.s3BucketName, Key: key }));
      return (await Body?.transformToString()) ?? '';
    });
  }

  public async read<T>(key: string): Promise<T> {
    return this.parse(key, await this.readText(key));
  }

  /**
   * Reads an object if it exists.
   *
   * Lists first instead of catching `NoSuchKey`: without `s3:ListBucket`, S3 returns 403 for a missing object.
   */
  public async find<T>(key: string): Promise<T | undefined> {
    for await (const first of this.list(key)) {
      return first.key === key ? this.read<T>(key) : undefined;
    }
    return undefined;
  }

  public async write(key: string, value: unknown): Promise<void> {
    await this.put(key, JSON.stringify(value), {});
  }

  /**
   * Writes an object unless the key exists, and returns the stored value.
   *
   * The first of two writers wins, so a repeated invocation changes nothing.
   */
  public async writeOnce<T>(key: string, value: T): Promise<T> {
    const text = JSON.stringify(value);
    const stored = await this.writeTextOnce(key, text);
    return stored === text ? value : this.parse(key, stored);
  }

  /** Writes an object unless the key exists, and returns the stored text. */
  public async writeTextOnce(key: string, text: string): Promise<string> {
    try {
      await this.put(key, text, { IfNoneMatch: '*' });
      return text;
    } catch (error) {
      if ((error as Error).name === 'PreconditionFailed') {
        return this.readText(key);
      }
      throw error;
    }
  }

  /** Lists the objects whose keys start with `prefix`, in order, from the first one after `lastKey`. */
  public async *list(prefix: string, lastKey?: string): AsyncGenerator<ListedObject> {
    let token: string | undefined;
    do {
      const start = { token, lastKey };
      const page = await this.call(() => listObjects(this.access.s3, this.s3BucketName, prefix, start));
      yield* page.objects;
      token = page.nextToken;
    } while (token !== undefined);
  }

  private parse<T>(key: string, text: string): T {
    try {
      return JSON.parse(text);
    } catch (error) {
      throw new Error(`s3://${this.s3BucketName}/${key} is not valid JSON: ${(error as Error).message}`);
    }
  }

  private async put(key: string, body: string, condition: { IfNoneMatch?: '*' }): Promise<void> {
    const input = { Bucket: this.s3BucketName, Key: key, Body: body, ContentType: 'application/json', ...condition };
    await this.call(() => this.access.s3.send(new PutObjectCommand(input)));
  }

  private call<T>(call: () => Promise<T>): Promise<T> {
    const { wait } = this.access;
    return wait ? retryInPlace({ wait }, call) : call();
  }
}
