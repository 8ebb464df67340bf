import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-error';

/** Content of a request, without the framing of the transfer. */
export interface Content {
  readonly body: Buffer;
  /** Headers of the request, including trailing ones such as checksums. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Decodes `aws-chunked` content.
 *
 * Each chunk is a hexadecimal length and that number of bytes. An empty chunk ends the body, and trailing headers follow,
 * which the client knows only at the end.
 */
export function decodeChunks(bytes: Buffer, headers: Readonly<Record<string, string>>): Content {
  if (!headers['content-encoding']?.split(',').some((coding) => coding.trim() === 'aws-chunked')) {
    return { body: bytes, headers };
  }
  const chunks: Buffer[] = [];
  let position = 0;
  const readLine = () => {
    const end = bytes.indexOf('\r\n', position);
    const line = bytes.toString('utf8', position, end === -1 ? bytes.length : end);
    position = end === -1 ? bytes.length : end + 2;
    return line;
  };
  for (let length = Number.parseInt(readLine(), 16); length > 0; length = Number.parseInt(readLine(), 16)) {
    chunks.push(bytes.subarray(position, position + length));
    position += length + '\r\n'.length;
  }
  const trailers: Record<string, string> = {};
  for (let line = readLine(); line !== ''; line = readLine()) {
    const [name = '', value = ''] = line.split(/:(.*)/s);
    trailers[name.toLowerCase()] = value.trim();
  }
  return { body: Buffer.concat(chunks), headers: { ...headers, ...trailers } };
}

const CHECKSUMS: Record<string, (body: Buffer) => Buffer> = {
  CRC32: (body) => {
    const checksum = Buffer.alloc(4);
    checksum.writeUInt32BE(crc32(body));
    return checksum;
  },
  SHA1: (body) => createHash('sha1').update(body).digest(),
  SHA256: (body) => createHash('sha256').update(body).digest(),
};

/** Returns the checksums among headers, with the header of their kind. */
export function selectChecksums(headers: Readonly<Record<string, string>>): Record<string, string> {
  const checksums = Object.entries(headers).filter(([name]) => /^x-amz-checksum-(crc|sha)/.test(name));
  return checksums.length === 0 ? {} : { ...Object.fromEntries(checksums), 'x-amz-checksum-type': 'FULL_OBJECT' };
}

/** Throws the error of S3 for a wrong checksum. Algorithms not listed above are not verified. */
export function verifyChecksums({ body, headers }: Content) {
  for (const [algorithm, calculate] of Object.entries(CHECKSUMS)) {
    const given = headers[`x-amz-checksum-${algorithm.toLowerCase()}`];
    if (given !== undefined && given !== calculate(body).toString('base64')) {
      throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`, 400);
    }
  }
}
