import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Buckets } from '../../../src';
import { temporaryFolder } from '../../temporary-folder';

const KEYS = [
  ...['a/b', '../../a', 'a/./b', `${'é'.repeat(512)}/${'%'.repeat(512)}`, 'a%/b%2E%25'],
  ...['/a', 'a//b', 'a/', '%empty', 'a\0%00b', 'constructor'],
];

describe('the objects of a bucket', () => {
  it.each(KEYS)('are found by keys such as %j, and stay in the folder of the bucket', (key) => {
    const directory = temporaryFolder();
    const buckets = new Buckets(directory);
    buckets.createBucket('archive');
    buckets.putObject('archive', key, 'body');
    const reopened = new Buckets(directory);
    for (const each of [buckets, reopened]) {
      expect(each.listObjects('archive')).toEqual([key]);
      expect(each.getObject('archive', key).toString()).toBe('body');
    }
    expect(readdirSync(directory)).toEqual(['archive']);
  });

  it('are gone after they are deleted, also from the folder', () => {
    const directory = temporaryFolder();
    const buckets = new Buckets(directory);
    buckets.createBucket('archive');
    for (const key of ['a', 'b', 'c']) {
      buckets.putObject('archive', key, 'body');
    }
    buckets.deleteObject('archive', 'b');
    buckets.deleteObject('archive', 'unknown');

    expect(buckets.listObjects('archive')).toEqual(['a', 'c']);
    expect(new Buckets(directory).listObjects('archive')).toEqual(['a', 'c']);
  });

  it('are separate files if their keys differ by an empty segment', () => {
    const directory = temporaryFolder();
    const buckets = new Buckets(directory);
    buckets.createBucket('archive');
    buckets.putObject('archive', 'a/b', 'one');
    buckets.putObject('archive', 'a//b', 'two');
    expect(readFileSync(join(directory, 'archive', 'a', 'b'), 'utf8')).toBe('one');
    expect(new Buckets(directory).listObjects('archive')).toEqual(['a//b', 'a/b']);
  });

  it.each([
    ['a', 'a/b'],
    ['a/b', 'a'],
  ])('cannot be %j and then %j in a folder', (first, second) => {
    const buckets = new Buckets(temporaryFolder());
    buckets.createBucket('archive');
    buckets.putObject('archive', first, 'one');
    expect(() => buckets.putObject('archive', second, 'two')).toThrow(
      `unsupported key "${second}": a file cannot also be the folder of another key`,
    );
    expect(buckets.listObjects('archive')).toEqual([first]);
  });

  it.each(['..', '.', 'archive/..', ''])('do not exist in a bucket with the invalid name %j', (bucketName) => {
    const buckets = new Buckets(temporaryFolder());
    buckets.createBucket('archive');
    expect(buckets.hasBucket(bucketName)).toBe(false);
  });

  it('are read from an earlier use, with the time at which they were put', () => {
    const directory = temporaryFolder();
    const instant = Date.parse('2026-11-01T18:00:00.250Z');
    const earlier = new Buckets(directory, () => instant);
    earlier.createBucket('archive');
    earlier.putObject('archive', 'a', 'body');
    const later = new Buckets(directory, () => instant + 86_400_000);
    expect(later.findBucket('archive')?.get('a')).toEqual(earlier.findBucket('archive')?.get('a'));
  });

  it('are read from a folder that was created by hand', () => {
    const directory = temporaryFolder();
    const buckets = new Buckets(directory);
    expect(buckets.hasBucket('archive')).toBe(false);
    mkdirSync(join(directory, 'archive'));
    writeFileSync(join(directory, 'archive', 'a'), 'body');
    expect(buckets.listObjects('archive')).toEqual(['a']);
  });

  it('are only in memory without a directory', () => {
    const buckets = new Buckets();
    buckets.createBucket('archive');
    buckets.putObject('archive', 'a', 'body');
    buckets.createBucket('archive');
    expect(buckets.getObject('archive', 'a').toString()).toBe('body');
    expect(() => buckets.getObject('archive', 'b')).toThrow('unknown object "b" in bucket archive');
    expect(() => buckets.listObjects('nowhere')).toThrow('unknown bucket "nowhere"');
  });
});
