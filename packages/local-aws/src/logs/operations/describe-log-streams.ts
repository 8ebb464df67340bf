import { flag, limit, logGroupIdentifier, logGroupName, logStreamName, nextToken, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const describeLogStreams: LogsOperation = {
  input: structure([], {
    logGroupName,
    logGroupIdentifier,
    logStreamNamePrefix: logStreamName,
    orderBy: { type: 'string', values: ['LogStreamName', 'LastEventTime'] },
    descending: flag,
    nextToken,
    limit: limit(50),
  }),
  call: ({ logStreams }, input) => logStreams.describe(input),
};
