import {
  flag,
  limit,
  logGroupIdentifier,
  logGroupName,
  logStreamName,
  nextToken,
  structure,
  timestamp,
} from '../shapes';
import type { LogsOperation } from './operation';

export const filterLogEvents: LogsOperation = {
  input: structure([], {
    logGroupName,
    logGroupIdentifier,
    logStreamNames: { type: 'list', min: 1, max: 100, member: logStreamName },
    logStreamNamePrefix: logStreamName,
    startTime: timestamp,
    endTime: timestamp,
    filterPattern: { type: 'string', max: 1024 },
    startFromHead: flag,
    nextToken,
    limit: limit(10_000),
  }),
  call: ({ logEventReader }, input) => logEventReader.filter(input),
};
