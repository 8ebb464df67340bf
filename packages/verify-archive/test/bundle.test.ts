import { statSync } from 'node:fs';
import { join } from 'node:path';
import { BINDING_VARIABLES } from '@log-archiver/core';
import type * as Handler from '../src/handler';
import { BUCKET, RUN, startArchive } from './archive';

const path = join(__dirname, '..', 'dist', 'index.js');
const bundle: typeof Handler = require(path);
const environment = { [BINDING_VARIABLES.s3BucketName]: BUCKET, [BINDING_VARIABLES.account]: '999999999999' };

it('exports only handlers and what creates them', () => {
  expect(Object.keys(bundle).sort()).toEqual([
    ...['createPlanHandler', 'createReportHandler', 'createVerifyHandler'],
    ...['planHandler', 'reportHandler', 'verifyHandler'],
  ]);
});

it('has at most 490,000 bytes', () => {
  expect(statSync(path).size).toBeLessThanOrEqual(490_000);
});

it('keeps the name of an error, and writes a line', async () => {
  const { aws } = startArchive();
  const lines: string[] = [];
  const plan = bundle.createPlanHandler({
    requestHandler: aws.requestHandler,
    environment,
    log: (line) => lines.push(line),
  });
  const request = { run: RUN, keyPrefixes: null, verifyEveryDays: 1, runEveryDays: 1 };
  await expect(plan(request)).rejects.toMatchObject({ name: 'InvalidArchiveRequest' });
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { function: 'PlanVerification', execution: 'run-1', result: 'InvalidArchiveRequest' },
  ]);
});

it('throws without the variables that bind it to a bucket', async () => {
  const { aws } = startArchive();
  const report = bundle.createReportHandler({ requestHandler: aws.requestHandler, environment: {}, log: () => {} });
  const request = { run: RUN, verifier: 'Verifier', expect: [], otherBuckets: [], signingKey: 'key', progress: null };
  await expect(report(request)).rejects.toThrow('environment variable ARCHIVE_BUCKET_NAME is required');
});
