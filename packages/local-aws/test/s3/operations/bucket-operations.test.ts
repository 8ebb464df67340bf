import { CloudWatchLogsClient, CreateExportTaskCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateBucketCommand,
  DeleteBucketCommand,
  DeleteObjectCommand,
  PutBucketPolicyCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { LocalAws, requiresEvaluator } from '../../../src';

const Bucket = 'new';

async function start() {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', enforcePolicies: true });
  const s3 = new S3Client(aws.clientConfig);
  await s3.send(new CreateBucketCommand({ Bucket }));
  return { aws, s3 };
}

function formatPolicy(...accounts: string[]): string {
  const Statement = [
    {
      Effect: 'Allow',
      Principal: accounts.length === 0 ? { Service: 'logs.ap-northeast-1.amazonaws.com' } : { AWS: accounts },
      Action: ['s3:GetBucketAcl', 's3:PutObject'],
      Resource: ['arn:aws:s3:::new', 'arn:aws:s3:::new/*'],
    },
  ];
  return JSON.stringify({ Version: '2012-10-17', Statement });
}

requiresEvaluator(it)('creates a bucket once', async () => {
  const { aws, s3 } = await start();
  expect(aws.buckets.hasBucket(Bucket)).toBe(true);
  await expect(s3.send(new CreateBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketAlreadyOwnedByYou' });
});

requiresEvaluator(it)('applies the policy of a bucket', async () => {
  const { aws, s3 } = await start();
  aws.logs.call('CreateLogGroup', { logGroupName: '/app' });
  const logs = new CloudWatchLogsClient(aws.clientConfig);
  const now = aws.clock.now();
  const createTask = () =>
    logs.send(new CreateExportTaskCommand({ logGroupName: '/app', from: now, to: now, destination: Bucket }));
  await expect(createTask()).rejects.toMatchObject({ name: 'AccessDeniedException' });
  await s3.send(new PutBucketPolicyCommand({ Bucket, Policy: formatPolicy() }));
  expect(await createTask()).toMatchObject({ taskId: expect.any(String) });
});

requiresEvaluator(it)('deletes a bucket that is empty', async () => {
  const { aws, s3 } = await start();
  aws.buckets.putObject(Bucket, 'a', '');
  await expect(s3.send(new DeleteBucketCommand({ Bucket }))).rejects.toMatchObject({ name: 'BucketNotEmpty' });
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  await s3.send(new DeleteObjectCommand({ Bucket, Key: 'a' }));
  await s3.send(new DeleteBucketCommand({ Bucket }));
  expect(aws.buckets.hasBucket(Bucket)).toBe(false);
});

requiresEvaluator(it).each([
  ['DeleteBucket', new DeleteBucketCommand({ Bucket: 'other' })],
  ['DeleteObject', new DeleteObjectCommand({ Bucket: 'other', Key: 'a' })],
  ['PutBucketPolicy', new PutBucketPolicyCommand({ Bucket: 'other', Policy: '{}' })],
])('rejects %s in an unknown bucket', async (_, command) => {
  const { s3 } = await start();
  await expect(s3.send(command as DeleteBucketCommand)).rejects.toMatchObject({ name: 'NoSuchBucket' });
});

requiresEvaluator(it)('rejects a policy that is not JSON', async () => {
  const { s3 } = await start();
  await expect(s3.send(new PutBucketPolicyCommand({ Bucket, Policy: 'x' }))).rejects.toMatchObject({
    name: 'MalformedPolicy',
  });
});

const ACCOUNTS = Array.from({ length: 800 }, (_, index) => String(100_000_000_000 + index));

requiresEvaluator(it).each([
  ['accepts', 'AS_WRITTEN', 800, true],
  ['rejects', 'AS_WRITTEN', 1_600, false],
  ['rejects', 'AS_ARNS', 800, false],
] as const)('%s a policy measured %s with %i accounts', async (_, policySize, accounts, isAccepted) => {
  const { aws, s3 } = await start();
  aws.buckets.policySize = policySize;
  const Policy = formatPolicy(...Array.from({ length: accounts }, (_, index) => ACCOUNTS[index % 800] as string));
  const result = s3.send(new PutBucketPolicyCommand({ Bucket, Policy }));
  await (isAccepted ? result : expect(result).rejects.toMatchObject({ name: 'PolicyTooLarge' }));
});
