import type { HttpResponse } from '../../protocol/http-message';
import type { S3Address } from '../protocol/address';
import type { Buckets } from '../storage/buckets';

/** A request of S3, read as far as all operations have it in common. */
export interface S3Request extends S3Address {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** An operation of S3: by what it is known, and what it does. */
export interface Operation {
  readonly method: string;
  readonly on: 'BUCKET' | 'OBJECT';
  /** The parameters of the query that it must have, by value. @default - none */
  readonly marker?: Readonly<Record<string, string>>;
  /** The other parameters of the query that it takes, by the names that the SDK has for them. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** The headers that say what is to be done and that it takes, by the names that the SDK has for them. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  call(buckets: Buckets, request: S3Request): HttpResponse;
}
