import type { HttpResponse } from '../../protocol/http-message';
import type { S3Address } from '../protocol/address';
import type { Buckets } from '../storage/buckets';

/** A request to S3, parsed as far as all operations need it. */
export interface S3Request extends S3Address {
  readonly method: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Buffer;
}

/** An operation of S3, with the features that identify its requests. */
export interface S3Operation {
  readonly method: string;
  readonly on: 'BUCKET' | 'OBJECT';
  /** Query parameters that the request must have, with their values. @default - none */
  readonly marker?: Readonly<Record<string, string>>;
  /** Names in the SDK of the other query parameters that the operation supports. @default - none */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Names in the SDK of the significant headers that the operation supports. @default - none */
  readonly headers?: Readonly<Record<string, string>>;
  call(buckets: Buckets, request: S3Request): HttpResponse;
}
