import { closeSync, openSync, readSync } from 'node:fs';

const CHUNK_BYTES = 1_048_576;

/** First bytes of files that have to be decompressed before their lines can be read. */
const COMPRESSED: Readonly<Record<string, readonly number[]>> = {
  gzip: [0x1f, 0x8b],
  bzip2: [0x42, 0x5a, 0x68],
  xz: [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  zstd: [0x28, 0xb5, 0x2f, 0xfd],
  zip: [0x50, 0x4b, 0x03, 0x04],
};

/** Reads a file that can also be a pipe. Throws an error if it has more than `maxBytes`, is empty, or is compressed. */
export function readBytes(path: string, maxBytes: number, tooLarge: string): Buffer {
  const bytes = readUpTo(path, maxBytes + 1);
  const format = Object.entries(COMPRESSED).find(([, start]) =>
    bytes.subarray(0, start.length).equals(Buffer.from(start)),
  );
  if (format) {
    throw new Error(`${path} is ${format[0]}-compressed; decompress the file first`);
  }
  if (bytes.length > maxBytes) {
    throw new Error(`${path}: ${tooLarge}`);
  }
  if (bytes.length === 0) {
    throw new Error(`${path} is empty`);
  }
  return bytes;
}

function readUpTo(path: string, maxBytes: number): Buffer {
  try {
    const file = openSync(path, 'r');
    try {
      const chunks: Buffer[] = [];
      for (let length = 0; length < maxBytes; ) {
        const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
        const bytesRead = readSync(file, chunk);
        if (bytesRead === 0) {
          break;
        }
        chunks.push(chunk.subarray(0, bytesRead));
        length += bytesRead;
      }
      return Buffer.concat(chunks);
    } finally {
      closeSync(file);
    }
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as Error).message}`);
  }
}
