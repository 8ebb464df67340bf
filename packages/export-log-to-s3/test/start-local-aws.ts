import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LocalAws } from '@log-archiver/local-aws';

const directories: string[] = [];

afterAll(() => {
  for (const directory of directories) {
    rmSync(directory, { recursive: true });
  }
});

/** An account with what `OCTOBER_REQUEST` needs, and a second log group. */
export function startLocalAws(now = '2026-11-02T03:00:05.000Z'): LocalAws {
  const directory = mkdtempSync(join(tmpdir(), 'export-log-to-s3-'));
  directories.push(directory);
  const aws = new LocalAws({ directory, now });
  aws.files.createBucket('archive');
  const created = Date.parse('2026-09-01T00:00:00.000Z');
  aws.logs.logGroups.create({ logGroupName: '/app/web' }, created);
  aws.logs.logGroups.create({ logGroupName: '/app/other' }, created);
  return aws;
}

/** The operations that were called, in order. */
export function operations({ requestHandler }: LocalAws): string[] {
  return requestHandler.calls.map(({ operation }) => operation);
}
