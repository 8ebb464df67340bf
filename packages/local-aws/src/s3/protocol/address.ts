import type { HttpRequest } from '../../protocol/http-message';

export interface S3Address {
  readonly bucketName: string;
  /** Empty for the bucket itself. */
  readonly key: string;
}

/** Parses the bucket from the host name (the default of SDKs) or from the start of the path. */
export function parseAddress({ hostname = '', path = '/' }: HttpRequest): S3Address {
  const [, virtualHost] = /^(.+)\.s3[.-][a-z0-9.-]+$/.exec(hostname) ?? [];
  const [, start, rest] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? ['', '', ''];
  return virtualHost === undefined
    ? { bucketName: decodeURIComponent(start ?? ''), key: decodeURIComponent(rest ?? '') }
    : { bucketName: virtualHost, key: decodeURIComponent(path.slice(1)) };
}
