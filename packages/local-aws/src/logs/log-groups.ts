import { AwsError } from '../aws-error';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface LogEvent {
  timestamp: number;
  message: string;
}

export interface LogGroup {
  logGroupName: string;
  creationTime: number;
  /** By name of the log stream, as put. */
  logStreams: Map<string, LogEvent[]>;
}

export interface PutLogEventsInput {
  logGroupName: string;
  logStreamName: string;
  logEvents: LogEvent[];
}

/** The log groups of an account and Region, and the events in them. */
export class LogGroups {
  private readonly byName = new Map<string, LogGroup>();

  constructor(private readonly now: () => number) {}

  public create({ logGroupName }: { logGroupName: string }) {
    if (this.byName.has(logGroupName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log group already exists');
    }
    this.byName.set(logGroupName, { logGroupName, creationTime: this.now(), logStreams: new Map() });
    return {};
  }

  public createStream({ logGroupName, logStreamName }: { logGroupName: string; logStreamName: string }) {
    const { logStreams } = this.get(logGroupName);
    if (logStreams.has(logStreamName)) {
      throw new AwsError('ResourceAlreadyExistsException', 'The specified log stream already exists');
    }
    logStreams.set(logStreamName, []);
    return {};
  }

  /** Keeps what AWS keeps: events of at most 14 days ago and at most 2 hours ahead. */
  public putEvents({ logGroupName, logStreamName, logEvents }: PutLogEventsInput) {
    const stream = this.get(logGroupName).logStreams.get(logStreamName);
    if (!stream) {
      throw new AwsError('ResourceNotFoundException', 'The specified log stream does not exist.');
    }
    const isTooOld = (event: LogEvent) => event.timestamp < this.now() - 14 * DAY;
    const isTooNew = (event: LogEvent) => event.timestamp > this.now() + 2 * HOUR;
    stream.push(...logEvents.filter((event) => !isTooOld(event) && !isTooNew(event)));
    const tooOld = logEvents.findLastIndex(isTooOld);
    const tooNew = logEvents.findIndex(isTooNew);
    return {
      rejectedLogEventsInfo: {
        ...(tooOld === -1 ? {} : { tooOldLogEventEndIndex: tooOld + 1 }),
        ...(tooNew === -1 ? {} : { tooNewLogEventStartIndex: tooNew }),
      },
    };
  }

  public get(logGroupName: string): LogGroup {
    const logGroup = this.byName.get(logGroupName);
    if (!logGroup) {
      throw new AwsError('ResourceNotFoundException', 'The specified log group does not exist.');
    }
    return logGroup;
  }
}
