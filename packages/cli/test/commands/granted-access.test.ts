import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { statementKey, TABLE_KEY } from '@log-archiver/core';
import { findReferences, type LocalAws, readPolicies } from '@log-archiver/local-aws';
import type { VerifiedTable } from '@log-archiver/verify-archive/statements/table';
import { App, Stack } from 'aws-cdk-lib';
import { AccountRootPrincipal, type IGrantable, Role } from 'aws-cdk-lib/aws-iam';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ArchiveBucket, LogArchiver, LogGroupSelection } from 'cdk-log-archiver';
import { ACCOUNT, BUCKET, REGION, TestArchive } from '../archive';
import { runCli } from '../run-cli';

interface GrantCase {
  /** Creates the construct, and grants a principal to read its archive. */
  readonly grant: (stack: Stack, grantee: IGrantable) => void;
  readonly keyPrefix: string;
  readonly options: string[];
  /** Whether the table of a verifier may not be read, because it is about other archives too. @default false */
  readonly isTableDenied?: boolean;
}

const TABLE_DENIED =
  'The credentials do not allow the table of a verifier: only its statements are read, and STALE or MISSING archivers ' +
  'are not found.\n';

const selections = [LogGroupSelection.all()];
const CASES: Record<string, GrantCase> = {
  'an archiver with a bucket of its own': {
    grant: (stack, grantee) => new LogArchiver(stack, 'LogArchiver', { selections }).grantRead(grantee),
    keyPrefix: '',
    options: [],
  },
  'an archiver with a keyPrefix in a bucket of its own': {
    grant: (stack, grantee) =>
      new LogArchiver(stack, 'LogArchiver', { selections, keyPrefix: 'logs' }).grantRead(grantee),
    keyPrefix: 'logs',
    options: ['--key-prefix', 'logs'],
  },
  'an archiver in a bucket with other contents': {
    grant: (stack, grantee) => {
      const bucket = Bucket.fromBucketName(stack, 'Bucket', BUCKET);
      new LogArchiver(stack, 'LogArchiver', { selections, bucket, keyPrefix: 'team/logs' }).grantRead(grantee);
    },
    keyPrefix: 'team/logs',
    options: ['--key-prefix', 'team/logs'],
    isTableDenied: true,
  },
  'an archive bucket': {
    grant: (stack, grantee) => new ArchiveBucket(stack, 'Archive', { bucketName: BUCKET }).grantRead(grantee),
    keyPrefix: `${ACCOUNT}/${REGION}`,
    options: [],
  },
};

const assembly = mkdtempSync(join(tmpdir(), 'log-archiver-cdk.out-'));
process.once('exit', () => rmSync(assembly, { recursive: true, force: true }));

/** Returns the policies of a role to which the construct has granted reading, as deployed with the bucket of the tests. */
function readGrantedPolicies({ grant }: GrantCase, index: number): string[] {
  const app = new App({ outdir: join(assembly, String(index)) });
  const stack = new Stack(app, 'Archive', { env: { account: ACCOUNT, region: REGION } });
  grant(stack, new Role(stack, 'Auditor', { assumedBy: new AccountRootPrincipal() }));
  const { directory, stacks } = app.synth();
  const synthesized = { stackName: stack.stackName, template: stacks[0]?.template, assetDirectory: directory };
  const environment = { accountId: ACCOUNT, region: REGION };
  const auditor = readPolicies(synthesized, environment).roles.find(({ logicalId }) => logicalId.startsWith('Auditor'));
  const references = findReferences(synthesized, environment);
  const buckets = Object.entries<{ Type: string }>(synthesized.template.Resources)
    .filter(([, { Type }]) => Type === 'AWS::S3::Bucket')
    .map(([id]) => references.ref(id));
  return (auditor?.policies ?? []).map(({ document }) =>
    buckets.reduce((text, name) => text.replaceAll(`:::${name}`, `:::${BUCKET}`), JSON.stringify(document)),
  );
}

/** Archives a period, and returns the credentials of a role that has only the granted permissions. */
async function createReader(granted: GrantCase, index: number) {
  const archive = new TestArchive({ enforcePolicies: true });
  const { aws } = archive;
  await archive.createLogGroup();
  await archive.putEvents([{ stream: 'a', timestamp: '2026-10-05T10:00:00.000Z', message: 'one' }]);
  await archive.archive({ period: '2026-10', keyPrefix: granted.keyPrefix });
  archive.putStatus('2026-10');
  const [statusKey = ''] = aws.buckets.listObjects(BUCKET, '_log-archiver/periods/');
  const status = aws.buckets.findBucket(BUCKET)?.get(statusKey)?.body.toString() ?? '';
  aws.buckets.deleteObject(BUCKET, statusKey);
  const start = granted.keyPrefix === '' ? '' : `${granted.keyPrefix}/`;
  aws.buckets.putObject(BUCKET, `${start}${statusKey}`, status);

  const { arn } = aws.roles.create({ RoleName: 'auditor' });
  for (const [number, PolicyDocument] of readGrantedPolicies(granted, index).entries()) {
    aws.roles.putPolicy({ RoleName: 'auditor', PolicyName: `${number}`, PolicyDocument });
  }
  const { AccessKeyId, SecretAccessKey, SessionToken } = aws.roles.assume(arn, 'session');
  const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
  return { aws, clientConfig: { ...aws.clientConfig, credentials }, roleArn: arn };
}

