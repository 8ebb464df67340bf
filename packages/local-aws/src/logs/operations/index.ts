import type { StructureShape } from '../../protocol/validation';
import type { CloudWatchLogs } from '../cloud-watch-logs';
import * as shapes from './shapes';
import { structure } from './shapes';

export interface Operation {
  readonly input: StructureShape;
  /** @default - as many as you like */
  readonly callsPerSecond?: number;
  /** Is given an input of that shape. */
  readonly call: (logs: CloudWatchLogs, input: never) => object;
}

const { logGroupName, logStreamName, logGroupIdentifier, logGroupClass, nextToken, timestamp, taskId } = shapes;

/** Of an account and Region, not adjustable: https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const EXPORT_CALLS_PER_SECOND = 5;

/** What CloudWatch Logs can do here, by the names of its operations. */
export const operations: Readonly<Record<string, Operation>> = {
  CreateLogGroup: {
    input: structure(['logGroupName'], {
      logGroupName,
      kmsKeyId: { type: 'string', max: 256 },
      tags: shapes.tags,
      logGroupClass,
    }),
    call: ({ logGroups }, input) => logGroups.create(input),
  },
  DeleteLogGroup: {
    input: structure(['logGroupName'], { logGroupName }),
    call: ({ logGroups }, input) => logGroups.delete(input),
  },
  PutRetentionPolicy: {
    input: structure(['logGroupName', 'retentionInDays'], { logGroupName, retentionInDays: shapes.retentionInDays }),
    call: ({ logGroups }, input) => logGroups.putRetentionPolicy(input),
  },
  TagResource: {
    input: structure(['resourceArn', 'tags'], {
      resourceArn: { type: 'string', max: 1011, min: 1, pattern: '[\\w+=/:,.@\\-#]*' },
      tags: shapes.tags,
    }),
    call: ({ logGroups }, input) => logGroups.tagResource(input),
  },
  DescribeLogGroups: {
    input: structure([], {
      logGroupNamePrefix: logGroupName,
      logGroupNamePattern: { type: 'string', max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]*' },
      logGroupIdentifiers: { type: 'list', min: 1, max: 50, member: logGroupIdentifier },
      logGroupClass,
      nextToken,
      limit: shapes.limit(50),
    }),
    call: ({ logGroupFinder }, input) => logGroupFinder.describe(input),
  },
  ListLogGroups: {
    input: structure([], {
      logGroupNamePattern: {
        type: 'string',
        max: 129,
        min: 3,
        pattern: '(\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24})(\\|\\^?[\\.\\-_\\/#A-Za-z0-9]{3,24}){0,4}',
      },
      logGroupTags: shapes.tagFilters,
      logGroupClass,
      nextToken,
      limit: shapes.limit(1_000),
    }),
    call: ({ logGroupFinder }, input) => logGroupFinder.list(input),
  },
  CreateLogStream: {
    input: structure(['logGroupName', 'logStreamName'], { logGroupName, logStreamName }),
    call: ({ logStreams }, input) => logStreams.create(input),
  },
  DescribeLogStreams: {
    input: structure([], {
      logGroupName,
      logGroupIdentifier,
      logStreamNamePrefix: logStreamName,
      orderBy: { type: 'string', values: ['LogStreamName', 'LastEventTime'] },
      descending: shapes.flag,
      nextToken,
      limit: shapes.limit(50),
    }),
    call: ({ logStreams }, input) => logStreams.describe(input),
  },
  PutLogEvents: {
    input: structure(['logGroupName', 'logStreamName', 'logEvents'], {
      logGroupName,
      logStreamName,
      logEvents: shapes.inputLogEvents,
    }),
    call: ({ logEvents }, input) => logEvents.put(input),
  },
  GetLogEvents: {
    input: structure(['logStreamName'], {
      logGroupName,
      logGroupIdentifier,
      logStreamName,
      startTime: timestamp,
      endTime: timestamp,
      startFromHead: shapes.flag,
      nextToken,
      limit: shapes.limit(10_000),
    }),
    call: ({ logEventReader }, input) => logEventReader.get(input),
  },
  FilterLogEvents: {
    input: structure([], {
      logGroupName,
      logGroupIdentifier,
      logStreamNames: { type: 'list', min: 1, max: 100, member: logStreamName },
      logStreamNamePrefix: logStreamName,
      startTime: timestamp,
      endTime: timestamp,
      filterPattern: { type: 'string', max: 1024 },
      startFromHead: shapes.flag,
      nextToken,
      limit: shapes.limit(10_000),
    }),
    call: ({ logEventReader }, input) => logEventReader.filter(input),
  },
  CreateExportTask: {
    input: structure(['logGroupName', 'from', 'to', 'destination'], {
      taskName: { type: 'string', max: 512, min: 1 },
      logGroupName,
      logStreamNamePrefix: logStreamName,
      from: timestamp,
      to: timestamp,
      destination: { type: 'string', max: 512, min: 1 },
      destinationPrefix: shapes.text,
    }),
    callsPerSecond: EXPORT_CALLS_PER_SECOND,
    call: ({ exportTasks }, input) => exportTasks.create(input),
  },
  DescribeExportTasks: {
    input: structure([], { taskId, statusCode: shapes.statusCode, nextToken, limit: shapes.limit(50) }),
    callsPerSecond: EXPORT_CALLS_PER_SECOND,
    call: ({ exportTasks }, input) => exportTasks.describe(input),
  },
  CancelExportTask: {
    input: structure(['taskId'], { taskId }),
    callsPerSecond: EXPORT_CALLS_PER_SECOND,
    call: ({ exportTasks }, input) => exportTasks.cancel(input),
  },
};
