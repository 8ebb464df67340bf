import { limit, logGroupIdentifier, logGroupName, structure, timestamp } from '../shapes';
import type { LogsOperation } from './operation';

export const startQuery: LogsOperation = {
  input: structure(['startTime', 'endTime', 'queryString'], {
    queryLanguage: { type: 'string', values: ['CWLI'] },
    logGroupName,
    logGroupNames: { type: 'list', min: 1, max: 50, member: logGroupName },
    logGroupIdentifiers: { type: 'list', min: 1, max: 50, member: logGroupIdentifier },
    startTime: timestamp,
    endTime: timestamp,
    queryString: { type: 'string', max: 10_000 },
    limit: limit(100_000),
  }),
  call: ({ queries }, input) => queries.start(input),
};
