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

export const getLogEvents: LogsOperation = {
  input: structure(['logStreamName'], {
    logGroupName,
    logGroupIdentifier,
    logStreamName,
    startTime: timestamp,
    endTime: timestamp,
    startFromHead: flag,
    nextToken,
    limit: limit(10_000),
  }),
  call: ({ logEventReader }, input) => logEventReader.get(input),
};
