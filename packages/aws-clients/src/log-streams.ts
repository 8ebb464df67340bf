import { DescribeLogStreamsCommand, type LogStream } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './create-clients';

export type { LogStream };

export interface LogStreamPage {
  logStreams: LogStream[];
  /** `undefined`: this is the last page. */
  nextToken?: string;
}

/** Lists a page of at most 50 log streams of a log group, those with the latest last event first. */
export async function listLogStreams(
  { logs }: Pick<Clients, 'logs'>,
  logGroupName: string,
  token: string | null,
): Promise<LogStreamPage> {
  const { logStreams = [], nextToken } = await logs.send(
    new DescribeLogStreamsCommand({
      logGroupName,
      orderBy: 'LastEventTime',
      descending: true,
      nextToken: token ?? undefined,
    }),
  );
  return { logStreams, nextToken };
}
