import {
  CloudWatchLogsClient,
  CreateExportTaskCommand,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  DescribeExportTasksCommand,
  FilterLogEventsCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { LocalAws, type LocalAwsOptions } from '../../src';

const NOW = Date.parse('2026-11-01T00:00:00.000Z');
const SHOP = { logGroupName: '/shop' };

/** Creates a log group with two events, 1 ms apart. The second one is at NOW, each in a log stream of its own. */
async function withTwoEvents(rangeEnd: LocalAwsOptions['rangeEnd']) {
  const aws = new LocalAws({ now: NOW, rangeEnd });
  const client = new CloudWatchLogsClient(aws.clientConfig);
  aws.buckets.createBucket('archive');
  await client.send(new CreateLogGroupCommand(SHOP));
  for (const [logStreamName, timestamp] of [
    ['before', NOW - 1],
    ['end', NOW],
  ] as const) {
    await client.send(new CreateLogStreamCommand({ ...SHOP, logStreamName }));
    await client.send(new PutLogEventsCommand({ ...SHOP, logStreamName, logEvents: [{ timestamp, message: 'x' }] }));
  }
  return { aws, client };
}

describe.each([
  ['by default', undefined, ['before', 'end']],
  ['if it is inclusive', 'INCLUSIVE', ['before', 'end']],
  ['if it is exclusive', 'EXCLUSIVE', ['before']],
] as const)('the end of a range, %s,', (_, rangeEnd, expected) => {
  it(`makes CreateExportTask export ${expected}`, async () => {
    const { aws, client } = await withTwoEvents(rangeEnd);
    const input = { ...SHOP, from: 0, to: NOW, destination: 'archive', destinationPrefix: 'p' };
    const { taskId } = await client.send(new CreateExportTaskCommand(input));
    await aws.clock.moveTo(NOW + 60_000);
    await client.send(new DescribeExportTasksCommand({}));
    expect(aws.buckets.listObjects('archive', `p/${taskId}/`)).toEqual(
      expected.map((logStreamName) => `p/${taskId}/${logStreamName}/000000.gz`),
    );
  });

  it(`makes FilterLogEvents return ${expected}`, async () => {
    const { client } = await withTwoEvents(rangeEnd);
    const { events } = await client.send(new FilterLogEventsCommand({ ...SHOP, endTime: NOW }));
    expect(events?.map(({ logStreamName }) => logStreamName)).toEqual(expected);
  });
});
