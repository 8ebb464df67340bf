import {
  CreateExportTaskCommand,
  CreateLogGroupCommand,
  DescribeExportTasksCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  bucketPolicyInvalid,
  bucketPolicyMissing,
  cutSocket,
  type FaultScope,
  Faults,
  foreignTaskHoldsSlot,
  lostAnswer,
  operatorCancelsTask,
  proxyPage,
  tasksHiddenFor,
  throttled,
  unavailable,
  unresolvedName,
} from '../../src';
import { localAwsOnDisk } from '../local-aws-on-disk';

const SECOND = 1_000;
const HOUR = 3_600 * SECOND;
const fails = async () => 'fault';
const works = async () => 'answer';

describe('a fault', () => {
  const twice = ['fault', 'fault', 'answer', 'fault'];
  it.each<[FaultScope, string[]]>([
    [{}, ['fault', 'fault', 'fault', 'fault']],
    [{ on: 'FIRST_CALL' }, ['fault', 'answer', 'answer', 'answer']],
    [{ on: 'FIRST_TWO_ATTEMPTS' }, twice],
    [{ of: 'CreateExportTask' }, ['fault', 'fault', 'fault', 'fault']],
    [{ of: 'DescribeExportTasks' }, ['answer', 'answer', 'answer', 'answer']],
    [{ from: 10, until: 30 }, ['answer', 'fault', 'fault', 'answer']],
  ])('with the scope %j meets four calls, 10 ms apart, as %j', async (scope, expected) => {
    let now = 0;
    const faults = new Faults<string>(() => now);
    faults.inject(fails, scope);
    const seen: string[] = [];
    for (; now < 40; now += 10) {
      seen.push(await faults.around('CreateExportTask', {}, works));
    }
    expect(seen).toEqual(expected);
  });

  it('counts the attempts of each input for itself', async () => {
    const faults = new Faults<string>(() => 0);
    faults.inject(fails, { on: 'FIRST_TWO_ATTEMPTS' });
    const seen: string[] = [];
    for (const logGroupName of ['a', 'b', 'a', 'b', 'a', 'b']) {
      seen.push(await faults.around('CreateExportTask', { logGroupName }, works));
    }
    expect(seen).toEqual(['fault', 'fault', 'fault', 'fault', 'answer', 'answer']);
  });

  it('strikes when those before it are over', async () => {
    const faults = new Faults<string>(() => 0);
    faults.inject(async () => 'one', { on: 'FIRST_TWO_ATTEMPTS' });
    faults.inject(async () => 'two', { on: 'FIRST_TWO_ATTEMPTS' });
    const seen: string[] = [];
    for (let attempt = 0; attempt < 6; attempt += 1) {
      seen.push(await faults.around('CreateExportTask', {}, works));
    }
    expect(seen).toEqual(['one', 'one', 'two', 'two', 'answer', 'one']);
  });
});

describe('a call of the SDK', () => {
  const noBucketAcl =
    'GetBucketAcl call on the given bucket failed. Please check if CloudWatch Logs has been granted permission to perform this operation.';
  it.each([
    ['throttled', throttled, { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
    ['unavailable', unavailable, { name: 'ServiceUnavailableException', $metadata: { httpStatusCode: 500 } }],
    ['a proxy page, 502', proxyPage(502), { name: 'SyntaxError', $metadata: { httpStatusCode: 502 } }],
    ['a proxy page, 503', proxyPage(503), { name: 'SyntaxError', $metadata: { httpStatusCode: 503 } }],
    ['a cut socket', cutSocket, { name: 'TimeoutError', code: 'ECONNRESET' }],
    ['an unresolved name', unresolvedName, { name: 'Error', code: 'ENOTFOUND' }],
    ['no bucket policy', bucketPolicyMissing, { name: 'AccessDeniedException', message: noBucketAcl }],
    ['no bucket policy, 2023', bucketPolicyInvalid, { name: 'InvalidParameterException', message: noBucketAcl }],
  ])('that meets %s is not made, and is an error', async (_, fault, error) => {
    const { aws, client } = localAwsOnDisk();
    aws.faults.inject(fault);
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }))).rejects.toMatchObject(error);
    expect(() => aws.logs.logGroups.get('/shop')).toThrow('The specified log group does not exist.');
  });

  it('whose answer is lost has been made', async () => {
    const { aws, client } = localAwsOnDisk();
    aws.faults.inject(lostAnswer, { on: 'FIRST_CALL' });
    const command = new CreateLogGroupCommand({ logGroupName: '/shop' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });
});

async function withExportTask() {
  const { aws, client } = localAwsOnDisk();
  await client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }));
  const create = async () =>
    client.send(new CreateExportTaskCommand({ logGroupName: '/shop', from: 0, to: 1, destination: 'archive' }));
  const statuses = async () =>
    (await client.send(new DescribeExportTasksCommand({}))).exportTasks?.map(({ status }) => status?.code);
  const after = async (milliseconds: number) => aws.clock.moveTo(aws.clock.now() + milliseconds);
  return { aws, create, statuses, after };
}

describe('an export task', () => {
  it('that is hidden is shown when it is old enough', async () => {
    const { aws, create, statuses, after } = await withExportTask();
    aws.faults.inject(tasksHiddenFor(60, aws.clock.now), { of: 'DescribeExportTasks' });
    await create();
    await after(60 * SECOND - 1);
    expect(await statuses()).toEqual([]);
    await after(1);
    expect(await statuses()).toEqual(['COMPLETED']);
  });

  it('is cancelled by hand as soon as it runs, and the next one is not', async () => {
    const { aws, create, statuses, after } = await withExportTask();
    operatorCancelsTask(aws, '/shop');
    await after(HOUR);
    await create();
    await after(5 * SECOND);
    expect(await statuses()).toEqual(['PENDING_CANCEL']);
    await after(2 * SECOND);
    await create();
    await after(23 * SECOND);
    expect(await statuses()).toEqual(['COMPLETED', 'CANCELLED']);
  });

  it('finds the slot taken as long as a stranger holds it, for more than one task as well', async () => {
    const { aws, create, after } = await withExportTask();
    foreignTaskHoldsSlot(aws, 50 * 3_600);
    for (const milliseconds of [0, 24 * HOUR, 24 * HOUR, 2 * HOUR - 1]) {
      await after(milliseconds);
      await expect(create()).rejects.toMatchObject({ name: 'LimitExceededException' });
    }
    await after(1);
    await expect(create()).resolves.toHaveProperty('taskId');
  });
});
