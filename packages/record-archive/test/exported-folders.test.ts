import type { LocalAws } from '@log-archiver/local-aws';
import { ExportedFolders } from '../src/exported-folders';
import { createClients, FOLDER, OCTOBER_REQUEST, startOctoberAws } from './october-request';

let aws: LocalAws;
let folders: ExportedFolders;
beforeEach(() => {
  aws = startOctoberAws();
  folders = new ExportedFolders(createClients(aws).s3, OCTOBER_REQUEST.task);
});

it('has the folder of an object that was seen, without a call', async () => {
  folders.see('2026-10-31-[$LATEST]0a/000001.gz');

  expect(await folders.has('2026/10/31/[$LATEST]0a')).toBe(true);
  expect(aws.requestHandler.calls).toEqual([]);
});

it('asks S3 for one object of a folder that was not seen', async () => {
  aws.buckets.putObject('archive', `${FOLDER}a-b/000000.gz`, 'four');

  expect(await folders.has('a/b')).toBe(true);
  expect(aws.requestHandler.calls.map(({ operation }) => operation)).toEqual(['ListObjectsV2']);
});

it.each(['a', 'a/b/c', 'b', 'a-'])('has no folder for the log stream %s', async (logStreamName) => {
  aws.buckets.putObject('archive', `${FOLDER}a-b/000000.gz`, 'four');
  folders.see('a-b/000000.gz');

  expect(await folders.has(logStreamName)).toBe(false);
});

it('remembers 100,000 folders, and asks S3 for the others', async () => {
  for (let number = 0; number <= 100_000; number += 1) {
    folders.see(`${number}/000000.gz`);
  }

  expect(await folders.has('99999')).toBe(true);
  expect(aws.requestHandler.calls).toEqual([]);
  expect(await folders.has('100000')).toBe(false);
  expect(aws.requestHandler.calls).toHaveLength(1);
});
