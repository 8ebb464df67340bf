import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-error';

/** What a request carries, when the frames of the transport are off. */
export interface Content {
  readonly body: Buffer;
  /** The checksums that came with it, by header. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Takes `aws-chunked` off: chunks of a length in hexadecimal and so many bytes, the last of no bytes, then headers that
 * the client knows only at the end.
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

/** Refuses what was damaged on its way; the other checksums of S3 are taken as they are. */
export function verifyChecksums({ body, headers }: Content) {
  for (const [algorithm, calculate] of Object.entries(CHECKSUMS)) {
    const given = headers[`x-amz-checksum-${algorithm.toLowerCase()}`];
    if (given !== undefined && given !== calculate(body).toString('base64')) {
      throw new S3Error('BadDigest', `The ${algorithm} you specified did not match the calculated checksum.`, 400);
    }
  }
}
