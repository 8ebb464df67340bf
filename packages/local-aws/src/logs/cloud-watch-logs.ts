import { AwsError } from '../protocol/aws-error';
import { validate } from '../protocol/validation';
import type { Buckets } from '../s3/storage/buckets';
import { CallRates } from './call-rates';
import type { BucketAccess } from './exports/bucket-access';
import { ExportTasks } from './exports/export-tasks';
import { operations } from './operations';
import { LogEventReader } from './stores/log-event-reader';
import { LogEvents } from './stores/log-events';
import { LogGroupFinder } from './stores/log-group-finder';
import { LogGroups } from './stores/log-groups';
import { LogStreams } from './stores/log-streams';
import { NextTokens } from './stores/next-tokens';

/** CloudWatch Logs, by the names of its operations; what carries a call here is not its business. */
export class CloudWatchLogs {
  public readonly logGroups: LogGroups;
  public readonly logGroupFinder: LogGroupFinder;
  public readonly logStreams: LogStreams;
  public readonly logEvents: LogEvents;
  public readonly logEventReader: LogEventReader;
  public readonly exportTasks: ExportTasks;
  /** What the ARN of a log group starts with. */
  public readonly logGroupArns: string;
  private readonly callRates: CallRates;

  /** @param bucketAccess what CloudWatch Logs itself may do. @default - it may write to any bucket */
  constructor(buckets: Buckets, now: () => number, region: string, accountId: string, bucketAccess?: BucketAccess) {
    this.logGroupArns = `arn:aws:logs:${region}:${accountId}:log-group`;
    const nextTokens = new NextTokens(now);
    this.logGroups = new LogGroups(now, this.logGroupArns);
    this.logGroupFinder = new LogGroupFinder(this.logGroups, nextTokens);
    this.logStreams = new LogStreams(this.logGroups, nextTokens, now);
    this.logEvents = new LogEvents(this.logGroups, now);
    this.logEventReader = new LogEventReader(this.logGroups, nextTokens);
    this.exportTasks = new ExportTasks(this.logGroups, buckets, nextTokens, now, bucketAccess);
    this.callRates = new CallRates(now);
  }

  /** Throws an `AwsError` where AWS answers with one. */
  public call(operation: string, input: unknown): object {
    const known = Object.hasOwn(operations, operation) ? operations[operation] : undefined;
    if (!known) {
      throw new AwsError('UnknownOperationException', '');
    }
    if (known.callsPerSecond !== undefined) {
      this.callRates.count(operation, known.callsPerSecond);
    }
    if (typeof input !== 'object' || input === null) {
      throw new AwsError('SerializationException', '');
    }
    validate(known.input, input);
    return known.call(this, withoutNulls(input) as never);
  }
}

/** AWS reads a null as a field that is not there. */
function withoutNulls(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
