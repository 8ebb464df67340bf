import {
  type CloudWatchLogsClient,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';

/** Puts one event per instant, each into a log stream of its own. */
export async function putEvents(logs: CloudWatchLogsClient, logGroupName: string, ...instants: string[]) {
  for (const instant of instants) {
    const logStreamName = `stream/${instant.replaceAll(':', '.')}`;
    const logEvents = [{ timestamp: Date.parse(instant), message: `at ${instant}` }];
    await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
    const { rejectedLogEventsInfo } = await logs.send(
      new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }),
    );
    expect(rejectedLogEventsInfo).toBeUndefined();
  }
}
