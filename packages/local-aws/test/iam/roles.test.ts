import { CloudWatchLogsClient, DescribeLogStreamsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateRoleCommand,
  DeleteRoleCommand,
  DeleteRolePolicyCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { LocalAws, requiresEvaluator, type Statement } from '../../src';

const ROLE_ARN = 'arn:aws:iam::123456789012:role/team/Reader';
const LOG_GROUP = 'arn:aws:logs:ap-northeast-1:123456789012:log-group:/app';

function start() {
  const aws = new LocalAws({ now: '2026-11-01T18:00:00Z', enforcePolicies: true });
  aws.logs.call('CreateLogGroup', { logGroupName: '/app' });
  const [iam, sts] = [new IAMClient(aws.clientConfig), new STSClient(aws.clientConfig)];
  const createRole = () =>
    iam.send(new CreateRoleCommand({ RoleName: 'Reader', Path: '/team/', AssumeRolePolicyDocument: '{}' }));
  const allow = (Action: string) =>
    iam.send(
      new PutRolePolicyCommand({ RoleName: 'Reader', PolicyName: 'Read', PolicyDocument: formatPolicy(Action, '*') }),
    );
  const readAs = async (Policy?: string) => {
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({ RoleArn: ROLE_ARN, RoleSessionName: 'test', Policy }),
    );
    const { AccessKeyId = '', SecretAccessKey = '', SessionToken } = Credentials ?? {};
    const credentials = { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey, sessionToken: SessionToken };
    const logs = new CloudWatchLogsClient({ ...aws.clientConfig, credentials });
    return logs.send(new DescribeLogStreamsCommand({ logGroupName: '/app' }));
  };
  return { aws, iam, sts, createRole, allow, readAs };
}

function formatPolicy(Action: string, Resource: string): string {
  const statement: Statement = { Effect: 'Allow', Action, Resource };
  return JSON.stringify({ Version: '2012-10-17', Statement: [statement] });
}

function denial(reason: string) {
  return {
    name: 'AccessDeniedException',
    message: `User: arn:aws:sts::123456789012:assumed-role/Reader/test is not authorized to perform: logs:DescribeLogStreams on resource: ${LOG_GROUP}:* ${reason}`,
  };
}

requiresEvaluator(it)('creates a role whose sessions have its permissions', async () => {
  const { createRole, allow, readAs } = start();
  expect((await createRole()).Role).toMatchObject({ Arn: ROLE_ARN, RoleName: 'Reader', Path: '/team/' });
  await allow('logs:DescribeLogGroups');
  await expect(readAs()).rejects.toMatchObject(
    denial('because no identity-based policy allows the logs:DescribeLogStreams action'),
  );
  await allow('logs:DescribeLogStreams');
  expect((await readAs()).logStreams).toEqual([]);
});

requiresEvaluator(it)('limits a session by its policy', async () => {
  const { createRole, allow, readAs } = start();
  await createRole();
  await allow('logs:DescribeLogStreams');
  expect((await readAs(formatPolicy('logs:*', `${LOG_GROUP}:*`))).logStreams).toEqual([]);
  await expect(readAs(formatPolicy('logs:*', LOG_GROUP))).rejects.toMatchObject(
    denial('because no session policy allows the logs:DescribeLogStreams action'),
  );
});

requiresEvaluator(it)('does not allow a session more than its role', async () => {
  const { createRole, allow, readAs } = start();
  await createRole();
  await allow('logs:DescribeLogGroups');
  await expect(readAs(formatPolicy('logs:*', '*'))).rejects.toMatchObject(
    denial('because no identity-based policy allows the logs:DescribeLogStreams action'),
  );
});

requiresEvaluator(it)('checks what a test says that AWS checks', async () => {
  const { aws, createRole, allow, readAs } = start();
  await createRole();
  await allow('logs:DescribeLogStreams');
  const policy = formatPolicy('logs:*', LOG_GROUP);
  if (aws.access) {
    aws.access.changeQuestion = (question) => ({ ...question, resource: question.resource.replace(/:\*$/, '') });
  }
  expect((await readAs(policy)).logStreams).toEqual([]);
});

requiresEvaluator(it)('deletes a role without policies', async () => {
  const { aws, iam, createRole, allow } = start();
  await createRole();
  await allow('logs:*');
  const [RoleName, PolicyName] = ['Reader', 'Read'];
  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({
    name: 'DeleteConflictException',
  });
  await iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }));
  await iam.send(new DeleteRoleCommand({ RoleName }));
  expect(aws.roles.names).toEqual([]);
  await expect(iam.send(new DeleteRoleCommand({ RoleName }))).rejects.toMatchObject({ name: 'NoSuchEntityException' });
  await expect(iam.send(new DeleteRolePolicyCommand({ RoleName, PolicyName }))).rejects.toMatchObject({
    name: 'NoSuchEntityException',
  });
});

requiresEvaluator(it)(
  'rejects a second role of the same name, an invalid policy, and a session of no role',
  async () => {
    const { iam, sts, createRole } = start();
    await createRole();
    await expect(createRole()).rejects.toMatchObject({ name: 'EntityAlreadyExistsException' });
    const malformed = new PutRolePolicyCommand({ RoleName: 'Reader', PolicyName: 'Read', PolicyDocument: 'x' });
    await expect(iam.send(malformed)).rejects.toMatchObject({ name: 'MalformedPolicyDocumentException' });
    const other = new AssumeRoleCommand({ RoleArn: `${ROLE_ARN}2`, RoleSessionName: 'test' });
    await expect(sts.send(other)).rejects.toMatchObject({
      name: 'AccessDenied',
      message: `User is not authorized to perform: sts:AssumeRole on resource: ${ROLE_ARN}2`,
    });
  },
);

requiresEvaluator(it)('returns the account of the caller', async () => {
  const { sts } = start();
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: '123456789012',
    Arn: 'arn:aws:iam::123456789012:root',
  });
});
