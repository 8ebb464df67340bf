import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findReferences, readPolicies } from '@log-archiver/local-aws';
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
}

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

describe.each(Object.entries(CASES))('grantRead of %s', (name, granted) => {
  const index = Object.keys(CASES).indexOf(name);
  const run = async (...args: string[]) => {
    const { aws, clientConfig } = await createReader(granted, index);
    return runCli([...args, '--bucket', BUCKET, ...granted.options], aws, { clientConfig });
  };

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
