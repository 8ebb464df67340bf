import { S3Error } from './s3-error';

/** First and last byte (inclusive). */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Parses a Range header. Returns undefined for the whole object, as S3 does for an invalid header. */
export function parseRange(header: string | undefined, size: number): ByteRange | undefined {
  const [, start = '', end = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (header === undefined || (start === '' && end === '') || (start !== '' && end !== '' && +end < +start)) {
    return undefined;
  }
  const range =
    start === ''
      ? { first: Math.max(0, size - Number(end)), last: size - 1 }
      : { first: Number(start), last: end === '' ? size - 1 : Math.min(Number(end), size - 1) };
  if (range.first >= size) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', 416, {
      RangeRequested: header,
      ActualObjectSize: size,
    });
  }
  return range;
}
