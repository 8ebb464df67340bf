import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Buckets } from '../../../src';
import { temporaryFolder } from '../../temporary-folder';

const KEYS = [
  ...['a/b', '../../a', 'a/./b', `${'é'.repeat(512)}/${'%'.repeat(512)}`, 'a%/b%2E%25'],
  ...['/a', 'a//b', 'a/', '%empty', 'a\0%00b', 'constructor'],
];

describe('the objects of a bucket', () => {
  it.each(KEYS)('are found by their keys, such as %j, and stay in its folder', (key) => {
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

  it('that differ by an empty part of their keys are two files', () => {
    const directory = temporaryFolder();
    const buckets = new Buckets(directory);
    buckets.createBucket('archive');
    buckets.putObject('archive', 'a/b', 'one');
    buckets.putObject('archive', 'a//b', 'two');
    expect(readFileSync(join(directory, 'archive', 'a', 'b'), 'utf8')).toBe('one');
    expect(new Buckets(directory).listObjects('archive')).toEqual(['a//b', 'a/b']);
  });

  it.each(['..', '.', 'archive/..', ''])('are in no bucket of the name %j', (bucketName) => {
    const buckets = new Buckets(temporaryFolder());
    buckets.createBucket('archive');
    expect(buckets.hasBucket(bucketName)).toBe(false);
  });

  it('are there from an earlier time, with the instant at which they were put', () => {
    const directory = temporaryFolder();
    const instant = Date.parse('2026-11-01T18:00:00.250Z');
    const earlier = new Buckets(directory, () => instant);
    earlier.createBucket('archive');
    earlier.putObject('archive', 'a', 'body');
    const later = new Buckets(directory, () => instant + 86_400_000);
    expect(later.findBucket('archive')?.get('a')).toEqual(earlier.findBucket('archive')?.get('a'));
  });

  it('are those of a folder that was made by hand', () => {
    const directory = temporaryFolder();
    const buckets = new Buckets(directory);
    expect(buckets.hasBucket('archive')).toBe(false);
    mkdirSync(join(directory, 'archive'));
    writeFileSync(join(directory, 'archive', 'a'), 'body');
    expect(buckets.listObjects('archive')).toEqual(['a']);
  });

  it('are in memory alone where there is no directory', () => {
    const buckets = new Buckets();
    buckets.createBucket('archive');
    buckets.putObject('archive', 'a', 'body');
    buckets.createBucket('archive');
    expect(buckets.getObject('archive', 'a').toString()).toBe('body');
    expect(() => buckets.getObject('archive', 'b')).toThrow('bucket archive has no object b');
    expect(() => buckets.listObjects('nowhere')).toThrow('there is no bucket nowhere');
  });
});
