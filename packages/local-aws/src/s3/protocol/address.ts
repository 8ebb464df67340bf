import type { HttpRequest } from '../../protocol/http-message';

export interface S3Address {
  readonly bucketName: string;
  /** Empty, if the bucket itself is meant. */
  readonly key: string;
}

/** Finds the bucket in the host's name, as SDKs put it by default, or else at the start of the path. */
export function parseAddress({ hostname = '', path = '/' }: HttpRequest): S3Address {
  const [, virtualHost] = /^(.+)\.s3[.-][a-z0-9.-]+$/.exec(hostname) ?? [];
  const [, start, rest] = /^\/([^/]*)\/?(.*)$/s.exec(path) ?? ['', '', ''];
  return virtualHost === undefined
    ? { bucketName: decodeURIComponent(start ?? ''), key: decodeURIComponent(rest ?? '') }
    : { bucketName: virtualHost, key: decodeURIComponent(path.slice(1)) };
}
