import { AwsError } from '../../protocol/aws-error';
import type { LogStream, StoredEvent } from './log-group';
import type { LogGroupReference, LogGroups } from './log-groups';
import type { NextTokens, PagedQuery } from './next-tokens';

interface DescribeLogStreamsInput extends LogGroupReference, PagedQuery {
  logStreamNamePrefix?: string;
  orderBy?: 'LogStreamName' | 'LastEventTime';
  descending?: boolean;
}

const PAGE_SIZE = 50;

/** Log streams of all log groups. */
export class LogStreams {
  constructor(
    private readonly logGroups: LogGroups,
    private readonly nextTokens: NextTokens,
    private readonly now: () => number,
  ) {}

  public create({ logGroupName, logStreamName }: { logGroupName: string; logStreamName: string }) {
    const { logStreams, logGroupArn } = this.logGroups.get(logGroupName);
    if (logStreams.has(logStreamName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    const arn = `${logGroupArn}:log-stream:${logStreamName}`;
    logStreams.set(logStreamName, { logStreamName, arn, creationTime: this.now(), events: [] });
    return {};
  }

  public describe(input: DescribeLogStreamsInput) {
    const { logStreamNamePrefix, orderBy = 'LogStreamName', descending = false } = input;
    if (orderBy === 'LastEventTime' && logStreamNamePrefix !== undefined) {
      throw new AwsError('InvalidParameterException', 'Cannot order by LastEventTime with a logStreamNamePrefix.');
    }
    const logGroup = this.logGroups.getReferenced(input);
    const found = [...logGroup.logStreams.values()]
      .filter(({ logStreamName }) => logStreamName.startsWith(logStreamNamePrefix ?? ''))
      .map((logStream) => describe(logStream, this.logGroups.readEvents(logGroup, logStream)))
      .sort((a, b) => (a.logStreamName < b.logStreamName ? -1 : 1));
    if (orderBy === 'LastEventTime') {
      found.sort((a, b) => (a.lastEventTimestamp ?? 0) - (b.lastEventTimestamp ?? 0));
    }
    if (descending) {
      found.reverse();
    }
    const { page, nextToken } = this.nextTokens.page(input, found, ({ arn }) => arn, PAGE_SIZE);
    return { logStreams: page, ...(nextToken === undefined ? {} : { nextToken }) };
  }
}

interface LogStreamDescription {
  logStreamName: string;
  arn: string;
  creationTime: number;
  /** AWS has returned 0 since 2019. */
  storedBytes: 0;
  firstEventTimestamp?: number;
  lastEventTimestamp?: number;
  lastIngestionTime?: number;
}

function describe({ logStreamName, arn, creationTime }: LogStream, events: StoredEvent[]): LogStreamDescription {
  const latest = (numbers: number[]) => numbers.reduce((a, b) => Math.max(a, b));
  const timestamps = events.map(({ timestamp }) => timestamp);
  return {
    logStreamName,
    creationTime,
    arn,
    storedBytes: 0,
    ...(events.length === 0
      ? {}
      : {
          firstEventTimestamp: timestamps.reduce((a, b) => Math.min(a, b)),
          lastEventTimestamp: latest(timestamps),
          lastIngestionTime: latest(events.map(({ ingestionTime }) => ingestionTime)),
        }),
  };
}
