import {
  CloudWatchLogsClient,
  CreateExportTaskCommand,
  DescribeExportTasksCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { LocalAws, type Statement } from '../../src';

const ROLE = 'arn:aws:iam::111111111111:role/Writer';
const EXPORT = { logGroupName: '/app/orders', from: 0, to: 1, destination: 'archive', destinationPrefix: '2026' };
const OF_THE_ROLE: Statement = { Effect: 'Allow', Action: ['logs:*', 's3:PutObject'], Resource: '*' };
const OF_LOGS: Statement = {
  Effect: 'Allow',
  Principal: { Service: 'logs.ap-northeast-1.amazonaws.com' },
  Action: ['s3:GetBucketAcl', 's3:PutObject'],
  Resource: ['arn:aws:s3:::archive', 'arn:aws:s3:::archive/*'],
};

/** Clients of a role, in an account with a bucket and a log group. */
function start(ofTheRole: Statement, ofTheBucket: Statement) {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', accountId: '111111111111', enforcePolicies: true });
  aws.buckets.createBucket('archive');
  aws.logs.call('CreateLogGroup', { logGroupName: '/app/orders' });
  aws.access?.add({
    account: '111111111111',
    roles: [
      { logicalId: 'Role', arn: ROLE, policies: [{ logicalId: 'Policy', document: { Statement: [ofTheRole] } }] },
    ],
    resourcePolicies: [{ logicalId: 'Bucket', of: ['arn:aws:s3:::archive'], document: { Statement: [ofTheBucket] } }],
  });
  const requestHandler = aws.requestHandler.withSleep(aws.clock.sleep, { roleArn: ROLE, sessionName: 'function' });
  const config = { ...aws.clientConfig, requestHandler };
  return { aws, logs: new CloudWatchLogsClient(config), s3: new S3Client(config) };
}

it('refuses a call of CloudWatch Logs with the text of AWS, and makes it for nobody', async () => {
  const { aws, logs } = start({ ...OF_THE_ROLE, Action: 's3:PutObject' }, OF_LOGS);
  await expect(logs.send(new CreateExportTaskCommand(EXPORT))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message:
      'User: arn:aws:sts::111111111111:assumed-role/Writer/function is not authorized to perform: logs:CreateExportTask ' +
      'on resource: arn:aws:logs:ap-northeast-1:111111111111:log-group:/app/orders:* ' +
      'because no identity-based policy allows the logs:CreateExportTask action',
  });
  expect(aws.buckets.listObjects('archive')).toEqual([]);
});

it('refuses an export to whom may not write the objects', async () => {
  const { logs } = start({ ...OF_THE_ROLE, Action: 'logs:*' }, OF_LOGS);
  await expect(logs.send(new CreateExportTaskCommand(EXPORT))).rejects.toThrow(
    'not authorized to perform: s3:PutObject on resource: arn:aws:s3:::archive/2026/aws-logs-write-test',
  );
});

it('refuses a call of S3 with its own error', async () => {
  const { s3 } = start({ ...OF_THE_ROLE, Action: 'logs:*' }, OF_LOGS);
  await expect(s3.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'text' }))).rejects.toMatchObject({
    name: 'AccessDenied',
    message: 'Access Denied',
    $metadata: { httpStatusCode: 403 },
  });
});

it.each(['GetBucketAcl', 'PutObject'])('refuses an export where CloudWatch Logs is not let %s', async (name) => {
  const others = [OF_LOGS.Action].flat().filter((action) => action !== `s3:${name}`);
  const { aws, logs } = start(OF_THE_ROLE, { ...OF_LOGS, Action: others });
  await expect(logs.send(new CreateExportTaskCommand(EXPORT))).rejects.toMatchObject({
    name: 'AccessDeniedException',
    message: expect.stringContaining(`${name} call on the given bucket failed. Please check if CloudWatch Logs`),
  });
  expect(aws.buckets.listObjects('archive')).toEqual([]);
});

it('lets an export fail that loses the bucket while it runs', async () => {
  const { aws, logs } = start(OF_THE_ROLE, OF_LOGS);
  const { taskId } = await logs.send(new CreateExportTaskCommand(EXPORT));
  aws.access?.add({
    ...{ account: '111111111111', roles: [] },
    resourcePolicies: [
      { logicalId: 'Bucket', of: ['arn:aws:s3:::archive'], document: { Statement: [{ ...OF_LOGS, Effect: 'Deny' }] } },
    ],
  });
  await aws.clock.moveTo('2026-11-02T18:00:00Z');
  const { exportTasks } = await logs.send(new DescribeExportTasksCommand({ taskId }));
  expect(exportTasks).toMatchObject([{ status: { code: 'FAILED' } }]);
});

it('holds nobody without a role to anything, and other accounts of the same time to the same', async () => {
  const { aws } = start(OF_THE_ROLE, OF_LOGS);
  const other = aws.inAccount('222222222222');
  expect([other.access, other.clock, other.buckets]).toEqual([aws.access, aws.clock, aws.buckets]);
  const s3 = new S3Client(other.clientConfig);
  await s3.send(new PutObjectCommand({ Bucket: 'archive', Key: 'a', Body: 'text' }));
  expect(aws.buckets.listObjects('archive')).toEqual(['a']);
});
