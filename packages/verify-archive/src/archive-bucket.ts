import { GetObjectCommand, ListObjectsV2Command, PutObjectCommand, type RestoreStatus } from '@aws-sdk/client-s3';
import { decodeKey, parseListed, type ListedObject as StoredObject } from '@log-archiver/aws-clients/list-objects';
import { retryInPlace } from '@log-archiver/aws-clients/retry-in-place';
import type { Clients } from './clients';

export interface ListedObject extends StoredObject {
  /** Milliseconds since the epoch. */
  lastModified: number;
  /** Storage class of S3, such as `GLACIER`. */
  storageClass: string;
  /** Copy of an object of an archive storage class that can be read; `undefined`: none, or not requested. */
  restore?: 'IN_PROGRESS' | 'RESTORED';
}

export interface Listing {
  objects: ListedObject[];
  /** Prefixes of the folders, with a `/` at the end. Empty unless `folders` was requested. */
  folders: string[];
  /** `undefined`: this is the last page. */
  nextToken?: string;
}

export interface ListingStart {
  /** Whether keys with a `/` after the prefix are grouped into folders. @default false */
  folders?: boolean;
  /** Whether the listing has the field `restore`. @default false */
  restore?: boolean;
  token?: string;
  /** Key after which the listing starts, if `token` is `undefined`. */
  lastKey?: string;
}

/** The bucket that contains the archive and the statements. Failed calls are retried in place. */
export class ArchiveBucket {
  constructor(
    private readonly clients: Pick<Clients, 's3' | 'wait'>,
    public readonly s3BucketName: string,
  ) {}

  /** Lists up to 1,000 objects and folders, in the order of their keys. */
  public async list(
    prefix: string,
    { folders = false, restore = false, token, lastKey }: ListingStart = {},
  ): Promise<Listing> {
    const command = new ListObjectsV2Command({
      Bucket: this.s3BucketName,
      Prefix: prefix,
      Delimiter: folders ? '/' : undefined,
      ...(token === undefined ? { StartAfter: lastKey } : { ContinuationToken: token }),
      // The name of a log stream may contain control characters, which XML cannot represent.
      EncodingType: 'url',
      OptionalObjectAttributes: restore ? ['RestoreStatus'] : undefined,
    });
    const {
      Contents = [],
      CommonPrefixes = [],
      NextContinuationToken,
    } = await this.call(() => this.clients.s3.send(command));
    return {
      objects: Contents.map((object) => ({
        ...parseListed(object),
        lastModified: object.LastModified?.getTime() ?? 0,
        storageClass: object.StorageClass ?? 'STANDARD',
        ...parseRestore(object.RestoreStatus),
      })),
      folders: CommonPrefixes.map(({ Prefix = '' }) => decodeKey(Prefix)),
      nextToken: NextContinuationToken,
    };
  }

  /** Lists all objects with a prefix, page by page. */
  public async *listObjects(prefix: string): AsyncGenerator<ListedObject> {
    for await (const { objects } of this.pages(prefix, false)) {
      yield* objects;
    }
  }

  /** Lists the folders below a prefix. */
  public async listFolders(prefix: string): Promise<string[]> {
    const found: string[] = [];
    for await (const { folders } of this.pages(prefix, true)) {
      found.push(...folders);
    }
    return found;
  }

  /**
   * Reads an object; `undefined`: it does not exist.
   *
   * S3 answers 403 for a missing object unless the caller may list the whole bucket. The caller may list the key.
   */
  public async find(key: string): Promise<string | undefined> {
    try {
      return await this.call(async () => {
        const { Body } = await this.clients.s3.send(new GetObjectCommand({ Bucket: this.s3BucketName, Key: key }));
        return (await Body?.transformToString()) ?? '';
      });
    } catch (error) {
      const { name } = error as Error;
      if (name === 'NoSuchKey' || (name === 'AccessDenied' && (await this.isMissing(key)))) {
        return undefined;
      }
      throw error;
    }
  }

  /** Reads an object as JSON. Only for what the verifier has written itself. */
  public async readJson<T>(key: string): Promise<T> {
    const text = await this.find(key);
    if (text === undefined) {
      throw new Error(`unknown object s3://${this.s3BucketName}/${key}`);
    }
    return JSON.parse(text);
  }

  public async write(key: string, body: string | Uint8Array, contentType = 'application/json'): Promise<void> {
    const command = new PutObjectCommand({
      Bucket: this.s3BucketName,
      Key: key,
      Body: body,
      ContentType: contentType,
    });
    await this.call(() => this.clients.s3.send(command));
  }

  /** Whether the key can be listed, and is not there. */
  private async isMissing(key: string): Promise<boolean> {
    try {
      const { objects } = await this.list(key);
      return objects[0]?.key !== key;
    } catch {
      return false;
    }
  }

  private async *pages(prefix: string, folders: boolean): AsyncGenerator<Listing> {
    let token: string | undefined;
    do {
      const page = await this.list(prefix, { folders, token });
      yield page;
      token = page.nextToken;
    } while (token !== undefined);
  }

  private call<T>(call: () => Promise<T>): Promise<T> {
    return retryInPlace(this.clients, call);
  }
}

function parseRestore(status: RestoreStatus | undefined): Pick<ListedObject, 'restore'> {
  if (status?.IsRestoreInProgress) {
    return { restore: 'IN_PROGRESS' };
  }
  return status?.RestoreExpiryDate ? { restore: 'RESTORED' } : {};
}
