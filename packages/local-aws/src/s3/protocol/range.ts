import { S3Error } from './s3-error';

/** The first and the last byte. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** Reads a Range header; undefined if the whole object is meant, also where S3 makes nothing of the header. */
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