/** Writes the table of a verifier, and its statement of a period that was changed. */
function putVerification(aws: LocalAws, keyPrefix: string) {
  const place = { account: ACCOUNT, region: REGION, keyPrefix, archiver: 'Archiver' };
  const result = { period: '2026-10', status: 'TAMPERED' as const, receipts: 1, findings: 1, verifiedAt: '' };
  const table: VerifiedTable = {
    ...{ format: 1, s3BucketName: BUCKET, verifiedAt: '2026-11-08T06:00:00.000Z', run: 'run', others: [] },
    archivers: [
      { ...place, s3BucketName: BUCKET, isExpected: true, status: 'TAMPERED', asOf: null, periods: [result] },
    ],
  };
  const firstFindings = [{ type: 'ObjectsMissing', key: 'k', message: 'folder must have 2 objects' }];
  const statement = { ...place, ...result, firstFindings };
  aws.buckets.putObject(BUCKET, TABLE_KEY, JSON.stringify(table));
  aws.buckets.putObject(BUCKET, statementKey({ ...place, period: '2026-10' }), JSON.stringify(statement));
  // One is about receipts without an archiver, and the other one is about another archive.
  for (const other of [{ archiver: '-' }, { keyPrefix: `${keyPrefix}/other` }]) {
    aws.buckets.putObject(BUCKET, statementKey({ ...place, period: '2026-09', ...other }), JSON.stringify(statement));
  }
}

describe.each(Object.entries(CASES))('grantRead of %s', (name, granted) => {
  const index = Object.keys(CASES).indexOf(name);
  const runAfter = async (prepare: (aws: LocalAws) => void, ...args: string[]) => {
    const { aws, clientConfig } = await createReader(granted, index);
    prepare(aws);
    return runCli([...args, '--bucket', BUCKET, ...granted.options], aws, { clientConfig });
  };
  const run = (...args: string[]) => runAfter(() => undefined, ...args);

  test('suffices for status', async () => {
    const { exitCode, stdout, stderr } = await run('status');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: granted.isTableDenied ? TABLE_DENIED : '' });
    expect(stdout).toContain('2026-10 COMPLETE');
  });

  test('suffices for status of a period that a verifier found changed', async () => {
    const { exitCode, stdout, stderr } = await runAfter((aws) => putVerification(aws, granted.keyPrefix), 'status');
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: granted.isTableDenied ? TABLE_DENIED : '' });
    expect(stdout).toContain('2026-10 TAMPERED');
    expect(stdout).toContain('2026-10: ObjectsMissing: folder must have 2 objects');
    expect(stdout).not.toContain('2026-09');
  });

  test('suffices for status of a period whose status was removed', async () => {
    const { exitCode, stdout } = await runAfter((aws) => {
      putVerification(aws, granted.keyPrefix);
      const keys = aws.buckets.listObjects(BUCKET, '').filter((key) => key.includes('_log-archiver/periods/'));
      expect(keys).toHaveLength(1);
      aws.buckets.deleteObject(BUCKET, keys[0] as string);
    }, 'status');
    expect(exitCode).toBe(1);
    expect(stdout).toContain('2026-10 TAMPERED');
  });

  test('suffices for verify', async () => {
    const { exitCode, stdout, stderr } = await run('verify', '--period', '2026-10');
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' });
    expect(stdout).toContain('│ COMPLETE │');
  });

  test('suffices for cat', async () => {
    const { exitCode, stdout, stderr } = await run('cat', '/app/web', '--from', '2026-10-05', '--to', '2026-10-06');
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 0,
      stdout: '2026-10-05T10:00:00.000Z one\n',
      stderr: '',
    });
  });

  test('suffices for report', async () => {
    const { exitCode, stdout } = await run('report', '--period', '2026-10');
    expect(exitCode).toBe(0);
    expect(stdout).toContain('/app/web');
  });
});

test('fails without a grant', async () => {
  const granted = { ...(CASES['an archive bucket'] as GrantCase), grant: () => undefined };
  const { aws, clientConfig } = await createReader(granted, Object.keys(CASES).length);
  const { exitCode, stderr } = await runCli(['verify', '--period', '2026-10', '--bucket', BUCKET], aws, {
    clientConfig,
  });
  expect(exitCode).toBe(2);
  expect(stderr).toContain('do not allow s3:ListBucket');
});
