import { AwsError } from '../protocol/aws-error';
import { validate } from '../protocol/validation';
import type { Buckets } from '../s3/storage/buckets';
import { CallRates } from './call-rates';
import type { BucketAccess } from './exports/bucket-access';
import { ExportTasks } from './exports/export-tasks';
import { operations } from './operations';
import type { LogsStores } from './operations/operation';
import { LogEventReader } from './stores/log-event-reader';
import { LogEvents } from './stores/log-events';
import { LogGroupFinder } from './stores/log-group-finder';
import { LogGroups } from './stores/log-groups';
import { LogStreams } from './stores/log-streams';
import { NextTokens } from './stores/next-tokens';

/** Implements the CloudWatch Logs operations, independent of the transport. */
export class CloudWatchLogs implements LogsStores {
  public readonly logGroups: LogGroups;
  public readonly logGroupFinder: LogGroupFinder;
  public readonly logStreams: LogStreams;
  public readonly logEvents: LogEvents;
  public readonly logEventReader: LogEventReader;
  public readonly exportTasks: ExportTasks;
  /** Prefix of the ARNs of all log groups, without the last colon. */
  public readonly logGroupArns: string;
  private readonly callRates: CallRates;

  /** @param bucketAccess access of CloudWatch Logs itself. @default - it can write to any bucket */
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

  /** Calls an operation by name. Throws an `AwsError` if AWS rejects the call. */
  public call(operationName: string, input: unknown): object {
    const operation = Object.hasOwn(operations, operationName) ? operations[operationName] : undefined;
    if (!operation) {
      throw new AwsError('UnknownOperationException', '');
    }
    if (operation.callsPerSecond !== undefined) {
      this.callRates.count(operationName, operation.callsPerSecond);
    }
    if (typeof input !== 'object' || input === null) {
      throw new AwsError('SerializationException', '');
    }
    validate(operation.input, input);
    return operation.call(this, removeNulls(input) as never);
  }
}

/** Removes fields that are null, which AWS treats as absent. */
function removeNulls(input: object): object {
  return Object.fromEntries(Object.entries(input).filter(([, value]) => value !== null));
}
