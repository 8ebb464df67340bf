import {
  CloudWatchLogsClient,
  CreateExportTaskCommand,
  DescribeExportTasksCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LocalAws, requiresEvaluator, type Statement } from '../../src';

const ROLE = 'arn:aws:iam::111111111111:role/Writer';
const EXPORT = { logGroupName: '/app/orders', from: 0, to: 1, destination: 'archive', destinationPrefix: '2026' };
const ROLE_STATEMENT: Statement = { Effect: 'Allow', Action: ['logs:*', 's3:PutObject'], Resource: '*' };
const BUCKET_STATEMENT: Statement = {
  Effect: 'Allow',
  Principal: { Service: 'logs.ap-northeast-1.amazonaws.com' },
  Action: ['s3:GetBucketAcl', 's3:PutObject'],
  Resource: ['arn:aws:s3:::archive', 'arn:aws:s3:::archive/*'],
};

/** Creates an account with a bucket and a log group, and clients of a role. */
function start(roleStatement: Statement, bucketStatement: Statement) {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', accountId: '111111111111', enforcePolicies: true });
  aws.buckets.createBucket('archive');
  aws.logs.call('CreateLogGroup', { logGroupName: '/app/orders' });
  aws.access?.add({
    account: '111111111111',
    roles: [
      { logicalId: 'Role', arn: ROLE, policies: [{ logicalId: 'Policy', document: { Statement: [roleStatement] } }] },
    ],
    resourcePolicies: [
      { logicalId: 'Bucket', of: ['arn:aws:s3:::archive'], document: { Statement: [bucketStatement] } },
    ],
  });
  const requestHandler = aws.requestHandler.withSleep(aws.clock.sleep, { roleArn: ROLE, sessionName: 'function' });
  const config = { ...aws.clientConfig, requestHandler };
  return { aws, logs: new CloudWatchLogsClient(config), s3: new S3Client(config) };
}

requiresEvaluator(it)('denies a call to CloudWatch Logs with the message of AWS, and does not execute it', async () => {
  const { aws, logs } = start({ ...ROLE_STATEMENT, Action: 's3:PutObject' }, BUCKET_STATEMENT);
  await expect(logs.send(new CreateExportTaskCommand(EXPORT))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::111111111111:assumed-role/Writer/function is not authorized to perform: logs:CreateExportTask ' +
      'on resource: arn:aws:logs:ap-northeast-1:111111111111:log-group:/app/orders:* ' +
      'because no identity-based policy allows the logs:CreateExportTask action',
  });
  expect(aws.buckets.listObjects('archive')).toEqual([]);
});

requiresEvaluator(it)('denies an export if the caller cannot write the objects', async () => {
  const { logs } = start({ ...ROLE_STATEMENT, Action: 'logs:*' }, BUCKET_STATEMENT);
  await expect(logs.send(new CreateExportTaskCommand(EXPORT))).rejects.toThrow(
    'not authorized to perform: s3:PutObject on resource: arn:aws:s3:::archive/2026/aws-logs-write-test',
  );
});

requiresEvaluator(it)('denies a call to S3 with the error of S3', async () => {
  const { s3 } = start({ ...ROLE_STATEMENT, Action: 'logs:*' }, BUCKET_STATEMENT);
  await expect(s3.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'text' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Access Denied',
    $metadata: { httpStatusCode: 403 },
  });
});

requiresEvaluator(it).each(['GetBucketAcl', 'PutObject'])(
  'denies an export if CloudWatch Logs is not allowed to call %s',
  async (name) => {
    const others = [BUCKET_STATEMENT.Action].flat().filter((action) => action !== `s3:${name}`);
    const { aws, logs } = start(ROLE_STATEMENT, { ...BUCKET_STATEMENT, Action: others });
    await expect(logs.send(new CreateExportTaskCommand(EXPORT))).rejects.toMatchObject({
      name: 'AccessDeniedException',
      message: expect.stringContaining(`${name} call on the given bucket failed. Please check if CloudWatch Logs`),
    });
    expect(aws.buckets.listObjects('archive')).toEqual([]);
  },
);

requiresEvaluator(it)('fails an export that loses access to the bucket while it runs', async () => {
  const { aws, logs } = start(ROLE_STATEMENT, BUCKET_STATEMENT);
  const { taskId } = await logs.send(new CreateExportTaskCommand(EXPORT));
  aws.access?.add({
    ...{ account: '111111111111', roles: [] },
    resourcePolicies: [
      {
        logicalId: 'Bucket',
        of: ['arn:aws:s3:::archive'],
        document: { Statement: [{ ...BUCKET_STATEMENT, Effect: 'Deny' }] },
      },
    ],
  });
  await aws.clock.moveTo('2026-11-02T18:00:00Z');
  const { exportTasks } = await logs.send(new DescribeExportTasksCommand({ taskId }));
  expect(exportTasks).toMatchObject([{ status: { code: 'FAILED' } }]);
});

requiresEvaluator(it)(
  'shares policies, clock and buckets with other accounts, and allows callers without a role',
  async () => {
    const { aws } = start(ROLE_STATEMENT, BUCKET_STATEMENT);
    const other = aws.inAccount('222222222222');
    expect([other.access, other.clock, other.buckets]).toEqual([aws.access, aws.clock, aws.buckets]);
    const s3 = new S3Client(other.clientConfig);
    await s3.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'text' }));
    expect(aws.buckets.listObjects('archive')).toEqual(['a']);
  },
);
