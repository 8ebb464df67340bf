import { AwsError } from '../protocol/aws-error';
import { findOperation } from '../protocol/operation';
import { validate } from '../protocol/validation';
import type { Buckets } from '../s3/storage/buckets';
import { CallRates } from './call-rates';
import type { BucketAccess } from './exports/bucket-access';
import { ExportTasks } from './exports/export-tasks';
import { operations } from './operations';
import type { LogsStores } from './operations/operation';
import { Queries } from './queries/queries';
import type { RangeEnd } from './range-end';
import { LogEventReader } from './stores/log-event-reader';
import { LogEvents } from './stores/log-events';
import { LogGroupFinder } from './stores/log-group-finder';
import { LogGroups } from './stores/log-groups';
import { LogStreams } from './stores/log-streams';
import { NextTokens } from './stores/next-tokens';

export interface CloudWatchLogsProps {
  readonly buckets: Buckets;
  readonly now: () => number;
  readonly region: string;
  readonly accountId: string;
  /** Access of CloudWatch Logs itself. @default - it can write to any bucket */
  readonly bucketAccess?: BucketAccess;
  /** End of the ranges of CreateExportTask and FilterLogEvents. @default 'INCLUSIVE' */
  readonly rangeEnd?: RangeEnd;
}

/** Implements the CloudWatch Logs operations, independent of the transport. */
export class CloudWatchLogs implements LogsStores {
  public readonly logGroups: LogGroups;
  public readonly logGroupFinder: LogGroupFinder;
  public readonly logStreams: LogStreams;
  public readonly logEvents: LogEvents;
  public readonly logEventReader: LogEventReader;
  public readonly exportTasks: ExportTasks;
  public readonly queries: Queries;
  /** Prefix of the ARNs of all log groups, without the last colon. */
  public readonly logGroupArns: string;
  private readonly callRates: CallRates;

  constructor({ buckets, now, region, accountId, bucketAccess, rangeEnd = 'INCLUSIVE' }: CloudWatchLogsProps) {
    this.logGroupArns = `arn:aws:logs:${region}:${accountId}:log-group`;
    const nextTokens = new NextTokens(now);
    this.logGroups = new LogGroups(now, this.logGroupArns);
    this.logGroupFinder = new LogGroupFinder(this.logGroups, nextTokens);
    this.logStreams = new LogStreams(this.logGroups, nextTokens, now);
    this.logEvents = new LogEvents(this.logGroups, now);
    this.logEventReader = new LogEventReader(this.logGroups, nextTokens, rangeEnd);
    this.exportTasks = new ExportTasks(this.logGroups, buckets, nextTokens, now, rangeEnd, bucketAccess);
    this.queries = new Queries(this.logGroups, now);
    this.callRates = new CallRates(now);
  }

  /** Calls an operation by name. Throws an `AwsError` if AWS rejects the call. */
  public call(operationName: string, input: unknown): object {
    const operation = findOperation(operations, operationName);
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
