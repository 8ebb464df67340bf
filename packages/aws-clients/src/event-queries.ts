import { GetQueryResultsCommand, type QueryStatus, StartQueryCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Range } from '@log-archiver/core';
import type { Clients } from './create-clients';

export interface EventCount {
  /** `Running`, `Complete`, `Failed`, … */
  status?: QueryStatus;
  events: number;
}

/**
 * Starts a query of Logs Insights that counts the events of a log group in a range, and returns its id.
 *
 * The time range of a query has whole seconds, and more of them than the range: the query itself filters by milliseconds.
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_StartQuery.html
 */
export async function startEventCount(
  { logs }: Pick<Clients, 'logs'>,
  { logGroupName, from, to }: Range & { logGroupName: string },
): Promise<string> {
  const { queryId } = await logs.send(
    new StartQueryCommand({
      logGroupName,
      startTime: Math.floor(from / 1_000),
      endTime: Math.floor(to / 1_000) + 1,
      queryString: `filter toMillis(@timestamp) >= ${from} and toMillis(@timestamp) <= ${to} | stats count(*) as events`,
    }),
  );
  if (!queryId) {
    throw new Error(`StartQuery returned no query id for log group ${logGroupName}`);
  }
  return queryId;
}

/** Returns the status of a query, and the events that it has counted. A count of zero can be a row or no row. */
export async function readEventCount({ logs }: Pick<Clients, 'logs'>, queryId: string): Promise<EventCount> {
  const { status, results = [] } = await logs.send(new GetQueryResultsCommand({ queryId }));
  const counts = results.flat().filter(({ field }) => field === 'events');
  return { status, events: counts.reduce((sum, { value }) => sum + Number(value), 0) };
}
