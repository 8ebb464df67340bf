import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { BucketFiles } from '../../../src';
import { temporaryFolder } from '../../temporary-folder';

const KEYS = [
  ...['a/b', '../../a', 'a/./b', `${'é'.repeat(512)}/${'%'.repeat(512)}`, 'a%/b%2E%25'],
  ...['/a', 'a//b', 'a/', '%empty', 'a\0%00b', 'constructor'],
];

describe('the objects of a bucket', () => {
  it.each(KEYS)('are found by their keys, such as %j, and stay in its folder', (key) => {
    const directory = temporaryFolder();
    const files = new BucketFiles(directory);
    files.createBucket('archive');
    files.putObject('archive', key, 'body');
    const reopened = new BucketFiles(directory);
    for (const each of [files, reopened]) {
      expect(each.listObjects('archive')).toEqual([key]);
      expect(each.getObject('archive', key).toString()).toBe('body');
    }
    expect(readdirSync(directory)).toEqual(['archive']);
  });

  it('that differ by an empty part of their keys are two files', () => {
    const directory = temporaryFolder();
    const files = new BucketFiles(directory);
    files.createBucket('archive');
    files.putObject('archive', 'a/b', 'one');
    files.putObject('archive', 'a//b', 'two');
    expect(readFileSync(join(directory, 'archive', 'a', 'b'), 'utf8')).toBe('one');
    expect(new BucketFiles(directory).listObjects('archive')).toEqual(['a//b', 'a/b']);
  });

  it.each(['..', '.', 'archive/..', ''])('are in no bucket of the name %j', (bucketName) => {
    const files = new BucketFiles(temporaryFolder());
    files.createBucket('archive');
    expect(files.hasBucket(bucketName)).toBe(false);
  });

  it('are there from an earlier time, with the instant at which they were put', () => {
    const directory = temporaryFolder();
    const instant = Date.parse('2026-11-01T18:00:00.250Z');
    const earlier = new BucketFiles(directory, () => instant);
    earlier.createBucket('archive');
    earlier.putObject('archive', 'a', 'body');
    const later = new BucketFiles(directory, () => instant + 86_400_000);
    expect(later.findBucket('archive')?.get('a')).toEqual(earlier.findBucket('archive')?.get('a'));
  });

  it('are those of a folder that was made by hand', () => {
    const directory = temporaryFolder();
    const files = new BucketFiles(directory);
    expect(files.hasBucket('archive')).toBe(false);
    mkdirSync(join(directory, 'archive'));
    writeFileSync(join(directory, 'archive', 'a'), 'body');
    expect(files.listObjects('archive')).toEqual(['a']);
  });

  it('are in memory alone where there is no directory', () => {
    const files = new BucketFiles();
    files.createBucket('archive');
    files.putObject('archive', 'a', 'body');
    files.createBucket('archive');
    expect(files.getObject('archive', 'a').toString()).toBe('body');
    expect(() => files.getObject('archive', 'b')).toThrow('bucket archive has no object b');
    expect(() => files.listObjects('nowhere')).toThrow('there is no bucket nowhere');
  });
});
