import type { S3Client } from '@aws-sdk/client-s3';
import { type LocalAws, refuses } from '@log-archiver/local-aws';
import { readJson, writeOnce } from '../src/write-once';
import { clientsOf, operations, startLocalAws } from './start-local-aws';

let aws: LocalAws;
let s3: S3Client;
beforeEach(() => {
  aws = startLocalAws();
  s3 = clientsOf(aws).s3;
});

it('an object is written in JSON, with a line for each field, unless there is one', async () => {
  expect(await writeOnce(s3, 'archive', 'a/b.json', { of: '日本' })).toEqual({ of: '日本' });

  expect(aws.files.getObject('archive', 'a/b.json').toString()).toBe('{\n  "of": "日本"\n}\n');
  expect(aws.requestHandler.calls.map(({ operation, input }) => [operation, input])).toEqual([
    ['PutObject', { Bucket: 'archive', Key: 'a/b.json', IfNoneMatch: '*' }],
  ]);
});

it('an object that is there stays, and is what is answered', async () => {
  await writeOnce(s3, 'archive', 'key', 'first');

  expect(await writeOnce(s3, 'archive', 'key', 'second')).toBe('first');
  expect(await readJson(s3, 'archive', 'key')).toBe('first');
});

it.each([
  ['AccessDenied', 403],
  ['ConditionalRequestConflict', 409],
  ['InternalError', 500],
])('%s stays what it is, and nothing is read', async (name, statusCode) => {
  aws.faults.arrange('PutObject', refuses(name, 'No.', statusCode));

  await expect(writeOnce(s3, 'archive', 'key', 'first')).rejects.toMatchObject({ name, message: 'No.' });
  expect(operations(aws)).toEqual(['PutObject']);
});

it('an object that is gone again is no answer', async () => {
  aws.faults.arrange('PutObject', refuses('PreconditionFailed', 'There is one.', 412));

  await expect(writeOnce(s3, 'archive', 'key', 'first')).rejects.toMatchObject({ name: 'NoSuchKey' });
});

it.each(['', '{"half":'])('an object that is %p is no JSON, and the message says which', async (text) => {
  aws.files.putObject('archive', 'key', text);

  await expect(readJson(s3, 'archive', 'key')).rejects.toThrow('s3://archive/key is no JSON: ');
});
