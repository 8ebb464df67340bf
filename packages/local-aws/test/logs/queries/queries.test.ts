import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  GetQueryResultsCommand,
  PutLogEventsCommand,
  PutRetentionPolicyCommand,
  StartQueryCommand,
  type StartQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws } from '../../../src';
import type { LogGroupClass } from '../../../src/logs/stores/log-group';

const NOW = Date.parse('2026-11-01T00:00:00.000Z');
const DAY = 24 * 3_600_000;
const SHOP = { logGroupName: '/shop' };
const COUNT = 'stats count(*) as events';

/** Creates a log group with events at these times, relative to now. */
async function withEvents(fromNow: number[], logGroupClass: LogGroupClass = 'STANDARD') {
  const aws = new LocalAws({ now: NOW });
  const client = new CloudWatchLogsClient(aws.clientConfig);
  await client.send(new CreateLogGroupCommand({ ...SHOP, logGroupClass }));
  await client.send(new CreateLogStreamCommand({ ...SHOP, logStreamName: 'web' }));
  const put = (...times: number[]) => {
    const logEvents = times.map((time) => ({ timestamp: NOW + time, message: 'x' }));
    return client.send(new PutLogEventsCommand({ ...SHOP, logStreamName: 'web', logEvents }));
  };
  for (const time of fromNow) {
    await put(time);
  }
  const start = async (input: Partial<StartQueryCommandInput> = {}) => {
    const range = { startTime: (NOW - DAY) / 1_000, endTime: NOW / 1_000 };
    const target = 'logGroupNames' in input || 'logGroupIdentifiers' in input ? {} : SHOP;
    return (await client.send(new StartQueryCommand({ ...range, ...target, queryString: COUNT, ...input }))).queryId;
  };
  const getResults = async (queryId: string | undefined) => {
    const { $metadata, ...results } = await client.send(new GetQueryResultsCommand({ queryId }));
    return results;
  };
  const count = async (input?: Partial<StartQueryCommandInput>) => {
    const queryId = await start(input);
    await aws.clock.moveTo(aws.clock.now() + 3_000);
    return (await getResults(queryId)).results?.[0]?.[0]?.value;
  };
  return { aws, client, put, start, getResults, count };
}

describe('a query', () => {
  it.each([
    [999, 'Scheduled'],
    [1_000, 'Running'],
    [2_999, 'Running'],
    [3_000, 'Complete'],
  ])('has, %s ms after its start, status %s', async (milliseconds, status) => {
    const { aws, start, getResults } = await withEvents([-1]);
    const queryId = await start();
    await aws.clock.moveTo(NOW + milliseconds);
    const isComplete = status === 'Complete';
    expect(await getResults(queryId)).toEqual({
      queryLanguage: 'CWLI',
      status,
      results: isComplete ? [[{ field: 'events', value: '1' }]] : [],
      statistics: isComplete
        ? { recordsMatched: 1, recordsScanned: 1, bytesScanned: 27 }
        : { recordsMatched: 0, recordsScanned: 0, bytesScanned: 0 },
    });
  });

  it('takes as long, and ends, as its script says', async () => {
    const { aws, start, getResults } = await withEvents([-1]);
    aws.logs.queries.scripts.push({ scheduledSeconds: 0, runningSeconds: 60, ends: 'Failed' });
    const queryId = await start();
    await aws.clock.moveTo(NOW + 59_999);
    expect(await getResults(queryId)).toMatchObject({ status: 'Running' });
    await aws.clock.moveTo(NOW + 60_000);
    expect(await getResults(queryId)).toMatchObject({ status: 'Failed', results: [] });
  });

  it.each([
    ['includes the start', [-DAY], '1'],
    ['excludes what is before the start', [-DAY - 1], undefined],
    ['includes the first millisecond of its end', [0], '1'],
    ['excludes the rest of the second of its end', [1], undefined],
  ])('%s', async (_, fromNow, expected) => {
    const { count } = await withEvents(fromNow);
    expect(await count()).toBe(expected);
  });

  it('finds only the events in the range of its filter', async () => {
    const { aws, start, getResults } = await withEvents([-3, -2, -1, 0]);
    const filter = `filter toMillis(@timestamp) >= ${NOW - 2} and toMillis(@timestamp) <= ${NOW - 1}`;
    const queryId = await start({ queryString: `${filter} | ${COUNT}` });
    await aws.clock.moveTo(NOW + 3_000);
    expect(await getResults(queryId)).toMatchObject({
      results: [[{ field: 'events', value: '2' }]],
      statistics: { recordsMatched: 2, recordsScanned: 4 },
    });
  });

  it('does not find events that are ingested after it ended', async () => {
    const { aws, put, start, getResults } = await withEvents([]);
    const queryId = await start();
    await aws.clock.moveTo(NOW + 3_001);
    await put(0);
    expect(await getResults(queryId)).toMatchObject({ status: 'Complete', results: [] });
  });

  it('returns no more rows than its limit', async () => {
    const { count } = await withEvents([-1, -2]);
    expect(await count({ queryString: 'fields @timestamp | limit 2', limit: 1 })).toBe('2026-10-31 23:59:59.999');
  });

  it.each([
    ['names', { logGroupNames: ['/shop'] }],
    ['ARNs', { logGroupIdentifiers: ['arn:aws:logs:ap-northeast-1:123456789012:log-group:/shop'] }],
  ])('finds log groups by %s', async (_, target) => {
    const { count } = await withEvents([-1]);
    expect(await count(target)).toBe('1');
  });

  it.each(['STANDARD', 'INFREQUENT_ACCESS', 'ESSENTIALS'] as const)('reads log groups of class %s', async (ofClass) => {
    const { count } = await withEvents([-1], ofClass);
    expect(await count()).toBe('1');
  });

  it('does not read log groups of class DELIVERY', async () => {
    const { start } = await withEvents([], 'DELIVERY');
    await expect(start()).rejects.toMatchObject({ name: 'InvalidParameterException' });
  });

  it.each([
    ['without log groups', { logGroupName: undefined }, 'InvalidParameterException', /^Exactly one of logGroupName,/],
    ['with names twice', { ...SHOP, logGroupNames: ['/shop'] }, 'InvalidParameterException', /^Exactly one of/],
    ['of an unknown log group', { logGroupName: '/none' }, 'ResourceNotFoundException', /does not exist\.$/],
    ['that ends before it starts', { startTime: NOW }, 'InvalidParameterException', /start time must not be after/],
    ['of another language', { queryString: 'SELECT 1' }, 'MalformedQueryException', /supports only the queries/],
  ])('is rejected %s', async (_, input, name, message) => {
    const { start } = await withEvents([]);
    await expect(start(input)).rejects.toMatchObject({ name, message: expect.stringMatching(message) });
  });

  it('is rejected if its range ends before the log group was created, or has expired', async () => {
    const { aws, client, start } = await withEvents([]);
    const rejected = {
      name: 'MalformedQueryException',
      message:
        "Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings ([0,24])",
    };
    await expect(start({ endTime: NOW / 1_000 - 1 })).rejects.toMatchObject(rejected);
    await client.send(new PutRetentionPolicyCommand({ ...SHOP, retentionInDays: 1 }));
    await aws.clock.moveTo(NOW + DAY);
    await expect(start()).resolves.toBeDefined();
    await aws.clock.moveTo(NOW + DAY + 1);
    await expect(start()).rejects.toMatchObject(rejected);
  });

  it('is unknown to GetQueryResults with another id', async () => {
    const { getResults } = await withEvents([]);
    await expect(getResults('none')).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
  });
});
