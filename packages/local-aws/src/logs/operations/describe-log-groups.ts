import { limit, logGroupClass, logGroupIdentifier, logGroupName, nextToken, structure } from '../shapes';
import type { LogsOperation } from './operation';

export const describeLogGroups: LogsOperation = {
  input: structure([], {
    logGroupNamePrefix: logGroupName,
    logGroupNamePattern: { type: 'string', max: 512, pattern: '[\\.\\-_/#A-Za-z0-9]*' },
    logGroupIdentifiers: { type: 'list', min: 1, max: 50, member: logGroupIdentifier },
    logGroupClass,
    nextToken,
    limit: limit(50),
  }),
  call: ({ logGroupFinder }, input) => logGroupFinder.describe(input),
};
