import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readBytes } from '../../src/log-files/read-bytes';
import { createFolder } from '../temporary-folder';

function read(bytes: string | Buffer, maxBytes = 1_000) {
  const path = join(createFolder(), 'app.log');
  writeFileSync(path, bytes);
  return { path, bytes: () => readBytes(path, maxBytes, 'too large') };
}

describe('the bytes of a log file', () => {
  it.each(['x', 'x'.repeat(1_000), 'x'.repeat(3_000_000)])('are all bytes of the file', (text) => {
    expect(read(text, 3_000_000).bytes().equals(Buffer.from(text))).toBe(true);
  });

  it.each([
    ['gzip', gzipSync('2026-10-31 12:00:00 a\n')],
    ['zip', Buffer.from('PK\u0003\u0004 and more')],
    ['bzip2', Buffer.from('BZh91AY')],
    ['xz', Buffer.from([0xfd, ...Buffer.from('7zXZ'), 0])],
    ['zstd', Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0])],
  ])('are rejected if they are %s-compressed', (format, content) => {
    const { path, bytes } = read(content);
    expect(bytes).toThrow(new Error(`${path} is ${format}-compressed; decompress the file first`));
  });

  it('are rejected if there are none', () => {
    const { path, bytes } = read('');
    expect(bytes).toThrow(new Error(`${path} is empty`));
  });

  it('are rejected if there are too many', () => {
    const { path, bytes } = read('x'.repeat(1_001));
    expect(bytes).toThrow(new Error(`${path}: too large`));
  });

  it.each([
    ['/none.log', "ENOENT: no such file or directory, open '/none.log'"],
    [__dirname, 'EISDIR: illegal operation on a directory, read'],
  ])('are rejected if %s cannot be read', (path, message) => {
    expect(() => readBytes(path, 1, 'too large')).toThrow(new Error(`${path} cannot be read: ${message}`));
  });
});
