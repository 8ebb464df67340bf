import {
  type CloudWatchLogsClient,
  CreateLogGroupCommand,
  DescribeLogGroupsCommand,
  DescribeLogStreamsCommand,
  FilterLogEventsCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  accessDenied,
  answersOtherwise,
  bucketPolicyInvalid,
  bucketPolicyMissing,
  cutSocket,
  type FaultScope,
  Faults,
  lostAnswer,
  proxyPage,
  throttled,
  unavailable,
  unresolvedName,
} from '../../src';
import { localAwsOnDisk } from '../local-aws-on-disk';

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
  ])('affects, with scope %j, four calls 10 ms apart as %j', async (scope, expected) => {
    let now = 0;
    const faults = new Faults<string>(() => now);
    faults.inject(fails, scope);
    const seen: string[] = [];
    for (; now < 40; now += 10) {
      seen.push(await faults.around('CreateExportTask', {}, works));
    }
    expect(seen).toEqual(expected);
  });

  it('counts attempts separately for each input', async () => {
    const faults = new Faults<string>(() => 0);
    faults.inject(fails, { on: 'FIRST_TWO_ATTEMPTS' });
    const seen: string[] = [];
    for (const logGroupName of ['a', 'b', 'a', 'b', 'a', 'b']) {
      seen.push(await faults.around('CreateExportTask', { logGroupName }, works));
    }
    expect(seen).toEqual(['fault', 'fault', 'fault', 'fault', 'answer', 'answer']);
  });

  it('affects a call once the faults injected before have passed', async () => {
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
    ['throttling', throttled, { name: 'ThrottlingException', $metadata: { httpStatusCode: 400 } }],
    ['unavailability', unavailable, { name: 'ServiceUnavailableException', $metadata: { httpStatusCode: 500 } }],
    ['a proxy page, 502', proxyPage(502), { name: 'SyntaxError', $metadata: { httpStatusCode: 502 } }],
    ['a proxy page, 503', proxyPage(503), { name: 'SyntaxError', $metadata: { httpStatusCode: 503 } }],
    ['a denial', accessDenied, { name: 'AccessDeniedException', $metadata: { httpStatusCode: 400 } }],
    ['a cut socket', cutSocket, { name: 'TimeoutError', code: 'ECONNRESET' }],
    ['an unresolved name', unresolvedName, { name: 'Error', code: 'ENOTFOUND' }],
    ['a missing bucket policy', bucketPolicyMissing, { name: 'AccessDeniedException', message: noBucketAcl }],
    [
      'a missing bucket policy (2023)',
      bucketPolicyInvalid,
      { name: 'InvalidParameterException', message: noBucketAcl },
    ],
  ])('is not executed, and fails, when it meets %s', async (_, fault, error) => {
    const { aws, client } = localAwsOnDisk();
    aws.faults.inject(fault);
    await expect(client.send(new CreateLogGroupCommand({ logGroupName: '/shop' }))).rejects.toMatchObject(error);
    expect(() => aws.logs.logGroups.get('/shop')).toThrow('The specified log group does not exist.');
  });

  it('is executed when its answer is lost', async () => {
    const { aws, client } = localAwsOnDisk();
    aws.faults.inject(lostAnswer, { on: 'FIRST_CALL' });
    const command = new CreateLogGroupCommand({ logGroupName: '/shop' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'TimeoutError', code: 'ECONNRESET' });
    await expect(client.send(command)).rejects.toMatchObject({ name: 'ResourceAlreadyExistsException' });
  });
});

describe('a denied operation', () => {
  const shop = { logGroupName: '/shop' };
  const startQuery = new StartQueryCommand({ ...shop, startTime: 0, endTime: 2e9, queryString: 'stats count(*) as n' });
  const calls: Record<string, (client: CloudWatchLogsClient) => Promise<unknown>> = {
    DescribeLogGroups: (client) => client.send(new DescribeLogGroupsCommand({})),
    DescribeLogStreams: (client) => client.send(new DescribeLogStreamsCommand(shop)),
    FilterLogEvents: (client) => client.send(new FilterLogEventsCommand(shop)),
    StartQuery: (client) => client.send(startQuery),
    GetQueryResults: async (client) => {
      const { queryId } = await client.send(startQuery);
      return client.send(new GetQueryResultsCommand({ queryId }));
    },
  };

  it.each(Object.keys(calls))('%s is the only one that fails', async (denied) => {
    const { aws, client } = localAwsOnDisk();
    await client.send(new CreateLogGroupCommand(shop));
    aws.faults.inject(accessDenied, { of: denied });
    const failed: string[] = [];
    for (const [operation, call] of Object.entries(calls)) {
      await call(client).catch(({ name }: Error) => failed.push(`${operation} ${name}`));
    }
    // GetQueryResults needs the id of a query.
    const dependents = denied === 'StartQuery' ? ['GetQueryResults AccessDeniedException'] : [];
    expect(failed).toEqual([`${denied} AccessDeniedException`, ...dependents]);
  });
});

describe('a different answer', () => {
  it('changes what a successful call returns', async () => {
    const { aws, client } = localAwsOnDisk();
    aws.faults.inject(
      answersOtherwise(({ logGroups }: { logGroups: object[] }) => ({ logGroups, nextToken: 'more' })),
      { of: 'DescribeLogGroups' },
    );
    expect(await client.send(new DescribeLogGroupsCommand({}))).toMatchObject({ logGroups: [], nextToken: 'more' });
  });

  it('leaves an error as it is', async () => {
    const { aws, client } = localAwsOnDisk();
    aws.faults.inject(answersOtherwise(() => ({})));
    await expect(client.send(new DescribeLogStreamsCommand({ logGroupName: '/none' }))).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
    });
  });
});
